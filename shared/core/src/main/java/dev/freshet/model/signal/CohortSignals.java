package dev.freshet.model.signal;

import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.profile.AttributeRules.Cohort;
import java.util.Arrays;
import java.util.List;

/**
 * What users with the same attributes take: how much more often the latest users of an item are in
 * the user's cohorts than users are in general. For users with a long history it reads as zero,
 * since their own choices say more.
 *
 * <p>For a cohort of share s, and k of the latest n users of an item in it, the lift is (k + m·s) /
 * ((n + m)·s), where m = {@value #PRIOR}, so that few users move it little. The signal is the sum
 * of the logarithms over the user's cohorts, as in a naive Bayes classifier (Manning, Raghavan,
 * Schütze, "Introduction to Information Retrieval", section 13.2).
 *
 * <p>The choices of fewer people than k-anonymity asks for are not shown: an item with fewer known
 * users reads as zero, and a smaller k as that number, without a lift above one.
 *
 * <p>Costs no preparation, and {@value #USERS} baskets an item at most, for users with cohorts.
 */
public final class CohortSignals extends SignalFamily {
    public static final Source SOURCE = new Source(12, "cohort");

    /** Sum of the logarithms of the lifts of the user's cohorts; 0 where none is known. */
    public static final Signal COHORT_LIFT =
            Signal.of(37, "cohort-lift", SOURCE, 0.5f, 0.25f, 0).leastUnit(0.2f);

    /** Most users of an item that are looked at: the latest ones. */
    private static final int USERS = 64;

    /** Users whose choices are assumed to be those of everybody. */
    private static final double PRIOR = 10;

    CohortSignals() {
        super(SOURCE, Lead.NONE, COHORT_LIFT);
    }

    @Override
    public boolean findsCandidates() {
        return false;
    }

    @Override
    public ReasonMessage reason(ReasonMessage.Facts facts) {
        List<Cohort> cohorts = facts.context().preferences().cohorts();
        ModelView model = facts.context().model();
        double[] lifts =
                new OfRequest(facts.context(), cohorts)
                        .lifts(model.items().index(facts.item().itemId()));
        int best = 0;
        for (int at = 1; at < lifts.length; at++) {
            best = lifts[at] > lifts[best] ? at : best;
        }
        return ReasonMessage.about("cohort", cohorts.get(best).attribute());
    }

    @Override
    public Prepared prepare(SignalContext context) {
        Preferences preferences = context.preferences();
        List<Cohort> cohorts =
                preferences.historyLength() == HistoryLength.LONG
                        ? List.of()
                        : preferences.cohorts();
        return cohorts.isEmpty() ? new Prepared(context) {} : new OfRequest(context, cohorts);
    }

    private static final class OfRequest extends Prepared {
        private final Baskets baskets;
        private final int people;
        private final int[] cohorts;
        private final double[] shares;
        private final int[] held;

        private OfRequest(SignalContext context, List<Cohort> cohorts) {
            super(context);
            baskets = model.baskets();
            people = model.visibility().people();
            this.cohorts = cohorts.stream().mapToInt(Cohort::id).toArray();
            shares = new double[this.cohorts.length];
            for (int at = 0; at < shares.length; at++) {
                shares[at] = baskets.cohortSizes().share(this.cohorts[at]);
            }
            held = new int[this.cohorts.length];
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            vector[COHORT_LIFT.at()] = (float) lift(item.item());
        }

        @Override
        public int workPerItem() {
            return USERS;
        }

        private double lift(int item) {
            double sum = 0;
            for (double lift : lifts(item)) {
                sum += lift;
            }
            return sum;
        }

        /** Returns the logarithm of the lift of each of the user's cohorts. */
        double[] lifts(int item) {
            double[] lifts = new double[cohorts.length];
            int users = count(baskets.postings(item));
            for (int at = 0; at < lifts.length && users >= people; at++) {
                lifts[at] = shares[at] == 0 ? 0 : lift(held[at], users, shares[at]);
            }
            return lifts;
        }

        private double lift(int known, int users, double share) {
            double count = Math.max(known, people);
            double lift = (count + PRIOR * share) / ((users + PRIOR) * share);
            return NaturalLog.of(known < people ? Math.min(1, lift) : lift);
        }

        /** Counts the latest users with cohorts by each of the user's cohorts. */
        private int count(int[] oldestFirst) {
            Arrays.fill(held, 0);
            int users = 0;
            for (int at = oldestFirst.length - 1; at >= 0 && users < USERS; at--) {
                int[] theirs = baskets.cohorts(oldestFirst[at]);
                if (theirs.length > 0) {
                    users++;
                    for (int own = 0; own < cohorts.length; own++) {
                        for (int their : theirs) {
                            held[own] += their == cohorts[own] ? 1 : 0;
                        }
                    }
                }
            }
            return users;
        }
    }
}
