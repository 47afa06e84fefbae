package dev.freshet.api;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Waiting for a local cloud, which a server stands for. */
class DrainTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ObjectNode status = JsonNodeFactory.instance.objectNode();
    @AutoClose private final CommandServer server = new CommandServer(_ -> status);
    @AutoClose private final FreshetClient client = new FreshetClient(server.address());

    private Optional<Duration> await(long stalledMs) throws InterruptedException {
        return Drain.await(client, Duration.ofMillis(stalledMs), _ -> {}, LONG);
    }

    @Test
    void whatIsReadToItsEndIsApplied() throws InterruptedException {
        assertThat(await(60_000)).as("no local cloud").isEmpty();
        status.putArray("mappings").addObject().put("recordsBehind", 0);
        assertThat(await(60_000)).isPresent();
    }

    @Test
    void whatNeverEndsFailsWithWhatToDo() throws InterruptedException {
        status.putArray("mappings").addObject().put("recordsBehind", 7);
        assertRefused(() -> await(600), "Not everything is applied", "./freshet status");
        assertThat(Drain.await(client, Duration.ofMillis(600), _ -> {})).isEmpty();

        status.put(Drain.PROBLEM, "Training stops: ./freshet replay makes a new model.");
        assertRefused(() -> await(60_000), "waits in the stream", "./freshet replay");
    }
}
