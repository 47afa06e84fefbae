package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.aws.Settings;
import dev.freshet.example.Example;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.store.ObjectStore;
import dev.freshet.training.NeighboursAnnouncement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The function that brings a file of neighbours from the lake to the model. The state machine of
 * batch jobs invokes it with {@code {"file": KEY, "job": NAME, "madeAt": TIME}} after a job. It
 * fails for a file that is missing or damaged, and announces the same file once however often it is
 * invoked with it.
 */
public final class AnnounceHandler extends LoggedHandler {
    private final ObjectStore lake;
    private final NeighboursAnnouncement announcement;

    public AnnounceHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public AnnounceHandler(Wiring wiring) {
        this(wiring.lakeObjects(), wiring.neighboursAnnouncement());
    }

    AnnounceHandler(ObjectStore lake, NeighboursAnnouncement announcement) {
        this.lake = lake;
        this.announcement = announcement;
    }

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        JsonNode event = StreamEvent.MAPPER.readTree(in);
        Example.Neighbours announced =
                announcement.announce(
                        lake.get(event.path("file").asText()).orElse(new byte[0]),
                        event.path("job").asText(),
                        Instant.parse(event.path("madeAt").asText()));
        StreamEvent.MAPPER.writeValue(
                out,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("key", announced.key())
                        .put("bytes", announced.bytes()));
    }
}
