package dev.freshet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.demo.Latencies;
import dev.freshet.json.JsonRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private static LoadStep step(double rate, long served) {
        Latencies times = new Latencies();
        times.add(Duration.ofMillis(7));
        return new LoadStep(rate, Math.round(rate * 10), served, served, 0, 3, 0, TEN, TEN, times);
    }

    private final LoadReport report =
            new LoadReport(
                    List.of(
                            new LoadReport.Result(
                                    Traffic.COLLECT,
                                    new Knee.Found(
                                            List.of(step(40, 400), step(60, 500)),
                                            Optional.of(step(40, 400))),
                                    true,
                                    Optional.empty(),
                                    Map.of("freshet", new MemoryTrace.Course(11, 12, 0.5, true)))));

    @Test
    void textAndJsonContainEqualFigures() {
        JsonNode json = JsonRecords.tree(report.figures());

        assertThat(report.text().toString()).contains("knee: 40 requests a second", "7.0");
        assertThat(json.at("/collect/knee/rate").asDouble()).isEqualTo(40);
        assertThat(json.at("/collect/steps/1/perSecond").asDouble()).isEqualTo(50);
        assertThat(json.at("/collect/memory/freshet/MiBaMinute").asDouble()).isEqualTo(0.5);
    }

    @Test
    void memoryIsFlatWhenItsSlopeIsSmallBesideIt() {
        List<Double> seconds = DoubleStream.iterate(0, at -> at + 2).limit(300).boxed().toList();
        List<Double> steady = seconds.stream().map(at -> 500 + at % 7).toList();
        List<Double> leaking = seconds.stream().map(at -> 500 + at).toList();

        assertThat(MemoryTrace.course(seconds, steady).flat()).isTrue();
        assertThat(MemoryTrace.course(seconds, leaking).flat()).isFalse();
        assertThat(MemoryTrace.course(seconds, leaking).mibAMinute()).isBetween(59.9, 60.1);
    }

    @Test
    void memoryIsSampledOnAfterASampleThatFailed() throws InterruptedException {
        CountDownLatch two = new CountDownLatch(2);
        List<String> notes = new CopyOnWriteArrayList<>();
        Supplier<JsonNode> failing =
                () -> {
                    two.countDown();
                    throw new IllegalStateException("no status");
                };
        try (MemoryTrace trace = new MemoryTrace(failing, notes::add)) {
            assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(notes.getFirst()).contains("no status");
            assertThat(trace.courses()).isEmpty();
        }
    }

    @Test
    void onlyThisMachineCanBeLoaded() {
        assertThat(List.of("127.0.0.1", "127.9.9.9", "localhost", "[::1]"))
                .allMatch(LoadCommand::isLoopback);
        assertThat(List.of("example.org", "10.0.0.1", "127.0.0.1.example.org", "1270.0.0.1"))
                .noneMatch(LoadCommand::isLoopback);
        assertThat(LoadCommand.isLoopback(null)).isFalse();
    }
}
