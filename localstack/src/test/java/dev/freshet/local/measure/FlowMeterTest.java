package dev.freshet.local.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.FlowHistory;
import dev.freshet.insight.FlowHistory.Resolution;
import dev.freshet.json.JsonRecords;
import dev.freshet.local.measure.MeasurementServer.MetricLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the lines that the functions write to figures. */
class FlowMeterTest {
    /** The format takes no time that is far from the present one. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private final Instant begin = now.minus(Duration.ofMinutes(90));

    private final FlowMeter meter = new FlowMeter(begin);

    private static Metrics.Line line(Instant at, List<String> into) {
        return new Metrics(Map.of("Stack", "dev-main"), () -> at, into::add).line();
    }

    private void count(Metrics.Line line, List<String> written) throws Exception {
        line.write();
        for (String each : written) {
            meter.line(new ObjectMapper().readTree(each));
        }
    }

    @Test
    void linesOfAllFunctionsAreCountedInTheirMinutes() throws Exception {
        List<String> collect = new ArrayList<>();
        count(
                line(now.plusSeconds(5), collect)
                        .add(MetricName.ACCEPTED, 7)
                        .add(MetricName.REJECTED, 3)
                        .add(MetricName.CLOCK_SKEW_SECONDS, 40)
                        .add(MetricName.AMOUNTS_LEFT_OUT, 6)
                        .property("refusals", Map.of("unknown-type", 2, "no-item", 1)),
                collect);
        List<String> features = new ArrayList<>();
        count(
                line(now.plusSeconds(6), features)
                        .add(MetricName.FRESHNESS_MS, List.of(9L, 10L, 11L, 30_000L))
                        .add(MetricName.QUARANTINED, 1)
                        .add(MetricName.DUPLICATES, 2)
                        .add(MetricName.WITHOUT_PERSONALISATION, 4)
                        .add(MetricName.WITHOUT_ANALYTICS, 5)
                        .add(MetricName.LISTS_OF_NOBODY, 7),
                features);
        List<String> recommend = new ArrayList<>();
        count(
                line(now.minusSeconds(60), recommend)
                        .add(MetricName.DEGRADED, 1)
                        .add(MetricName.RECOMMEND_MS, 12),
                recommend);
        meter.request(202, now);
        meter.request(429, now);
        meter.request(504, now);

        Flow flow = meter.flow(now.plusSeconds(10), List.of());

        assertThat(flow.total().at()).isEqualTo(now.plusSeconds(6));
        assertThat(Stream.of(Count.values()).map(flow.total()::get))
                .containsExactly(7L, 3L, 1L, 2L, 1L, 1L, 3L, 1L, 1L, 1L, 4L, 5L, 6L, 7L);
        assertThat(flow.clockSkew()).isEqualTo(new Flow.ClockSkew(1, 40, 40));
        assertThat(flow.complete().getLast().get(Count.RECOMMENDATIONS)).isEqualTo(1);
        assertThat(flow.refusals())
                .containsOnly(Map.entry("unknown-type", 2L), Map.entry("no-item", 1L));
        assertThat(flow.recommendTimes()).isEqualTo(new Flow.Percentiles(12, 12));
        assertThat(Objects.requireNonNull(flow.freshness()).counts())
                .containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
    }

    @Test
    void anHourIsKeptWithoutGapsHoweverLongTheCloudRuns() {
        for (Instant at = begin; at.isBefore(now); at = at.plusSeconds(600)) {
            meter.request(200, at);
        }

        Flow flow = meter.flow(now, List.of());

        assertThat(flow.minutes()).hasSize(Flow.MINUTES + 1);
        assertThat(flow.minutes().getFirst().at()).isEqualTo(now.minus(Duration.ofHours(1)));
        assertThat(flow.complete()).hasSize(Flow.MINUTES);
        assertThat(flow.total().get(Count.REQUESTS)).isEqualTo(6);
    }

    /** Counts an event and a row that was written after some milliseconds. */
    private void fresh(FlowMeter into, Instant at, long ms) throws Exception {
        List<String> written = new ArrayList<>();
        line(at, written)
                .add(MetricName.ACCEPTED, 1)
                .add(MetricName.FUNCTION_VERSION, 3)
                .add(MetricName.FRESHNESS_MS, ms)
                .write();
        into.line(new ObjectMapper().readTree(written.getFirst()));
    }

    @Test
    void stepsOfThePastHaveTheCountsAndPercentilesOfTheirMinutesAcrossARestart() throws Exception {
        Instant first = Resolution.COARSE.begin(now).minus(Duration.ofDays(60));
        Instant last = first.plus(Duration.ofDays(59));
        FlowMeter running = new FlowMeter(first);
        for (int minute = 0; minute < 120; minute++) {
            fresh(running, last.plusSeconds(60L * minute), minute);
        }
        FlowMeter next = new FlowMeter(last.plus(Duration.ofHours(2)));
        for (Resolution resolution : Resolution.values()) {
            next.restore(
                    resolution, running.history(resolution, last.plus(Duration.ofMinutes(119))));
        }
        Instant end = last.plus(Duration.ofHours(2));
        fresh(next, end, 9_000);

        for (FlowMeter meter : List.of(running, next)) {
            for (Resolution resolution : Resolution.values()) {
                List<FlowHistory.Step> steps = meter.history(resolution, end).steps();
                int minutes = Math.toIntExact(resolution.step().toMinutes());
                for (int at = 0; at < 120 / minutes; at++) {
                    FlowHistory.Step step = steps.get(at);
                    assertThat(step.at()).isEqualTo(last.plusSeconds(60L * minutes * at));
                    assertThat(step.minute().get(Count.ACCEPTED)).isEqualTo(minutes);
                    Flow.Percentiles fresh = Objects.requireNonNull(step.freshness());
                    assertThat(fresh.p50Ms()).isEqualTo(minutes * at + (minutes - 1) / 2);
                    assertThat(step.recommendTimes()).isNull();
                    assertThat(step.version()).isEqualTo(3);
                }
                assertThat(steps).hasSize(120 / minutes + (meter == next ? 1 : 0));
            }
        }
        assertThat(next.history(Resolution.COARSE, last.plus(Duration.ofDays(56))).steps())
                .extracting(FlowHistory.Step::at)
                .containsExactly(last.plus(Duration.ofHours(1)), end);
    }

    @Test
    void stepsOfThePastNameTheCodesOfTheirRefusalsAFewOfThemAcrossARestart() throws Exception {
        Map<String, Integer> codes =
                Map.of("unknown-type", 60, "a", 7, "b", 6, "c", 5, "d", 4, "e", 3, "f", 2);
        FlowMeter running = new FlowMeter(Resolution.COARSE.begin(now).minus(Duration.ofHours(9)));
        Instant hour = Resolution.COARSE.begin(now).minus(Duration.ofHours(8));
        for (int minute : List.of(3, 50)) {
            List<String> written = new ArrayList<>();
            line(hour.plus(Duration.ofMinutes(minute)), written)
                    .add(MetricName.REJECTED, 87)
                    .property("refusals", codes)
                    .write();
            running.line(new ObjectMapper().readTree(written.getFirst()));
        }
        FlowMeter next = new FlowMeter(now);
        next.restore(
                Resolution.COARSE,
                JsonRecords.read(
                        JsonRecords.tree(running.history(Resolution.COARSE, now))
                                .toString()
                                .getBytes(StandardCharsets.UTF_8),
                        FlowHistory.class));

        for (FlowMeter meter : List.of(running, next)) {
            assertThat(meter.history(Resolution.COARSE, now).steps().getFirst().refusals())
                    .isEqualTo(
                            Map.of(
                                    "unknown-type",
                                    120L,
                                    "a",
                                    14L,
                                    "b",
                                    12L,
                                    "c",
                                    10L,
                                    "d",
                                    8L,
                                    "other",
                                    10L));
        }
    }

    @Test
    void figuresThatWereKeptBeforeCodesWereAreRead() throws Exception {
        String before =
                """
                {"minute":{"at":"2026-11-24T14:00:00Z","counts":{"REFUSED":123}},"version":1}""";

        FlowHistory.Step step =
                JsonRecords.read(before.getBytes(StandardCharsets.UTF_8), FlowHistory.Step.class);

        assertThat(step.refusals()).isNull();
        assertThat(step.minute().get(Count.REFUSED)).isEqualTo(123);
    }

    @Test
    void withoutTrafficTheFiguresChangeOnceAMinuteUnlessAConsumerIsBehind() {
        Flow first = meter.flow(now.plusSeconds(1), List.of());

        assertThat(meter.flow(now.plusSeconds(59), List.of())).isEqualTo(first);
        assertThat(meter.flow(now.plusSeconds(60), List.of())).isNotEqualTo(first);
        assertThat(
                        meter.flow(
                                        now.plusSeconds(63),
                                        List.of(new Flow.Consumer("train", Duration.ofSeconds(2))))
                                .asOf())
                .isEqualTo(now.plusSeconds(63));
    }

    @Test
    void linesFromBeforeTheCloudStartedAreLeftOut() throws Exception {
        List<String> old = new ArrayList<>();
        count(line(begin.minusSeconds(61), old).add(MetricName.ACCEPTED, 7), old);

        assertThat(meter.flow(begin, List.of()).total().get(Count.ACCEPTED)).isZero();
    }

    @Test
    void aFollowedLogIsReadOnceWhateverElseIsInItAndWhereverItIsCutOff(@TempDir Path logs)
            throws Exception {
        List<String> lines = new ArrayList<>();
        line(now, lines).add(MetricName.ACCEPTED, 1).write();
        String metrics = lines.getFirst();
        Path log = logs.resolve("functions.log");
        MetricLines follower = new MetricLines(logs);
        List<JsonNode> read = new ArrayList<>();

        Files.writeString(log, "{\"message\":\"hello\"}\nno json\n" + metrics.substring(0, 40));
        follower.look(read::add);
        assertThat(read).isEmpty();

        append(log, metrics.substring(40) + "\n" + metrics.substring(0, 30) + "\n");
        follower.look(read::add);
        follower.look(read::add);
        assertThat(read).hasSize(1);

        Files.writeString(log, metrics + "\n");
        follower.look(read::add);
        assertThat(read).as("after the log was begun anew").hasSize(2);
    }

    private static void append(Path log, String text) throws Exception {
        Files.write(log, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }
}
