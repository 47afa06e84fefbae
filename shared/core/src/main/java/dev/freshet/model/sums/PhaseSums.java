package dev.freshet.model.sums;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one phase of an experiment.
 *
 * @param salt names the phase
 * @param shadows what drawn lists say about each shadow, by its id
 */
public record PhaseSums(String salt, ExperimentSums sums, Map<String, ShadowSums> shadows) {
    /** Most arms of an experiment; what is counted for further ones is left out. */
    public static final int MAX_ARMS = 6;

    /**
     * Most shadows of a phase: those that it begins with, and as many that take their place. What
     * is logged of further ones is left out.
     */
    public static final int MAX_SHADOWS = 4;

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

    public PhaseSums {
        shadows = Map.copyOf(shadows);
    }

    /** Returns a phase without users. */
    static PhaseSums begin(String salt) {
        return new PhaseSums(salt, ExperimentSums.ZERO, Map.of());
    }

    Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation, which copies the sums of each changed arm and shadow once. */
    static final class Draft {
        private final String salt;
        private final Drafts<String, BucketSums, BucketSums.Tally> arms;
        private final Drafts<String, ShadowSums, ShadowSums.Tally> shadows;
        private long crossed;

        private Draft(PhaseSums from) {
            salt = from.salt;
            arms =
                    new Drafts<>(
                            new TreeMap<>(from.sums.byArm),
                            arm -> BucketSums.ZERO,
                            BucketSums::tally,
                            BucketSums.Tally::sums);
            shadows =
                    new Drafts<>(
                            new TreeMap<>(from.shadows),
                            shadow -> ShadowSums.ZERO,
                            ShadowSums::tally,
                            ShadowSums.Tally::sums);
            crossed = from.sums.crossed;
        }

        String salt() {
            return salt;
        }

        /** Returns the tally of an arm; null for an arm beyond the bound. */
        BucketSums.@Nullable Tally arm(String arm) {
            return arms.within(MAX_ARMS, arm);
        }

        /** Returns the tally of a shadow; null for one beyond the bound. */
        ShadowSums.@Nullable Tally shadow(String shadow) {
            return shadows.within(MAX_SHADOWS, shadow);
        }

        /** Counts a user who was shown two arms. */
        void crossed() {
            crossed++;
        }

        PhaseSums seal() {
            return new PhaseSums(salt, new ExperimentSums(arms.seal(), crossed), shadows.seal());
        }
    }
}
