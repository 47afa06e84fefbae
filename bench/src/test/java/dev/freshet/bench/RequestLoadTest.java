package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.client.FreshetClient;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RequestLoadTest {
    private static final SimulatedUser USER =
            new SimulatedUser(
                    "u1", "PT", "mobile", "none", new double[0], new double[0], Instant.EPOCH);

    @AutoClose
    private final FreshetClient nobody = new FreshetClient(URI.create("http://127.0.0.1:1"));

    private final RequestLoad load = new RequestLoad(nobody, List.of(USER), 1);
    private final Set<Long> done = new ConcurrentSkipListSet<>();

    @Test
    void workersTakeTurnsUntilEveryRequestIsSent() throws InterruptedException {
        assertThat(load.run(50, 4, done::add).errors()).isEqualTo(50);
        assertThat(done).hasSize(50).contains(1L, 50L);
    }

    @Test
    void anInterruptEndsTheLoadWithoutAResult() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> load.run(1_000_000, 4, done::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(done).hasSizeLessThan(1_000_000);
    }
}
