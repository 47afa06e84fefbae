package dev.freshet.experiment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definition of an experiment, as {@link ExperimentReader} accepts it.
 *
 * @param version grows with every change, at least 1
 * @param layer experiments of one layer share no user; experiments of different layers are
 *     independent
 * @param slots the part of the layer
 * @param traffic share of the slots that is in use, 0 to 1
 * @param salt of the arms; a new salt is a new phase, whose users are assigned afresh
 * @param plannedUsers users of all arms for whom the intervals are tuned
 * @param shadows evaluated on the lists of others
 * @param arms the control first
 */
public record Experiment(
        String id,
        long version,
        ExperimentStatus status,
        String layer,
        SlotRange slots,
        double traffic,
        String salt,
        long plannedUsers,
        Targeting target,
        List<ShadowArm> shadows,
        List<Arm> arms,
        MetricPlan metrics) {
    /**
     * The layer of the experiment that keeps some users without personalisation, to measure what
     * the recommender is worth in all. These users are in no other experiment.
     */
    public static final String HOLDOUT_LAYER = "holdout";

    /** The chance of a wrong conclusion about the primary metric, over all looks and arms. */
    public static final double ALPHA = 0.05;

    public Experiment {
        shadows = List.copyOf(shadows);
        arms = List.copyOf(arms);
    }

    /** Returns the arm with which the others are compared. */
    public Arm control() {
        return arms.getFirst();
    }

    public boolean running() {
        return status == ExperimentStatus.RUNNING;
    }

    public boolean isHoldout() {
        return layer.equals(HOLDOUT_LAYER);
    }

    /** Returns the arm of an id, if the experiment has one. */
    public Optional<Arm> arm(String armId) {
        return arms.stream().filter(arm -> arm.id().equals(armId)).findFirst();
    }

    /**
     * Returns the arm of a user by hash alone, or null for a user who is not in the experiment.
     *
     * @param userId as known at the request: the user id, else the anonymous id
     */
    @Nullable Arm hashed(String userId) {
        return slots.includes(AssignmentHash.slot(layer, userId), traffic)
                ? byWeight(AssignmentHash.of(salt, userId))
                : null;
    }

    private Arm byWeight(double number) {
        double below = 0;
        for (Arm arm : arms) {
            below += arm.weight();
            if (number < below) {
                return arm;
            }
        }
        return arms.getLast();
    }
}
