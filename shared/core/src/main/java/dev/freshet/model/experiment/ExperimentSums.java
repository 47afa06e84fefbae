package dev.freshet.model.experiment;

import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of one phase of an experiment.
 *
 * @param byArm by the arm's id; an arm without users may be absent
 * @param crossed users who were shown lists of two arms; they are in no arm's sums
 */
public record ExperimentSums(Map<String, BucketSums> byArm, long crossed) {
    public static final ExperimentSums ZERO = new ExperimentSums(Map.of(), 0);

    public ExperimentSums {
        byArm = Map.copyOf(byArm);
    }

    /** Returns the sums of an arm. */
    public BucketSums of(String arm) {
        return byArm.getOrDefault(arm, BucketSums.ZERO);
    }

    /** Returns the sums of both, which count different acts of the users. */
    public ExperimentSums plus(ExperimentSums other) {
        Map<String, BucketSums> both = new TreeMap<>(byArm);
        other.byArm.forEach((arm, sums) -> both.merge(arm, sums, BucketSums::plus));
        return new ExperimentSums(both, crossed + other.crossed);
    }
}
