package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Results.Conclusion;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.BucketSums.Tally;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.profile.CountedUsers;
import dev.freshet.testkit.Thorough;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Experiments on anonymous visitors in which nobody's clicks differ, and the other arm may change
 * how many visitors go on to a further page. Visitors count once they are known for a minute.
 */
class WhoStaysTest {
    private static final int RUNS = Thorough.number(200, 2_000);
    private static final int LOOKS = 10;
    private static final int VISITORS = 4_000;
    private static final double STAYS = 0.7;
    private static final Duration PAGE = Duration.ofSeconds(40);
    private static final CountedUsers COUNTED = new CountedUsers("anon-", 60, true);
    private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");

    /** The highest share of false alarms that experiments are made for. */
    private static final double NOMINAL = Experiment.ALPHA;

    private static final Experiment EXPERIMENT =
            ExperimentReader.read(
                    """
                    {"id":"a","version":1,"status":"running","layer":"l","salt":"a-1",
                     "plannedUsers":2000,
                     "arms":[{"id":"control","weight":0.5},{"id":"other","weight":0.5}],
                     "metrics":{"primary":"listCtr"}}
                    """
                            .getBytes(StandardCharsets.UTF_8),
                    EventTypes.BUILT_IN);

    /** How many visitors and lists there were, and how many of them count. */
    private static final class Traffic {
        private int visitors;
        private int counted;
        private int lists;
        private int countedLists;
    }

    /** What one run showed at any look. */
    private record Alarms(boolean decided, boolean invalid) {}

    /**
     * Simulates an experiment.
     *
     * @param known whether arms are of visitors who count, as lists are made; otherwise of
     *     everybody, and lists are counted from admission on
     * @param longer how much more often visitors of the other arm go on
     */
    private static Alarms run(long seed, boolean known, double longer, Traffic traffic) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tally> arms = new HashMap<>();
        EXPERIMENT.arms().forEach(arm -> arms.put(arm.id(), BucketSums.ZERO.tally()));
        boolean decided = false;
        boolean invalid = false;
        for (int look = 0; look < LOOKS; look++) {
            for (int visitor = 0; visitor < VISITORS / LOOKS; visitor++) {
                visit("anon-" + random.nextLong(), known, longer, random, arms, traffic);
            }
            Map<String, BucketSums> sums = new HashMap<>();
            arms.forEach((id, tally) -> sums.put(id, tally.sums()));
            Conclusion conclusion =
                    ExperimentAnalysis.of(EXPERIMENT, new ExperimentSums(sums, 0)).conclusion();
            decided |= conclusion.decided();
            invalid |= conclusion == Conclusion.INVALID;
        }
        return new Alarms(decided, invalid);
    }

    private static void visit(
            String visitor,
            boolean known,
            double longer,
            SplittableRandom random,
            Map<String, Tally> arms,
            Traffic traffic) {
        String hashed = Objects.requireNonNull(EXPERIMENT.hashed(visitor)).id();
        double rate = 0.16 * random.nextDouble();
        int bucket = random.nextInt(BucketSums.BUCKETS);
        Tally arm = Objects.requireNonNull(arms.get(hashed));
        boolean enrolled = false;
        boolean stays = true;
        Instant now = BEGIN;
        traffic.visitors++;
        while (stays) {
            boolean counts = COUNTED.counts(visitor, now.equals(BEGIN) ? null : BEGIN, now);
            boolean inArm = counts || !known;
            traffic.lists++;
            if (counts) {
                traffic.countedLists++;
                traffic.counted += enrolled ? 0 : 1;
                arm.add(bucket, Column.USERS, enrolled ? 0 : 1);
                arm.add(bucket, Column.LISTS, 1);
                arm.add(bucket, Column.LISTS_CLICKED, random.nextDouble() < rate ? 1 : 0);
                enrolled = true;
            }
            boolean changed = inArm && hashed.equals("other");
            stays = random.nextDouble() < STAYS * (changed ? longer : 1);
            double seconds = -Math.log(1 - random.nextDouble()) * PAGE.toSeconds();
            now = now.plusMillis((long) (1_000 * seconds));
        }
    }

    /** Returns the shares of runs with a false conclusion and with an alarm about the split. */
    private static double[] alarms(boolean known, double longer) {
        int decided = 0;
        int invalid = 0;
        for (int run = 0; run < RUNS; run++) {
            Alarms alarms = run(1 + run, known, longer, new Traffic());
            decided += alarms.decided() ? 1 : 0;
            invalid += alarms.invalid() ? 1 : 0;
        }
        System.out.printf(
                "Seeds 1 to %d, arms of known visitors only %s, going on x %.2f: concluded %.3f, invalid %.3f%n",
                RUNS, known, longer, (double) decided / RUNS, (double) invalid / RUNS);
        return new double[] {(double) decided / RUNS, (double) invalid / RUNS};
    }

    @ParameterizedTest
    @CsvSource({"1", "1.1"})
    void alarmsStayBelowTheNominalRateAlsoWhereAnArmChangesWhoStays(double longer) {
        double[] alarms = alarms(true, longer);

        assertThat(alarms[0]).isLessThanOrEqualTo(NOMINAL);
        assertThat(alarms[1]).isLessThanOrEqualTo(NOMINAL);
    }

    @Test
    void anArmBeforeAdmissionWouldDecideWhoIsCounted() {
        assertThat(alarms(false, 1.1)[1]).isGreaterThan(0.3);
    }

    @Test
    void howManyHonestVisitorsCount() {
        Traffic traffic = new Traffic();
        for (int run = 0; run < RUNS; run++) {
            run(1 + run, true, 1, traffic);
        }
        double people = (double) traffic.counted / traffic.visitors;
        double lists = (double) traffic.countedLists / traffic.lists;
        System.out.printf(
                "Visitors of %.1f pages of %d s: %.1f %% count, with %.1f %% of all lists%n",
                (double) traffic.lists / traffic.visitors,
                PAGE.toSeconds(),
                100 * people,
                100 * lists);

        assertThat(people).isBetween(0.3, 0.7);
        assertThat(lists).isBetween(0.4, 0.8);
    }
}
