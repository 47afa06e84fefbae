package dev.freshet.model.experiment;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one phase of an experiment.
 *
 * @param salt names the phase
 */
public record PhaseSums(String salt, ExperimentSums sums) {
    /** Most arms of an experiment; what is counted for further ones is left out. */
    public static final int MOST_ARMS = 6;

    /** Returns a phase without users. */
    static PhaseSums begin(String salt) {
        return new PhaseSums(salt, ExperimentSums.ZERO);
    }

    Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation, which copies the sums of each changed arm once. */
    static final class Draft {
        private final PhaseSums from;
        private final Map<String, BucketSums.Tally> changed = new TreeMap<>();
        private long crossed;

        private Draft(PhaseSums from) {
            this.from = from;
        }

        String salt() {
            return from.salt;
        }

        /** Returns the tally of an arm; null for an arm beyond the bound. */
        BucketSums.@Nullable Tally arm(String arm) {
            BucketSums.Tally known = changed.get(arm);
            if (known != null) {
                return known;
            }
            Map<String, BucketSums> before = from.sums.byArm();
            if (!before.containsKey(arm)) {
                long added = changed.keySet().stream().filter(a -> !before.containsKey(a)).count();
                if (before.size() + added >= MOST_ARMS) {
                    return null;
                }
            }
            BucketSums.Tally tally = from.sums.of(arm).tally();
            changed.put(arm, tally);
            return tally;
        }

        /** Counts a user who was shown two arms. */
        void crossed() {
            crossed++;
        }

        PhaseSums seal() {
            if (changed.isEmpty() && crossed == 0) {
                return from;
            }
            Map<String, BucketSums> byArm = new TreeMap<>(from.sums.byArm());
            changed.forEach((arm, tally) -> byArm.put(arm, tally.sums()));
            return new PhaseSums(
                    from.salt, new ExperimentSums(byArm, from.sums.crossed() + crossed));
        }
    }
}
