package dev.freshet.functions.runtime;

import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.json.JsonRecords;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the local cloud measured, asked of it by one request over loopback. */
record LocalMeasurements(URI address) implements Measurements {
    /** The time to connect, and between two bytes. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(1);

    /** The longest answer, in bytes; an hour has about 15,000. */
    private static final int MAX_BODY = 1 << 20;

    @Override
    public Optional<Flow> flow(Instant now) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) TIME_LIMIT.toMillis());
            connection.setReadTimeout((int) TIME_LIMIT.toMillis());
            try (InputStream body = connection.getInputStream()) {
                return Optional.of(JsonRecords.read(body.readNBytes(MAX_BODY), Flow.class));
            }
        } catch (IOException unanswered) {
            throw new StoreUnavailableException("The local cloud", unanswered);
        }
    }
}
