package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.experiment.GroupAnalysis.GroupResult;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.BucketSums.Tally;
import dev.freshet.model.sums.PhaseSums;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GroupAnalysisTest {
    private static final Experiment EXPERIMENT =
            Definitions.with(tree -> Definitions.set(tree, "/plannedUsers", "8000"));
    private static final List<String> ARMS = List.of("control", "pl");
    private static final int K = 5;

    private final Random random = new Random(3);
    private final Map<String, Tally> tallies = new TreeMap<>();

    /** Adds users of both arms to a group, each with five lists. */
    private void add(String group, int users, double controlCtr, double ctr) {
        for (String arm : ARMS) {
            Tally all = tallies.computeIfAbsent(arm, key -> BucketSums.ZERO.tally());
            all.add(0, Column.USERS, group.startsWith("segment") ? users : 0);
            Tally tally =
                    tallies.computeIfAbsent(
                            arm + ":" + group, key -> BucketSums.ZERO_OF_GROUP.tally());
            for (int user = 0; user < users; user++) {
                int bucket = random.nextInt(BucketSums.BUCKETS);
                double likes = 2 * random.nextDouble() * (arm.equals("pl") ? ctr : controlCtr);
                tally.add(bucket, Column.USERS, 1);
                tally.add(bucket, Column.COVARIATE, random.nextInt(4));
                tally.add(bucket, Column.LISTS, 5);
                for (int list = 0; list < 5; list++) {
                    tally.add(bucket, Column.LISTS_CLICKED, random.nextDouble() < likes ? 1 : 0);
                }
            }
        }
    }

    private List<GroupResult> results(int k) {
        Map<String, BucketSums> sums = new TreeMap<>();
        tallies.forEach((key, tally) -> sums.put(key, tally.sums()));
        return new GroupAnalysis(EXPERIMENT, Map.of("s1", "football, cup"), k)
                .of(new ExperimentSums(sums, 0));
    }

    @Test
    void eachGroupIsComparedForItselfAndOnlyTheOneThatDiffersIsADiscovery() {
        add("segment:s1", 4_000, 0.1, 0.15);
        add("segment:", 3_000, 0.1, 0.1);
        add("device:mobile", 2_000, 0.1, 0.1);

        List<GroupResult> results = results(K);

        assertThat(results).extracting(GroupResult::group).containsExactly("s1", "", "mobile");
        assertThat(results).extracting(GroupResult::discovered).containsExactly(true, false, false);
        GroupResult first = results.getFirst();
        assertThat(first.by()).isEqualTo(GroupKind.SEGMENT);
        assertThat(first.groupName()).isEqualTo("football, cup");
        assertThat(first.users()).isEqualTo(4_000);
        assertThat(first.comparison().difference()).isCloseTo(0.05, within(0.015));
        assertThat(first.comparison().interval().contains(0.05)).isTrue();
    }

    @Test
    void groupsOfFewerPeopleAreSummedAndNoSmallerOneFollowsFromTheRest() {
        add("segment:s1", 900, 0.1, 0.1);
        add("segment:s3", 60, 0.1, 0.1);
        assertThat(results(K)).extracting(GroupResult::group).containsExactly("s1");
        assertThat(results(80)).as("sixty follow from the rest").isEmpty();

        add("segment:s2", 300, 0.1, 0.1);
        add("segment:s4", 60, 0.1, 0.1);
        assertThat(results(K))
                .as("100 users an arm are the least")
                .extracting(GroupResult::group, GroupResult::users)
                .containsExactly(
                        tuple("s1", 900L), tuple("s2", 300L), tuple(PhaseSums.OTHERS, 120L));

        assertThat(results(450)).isEmpty();

        add("segment:" + PhaseSums.OTHERS, 5_000, 0.1, 0.1);
        assertThat(results(K))
                .extracting(GroupResult::group)
                .as("what the fold has summed comes last")
                .containsExactly("s1", "s2", PhaseSums.OTHERS);
    }

    /**
     * Experiments without a difference, in groups of unequal size, looked at twenty times: few
     * intervals ever leave zero, and in few experiments anything is ever a discovery.
     */
    @Test
    void withoutADifferenceFewGroupsAreEverDiscovered() {
        int runs = 200;
        Set<String> groups = new TreeSet<>();
        Set<String> leaving = new TreeSet<>();
        Set<Integer> discovering = new TreeSet<>();
        for (int run = 0; run < runs; run++) {
            tallies.clear();
            for (int look = 0; look < 20; look++) {
                for (int group = 0; group < 4; group++) {
                    add("segment:s" + group, 50 << group >> 2, 0.08, 0.08);
                    add("device:d" + group, 50 << group >> 2, 0.08, 0.08);
                }
                for (GroupResult one : results(K)) {
                    String name = run + " " + one.by() + " " + one.group();
                    groups.add(name);
                    if (!one.comparison().interval().contains(0)) {
                        leaving.add(name);
                    }
                    if (one.discovered()) {
                        discovering.add(run);
                    }
                }
            }
        }
        System.out.printf(
                "groups without a difference: %d of %d ever left zero, discoveries in %d of %d%n",
                leaving.size(), groups.size(), discovering.size(), runs);
        assertThat(leaving.size()).isLessThan(groups.size() / 20);
        assertThat(discovering.size()).isLessThan(runs / 20);
    }
}
