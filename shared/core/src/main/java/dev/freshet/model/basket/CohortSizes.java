package dev.freshet.model.basket;

import dev.freshet.model.rows.Continuation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The number of baskets in each cohort. At most {@value #MOST} cohorts are known; a user of a
 * further one is not in it until another cohort has lost its last basket.
 *
 * @param byCohort baskets by {@link dev.freshet.profile.AttributeRules.Cohort#id}, each at least 1
 * @param members the number of baskets in at least one cohort
 */
public record CohortSizes(Map<Integer, Integer> byCohort, int members) {
    /** Most cohorts; about 60 kB. */
    public static final int MOST = 1_024;

    static final CohortSizes NONE = new CohortSizes(Map.of(), 0);

    /** Returns the share of the baskets with cohorts that are in this one, 0 to 1. */
    public double share(int cohort) {
        return members == 0 ? 0 : byCohort.getOrDefault(cohort, 0) / (double) members;
    }

    /** The mutable continuation; copies the map at the first change. */
    static final class Draft implements Continuation<CohortSizes> {
        private final Map<Integer, Integer> base;
        private @Nullable Map<Integer, Integer> changed;
        private int members;

        Draft(CohortSizes from) {
            base = from.byCohort;
            members = from.members;
        }

        /** Returns whether a basket can be in a cohort. */
        boolean admits(int cohort) {
            Map<Integer, Integer> sizes = sizes();
            return sizes.size() < MOST || sizes.containsKey(cohort);
        }

        /** Adds a basket to its cohorts, or takes it out of them. */
        void add(int[] cohorts, int sign) {
            if (cohorts.length == 0) {
                return;
            }
            if (changed == null) {
                changed = new HashMap<>(base);
            }
            for (int cohort : cohorts) {
                changed.merge(
                        cohort,
                        sign,
                        (before, more) ->
                                before + more == 0 ? null : Integer.valueOf(before + more));
            }
            members += sign;
        }

        @Override
        public CohortSizes content(boolean sealed) {
            return new CohortSizes(
                    sealed && changed != null ? Map.copyOf(changed) : sizes(), members);
        }

        private Map<Integer, Integer> sizes() {
            return changed == null ? base : changed;
        }
    }
}
