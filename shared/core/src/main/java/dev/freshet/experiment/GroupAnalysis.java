package dev.freshet.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.experiment.Experiment.Arm;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.PhaseSums;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.statistics.FalseDiscovery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares arms by the primary metric within groups of users, which are those of a user at the
 * first impression, so that no arm can change who is in one. The verdict does not rest on it.
 *
 * @param experiment whose arms are compared
 * @param names of segments by their ids
 * @param k people of each arm from which on a group may be told
 */
public record GroupAnalysis(Experiment experiment, Map<String, String> names, int k) {
    /**
     * An arm within a group.
     *
     * @param group the id of the segment, or the device; empty where it was not known, {@value
     *     PhaseSums#OTHERS} for further groups and those of too few users
     * @param groupName null for a device, and where the segment is there no more
     * @param discovered whether the difference is a discovery, at a false discovery rate of 5 %
     *     over all groups and arms
     */
    public record GroupResult(
            @JsonIgnore String ofArm,
            GroupKind by,
            String group,
            @Nullable String groupName,
            long controlUsers,
            long users,
            @JsonUnwrapped MetricComparison comparison,
            boolean discovered) {
        private GroupResult found(boolean isDiscovery) {
            return new GroupResult(
                    ofArm, by, group, groupName, controlUsers, users, comparison, isDiscovery);
        }
    }

    private record Group(GroupKind by, String name, ExperimentSums sums) {}

    /**
     * Returns the groups in which an arm can be compared, segments first and the largest first,
     * with each arm but the control.
     *
     * @param sums of the experiment's present phase
     */
    public List<GroupResult> of(ExperimentSums sums) {
        double enrolled = MetricAnalysis.enrolled(experiment, sums);
        List<GroupResult> all = new ArrayList<>();
        for (GroupKind kind : GroupKind.values()) {
            for (Group group : told(kind, sums.groups(kind))) {
                MetricAnalysis analysis =
                        new MetricAnalysis(
                                experiment,
                                group.sums,
                                MetricAnalysis.enrolled(experiment, group.sums) / enrolled);
                for (Arm arm : experiment.arms().subList(1, experiment.arms().size())) {
                    analysis.compare(experiment.metrics().primary(), arm, Experiment.ALPHA)
                            .ifPresent(comparison -> all.add(result(group, arm, comparison)));
                }
            }
        }
        boolean[] discovered =
                FalseDiscovery.ofEvidence(
                        all.stream().mapToDouble(one -> one.comparison.logE()).toArray(),
                        Experiment.ALPHA);
        List<GroupResult> results = new ArrayList<>();
        for (GroupResult one : all) {
            results.add(one.found(discovered[results.size()]));
        }
        return results;
    }

    /**
     * Returns the groups that are large enough to be compared, largest first. The smaller ones are
     * summed as one, and with them as many of the next ones as it takes for that one to be of
     * {@code k} people, so that the sums of no fewer follow from the rest. There is none where one
     * would be of all users.
     */
    private List<Group> told(GroupKind kind, Map<String, ExperimentSums> groups) {
        List<Group> told = new ArrayList<>();
        groups.forEach((name, sums) -> told.add(new Group(kind, name, sums)));
        told.sort(
                Comparator.comparing((Group group) -> group.name.equals(PhaseSums.OTHERS))
                        .thenComparing(group -> fewest(group.sums), Comparator.reverseOrder()));
        long least = Math.max(k, MetricAnalysis.LEAST_USERS);
        ExperimentSums others = ExperimentSums.ZERO;
        while (!told.isEmpty()
                && (fewest(told.getLast().sums) < least
                        || told.getLast().name.equals(PhaseSums.OTHERS)
                        || (!others.byArm().isEmpty() && fewest(others) < k))) {
            others = others.plus(told.removeLast().sums);
        }
        if (!told.isEmpty()) {
            told.add(new Group(kind, PhaseSums.OTHERS, others));
        }
        return told;
    }

    /** Returns the users of the arm that has the fewest. */
    private long fewest(ExperimentSums sums) {
        return experiment.arms().stream()
                .mapToLong(arm -> sums.of(arm.id()).total(Column.USERS))
                .min()
                .orElse(0);
    }

    private GroupResult result(Group group, Arm arm, MetricComparison comparison) {
        return new GroupResult(
                arm.id(),
                group.by,
                group.name,
                group.by == GroupKind.SEGMENT ? names.get(group.name) : null,
                group.sums.of(experiment.control().id()).total(Column.USERS),
                group.sums.of(arm.id()).total(Column.USERS),
                comparison,
                false);
    }
}
