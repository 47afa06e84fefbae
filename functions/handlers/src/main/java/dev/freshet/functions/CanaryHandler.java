package dev.freshet.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function that asks the API for a list as a page does, every five minutes, and writes whether
 * it got one that is whole. The list is that of what is trending, which is in no outcome and no
 * experiment. The key is read at each invocation, so that a new one is used at once.
 */
public final class CanaryHandler extends LoggedHandler {
    private static final String LIST = "v1/trending?count=1";

    /** The time to connect, and between two bytes; longer than any list takes. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    /** The longest answer, in bytes. */
    private static final int MAX_BODY = 1 << 16;

    private static final int OK = 200;

    private final URI list;
    private final Supplier<String> key;
    private final Metrics metrics;

    public CanaryHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public CanaryHandler(Wiring wiring) {
        this(
                URI.create(wiring.settings().text(Setting.CANARY_URL)),
                key(wiring.settings()),
                wiring.metrics());
    }

    private static Supplier<String> key(Settings settings) {
        Clients clients = new Clients(settings);
        return () -> new String(Secrets.ofCanary(settings, clients).secret(), UTF_8);
    }

    CanaryHandler(URI api, Supplier<String> key, Metrics metrics) {
        this.list = api.resolve(LIST);
        this.key = key;
        this.metrics = metrics;
    }

    /** Asks once. It throws if the secret cannot be read; the alarm sounds then too. */
    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        long start = System.nanoTime();
        String fault = fault(key.get().strip());
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        metrics.line()
                .add(MetricName.CANARY_FAILED, fault.isEmpty() ? 0 : 1)
                .add(MetricName.CANARY_MS, millis)
                .property("fault", fault)
                .write();
        out.write("{}".getBytes(UTF_8));
    }

    /** Returns why the answer is no whole list; empty if it is one. */
    private String fault(String credential) {
        try {
            HttpURLConnection connection = (HttpURLConnection) list.toURL().openConnection();
            connection.setConnectTimeout((int) TIME_LIMIT.toMillis());
            connection.setReadTimeout((int) TIME_LIMIT.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", "Bearer " + credential);
            int status = connection.getResponseCode();
            if (status != OK) {
                return "status " + status;
            }
            try (InputStream body = connection.getInputStream()) {
                JsonNode answer = StreamEvent.MAPPER.readTree(body.readNBytes(MAX_BODY));
                return answer.path("degraded").asBoolean(true)
                        ? "degraded: " + answer.path("degradedReasons")
                        : "";
            }
        } catch (IOException unanswered) {
            return unanswered.getClass().getSimpleName();
        }
    }
}
