package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.testkit.Thorough;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The alarm on freshness as the template has it, evaluated as CloudWatch does over invented weeks:
 * days and quiet nights, a function that starts anew every two hours, and deployments. An event
 * waits for the next poll, up to a second, or 70 ms with fan-out, and then for its batch.
 */
class FreshnessAlarmTest {
    private static final int DAY = 288;
    private static final int PERIODS = 7 * DAY;
    private static final int PERIOD_SECONDS = 300;
    private static final int NOON = 3 * DAY + DAY / 2;
    private static final int SEEDS = Thorough.number(3, 50);

    /** Events a second in the early afternoon; at night there are a fiftieth. */
    private static final double BUSIEST = 15;

    /** A fault: how much later events are stored in some periods. */
    private record Fault(int from, int until, double lateMs) {}

    private static final Fault NONE = new Fault(0, 0, 0);

    private static JsonNode alarm(boolean fanOut) {
        return Synthesized.with(fanOut ? Map.of("fanOut", "true") : Map.of())
                .properties("FreshnessSlowAlarm");
    }

    /** Returns the freshness of the events of each period, in milliseconds. */
    private static List<double[]> week(boolean fanOut, long seed, Fault fault) {
        Random random = new Random(seed);
        List<double[]> week = new ArrayList<>();
        for (int period = 0; period < PERIODS; period++) {
            double hour = period % DAY / 12.0;
            double rate = BUSIEST * Math.max(0.02, Math.sin(Math.PI * (hour - 6) / 18));
            double[] values =
                    new double[(int) (rate * PERIOD_SECONDS * random.nextDouble(0.9, 1.1))];
            // A process starts every two hours, and twice in the deployments of two days.
            boolean deployed = period == 2 * DAY + 170 || period == 4 * DAY + 190;
            int starts = (period % 24 == 7 ? 1 : 0) + (deployed ? 2 : 0);
            for (int i = 0; i < values.length; i++) {
                double wait = fanOut ? 70 : random.nextDouble(1_000);
                double batch = 25 * Math.exp(0.6 * random.nextGaussian());
                double start = i < starts * rate * 3 ? random.nextDouble(3_000) : 0;
                boolean late = period >= fault.from() && period < fault.until();
                values[i] = wait + batch + start + (late ? fault.lateMs() : 0);
            }
            week.add(values);
        }
        return week;
    }

    /** Returns the periods at whose ends the alarm is in the state {@code ALARM}. */
    private static List<Integer> sounding(JsonNode alarm, List<double[]> week) {
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
        assertThat(alarm.path("EvaluateLowSampleCountPercentile").asText()).isEqualTo("ignore");
        assertThat(alarm.path("Period").asInt()).isEqualTo(PERIOD_SECONDS);
        double share =
                Double.parseDouble(alarm.path("ExtendedStatistic").asText().substring(1)) / 100;
        long least = Math.round(10 / (1 - share));
        boolean[] breaching = new boolean[week.size()];
        List<Integer> sounding = new ArrayList<>();
        boolean state = false;
        for (int period = 0; period < week.size(); period++) {
            double[] values = week.get(period).clone();
            if (values.length >= least) {
                Arrays.sort(values);
                double percentile = values[(int) Math.ceil(share * values.length) - 1];
                breaching[period] = percentile > alarm.path("Threshold").asDouble();
                int first = Math.max(0, period + 1 - alarm.path("EvaluationPeriods").asInt());
                state =
                        IntStream.rangeClosed(first, period).filter(i -> breaching[i]).count()
                                >= alarm.path("DatapointsToAlarm").asInt();
            }
            if (state) {
                sounding.add(period);
            }
        }
        return sounding;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsSilentInANormalWeek(boolean fanOut) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<double[]> week = week(fanOut, seed, NONE);
            assertThat(week.stream().filter(values -> values.length < 1_000).count())
                    .as("quiet periods")
                    .isGreaterThan(500);
            assertThat(sounding(alarm(fanOut), week)).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itSoundsInTheThirdSlowPeriodAndStopsAfterTheLast(boolean fanOut) {
        Fault fault = new Fault(NOON, NOON + 6, fanOut ? 150 : 1_500);
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(sounding(alarm(fanOut), week(fanOut, seed, fault)))
                    .as("seed %d", seed)
                    .containsExactly(NOON + 2, NOON + 3, NOON + 4, NOON + 5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tenSlowMinutesAndASlowNightWithFewEventsAreNotReported(boolean fanOut) {
        for (Fault fault :
                List.of(
                        new Fault(NOON, NOON + 2, 9_000),
                        new Fault(3 * DAY, 3 * DAY + 48, 9_000))) {
            assertThat(sounding(alarm(fanOut), week(fanOut, 1, fault))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 60_000})
    void theOwnerChoosesTheThreshold(int millis) {
        Synthesized.with(Map.of("freshnessAlarmMs", String.valueOf(millis)))
                .assertProperties(
                        """
                        FreshnessSlowAlarm/MetricName = FreshnessMs
                        FreshnessSlowAlarm/Threshold = %d
                        """
                                .formatted(millis));
    }
}
