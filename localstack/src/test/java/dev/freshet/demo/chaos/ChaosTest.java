package dev.freshet.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.FreshetClient;
import dev.freshet.demo.DemoRun;
import dev.freshet.demo.DemoSummary;
import dev.freshet.demo.DemoWorld;
import dev.freshet.demo.StoreInspector;
import dev.freshet.testkit.Thorough;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run of the demo in which each process of the local cloud is killed at least once. {@code
 * -Dfreshet.chaos.seconds=60 -Dfreshet.chaos.seed=7} makes it longer, with other kills.
 */
class ChaosTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int SECONDS =
            Integer.getInteger("freshet.chaos.seconds", Thorough.number(5, 60));
    private static final long SEED = Long.getLong("freshet.chaos.seed", 3);
    private static final double EVENTS_PER_SECOND = 20;

    @TempDir private Path state = Path.of("");

    @Test
    void nothingIsLostOrDuplicatedWhenEachProcessIsKilled() throws Exception {
        try (CloudProcess cloud = new CloudProcess(state);
                FreshetClient client = cloud.client()) {
            Chaos chaos = new Chaos(cloud, client, SEED, SECONDS);

            DemoSummary summary =
                    new DemoRun(
                                    DemoWorld.NEWSPAPER,
                                    SEED,
                                    SECONDS,
                                    EVENTS_PER_SECOND,
                                    "chaos-test",
                                    false,
                                    CLOCK)
                            .on(
                                    client,
                                    () -> new StoreInspector(cloud.settings(), CLOCK),
                                    chaos::passed);

            System.err.println(summary.toText() + "\n" + chaos);
            assertThat(summary.lost()).as(summary::toText).isZero();
            assertThat(summary.duplicated()).as(summary::toText).isZero();
            assertThat(summary.eventsAccepted()).isPositive();
            assertThat(chaos.killed()).containsAll(Chaos.PROCESSES);
            assertThat(chaos.requested()).as(chaos::toString).isPositive();
            assertThat(chaos.answeredShare()).as(chaos::toString).isGreaterThanOrEqualTo(0.99);
        }
    }
}
