package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.chaos.Chaos;
import dev.freshet.demo.chaos.ChaosReport;
import dev.freshet.demo.chaos.CloudProcess;
import dev.freshet.demo.chaos.Kill;
import dev.freshet.local.Options;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short run of the demo with fault injection, in which each process is killed once. */
class ChaosTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir private Path state = Path.of("");

    @Test
    void nothingIsLostOrDuplicatedWhenEachProcessIsKilled() throws Exception {
        Options options =
                Options.of(Path.of("..").toAbsolutePath().normalize())
                        .withState(state)
                        .withPlansLifted(true);
        try (CloudProcess cloud = CloudProcess.of(options);
                FreshetClient client = cloud.client()) {
            Chaos chaos = new Chaos(cloud, client, 3, System.err::println);

            DemoSummary summary =
                    new DemoRun(DemoWorld.NEWSPAPER, 3, 5, 20, "chaos-test", false, CLOCK)
                            .on(
                                    client,
                                    () -> new StoreInspector(cloud.settings(), CLOCK),
                                    chaos,
                                    second -> {});

            assertThat(summary.lost()).as(summary::toText).isZero();
            assertThat(summary.duplicated()).as(summary::toText).isZero();
            assertThat(summary.eventsAccepted()).isPositive();
            ChaosReport report = Objects.requireNonNull(summary.chaos());
            assertThat(report.kills())
                    .extracting(Kill::process)
                    .containsExactlyInAnyOrderElementsOf(Chaos.PROCESSES);
            assertThat(report.counts().share()).as(summary::toText).isGreaterThanOrEqualTo(0.99);
        }
    }
}
