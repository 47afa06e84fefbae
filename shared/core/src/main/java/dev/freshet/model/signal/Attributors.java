package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.UserAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Attributes the items of an answer to the user's actions by leaving one out: how much lower, in
 * log odds, an item's score would be without the action, everything else unchanged: the other
 * actions keep their positions and weights, the signals their weights. Made per request, for at
 * most 100 items.
 *
 * <p>No score is computed again. Each {@link Attributor} subtracts an action from what its signals
 * were made of, so an item costs the postings of its baskets once, a cosine for each item of the
 * profile, and some twenty operations for each action; there are at most as many actions as rows
 * read.
 *
 * @param ablations the preferences without each action
 * @param attributors of the signals of each family
 */
public record Attributors(List<Ablation> ablations, List<Attributor> attributors) {

    /**
     * Returns the attribution of one item.
     *
     * @param at position among the candidates that these were made for, from 0
     * @param weights of its signals, by {@link Signal#at}, in log odds
     * @param beside what an action adds to the score besides the signals, in log odds
     */
    public Attribution of(int at, float[] weights, ToDoubleFunction<UserAction> beside) {
        if (ablations.isEmpty()) {
            return Attribution.NONE;
        }
        ScoreLoss losses = new ScoreLoss(weights, ablations.size());
        attributors.forEach(attributor -> attributor.attribute(at, losses));
        double[] all = new double[ablations.size()];
        for (int action = 0; action < all.length; action++) {
            all[action] = beside.applyAsDouble(ablations.get(action).action());
            for (double[] source : losses.bySource()) {
                all[action] += source[action];
            }
        }
        return new Attribution(
                ablations.stream().map(Ablation::action).toList(),
                all,
                losses.bySource(),
                losses.support());
    }

    /**
     * What one candidate's score would lose without each action, in log odds, by source: the loss
     * of each signal times its weight.
     */
    public static final class ScoreLoss {
        private final float[] weights;
        private final double[][] bySource;
        private final double[][] support;

        ScoreLoss(float[] weights, int actions) {
            this.weights = weights;
            bySource = new double[SignalFamilies.SOURCES][actions];
            support = new double[bySource.length][actions];
        }

        /**
         * Adds the loss of a signal.
         *
         * @param action position of the action, from 0
         * @param loss the signal less its value without the action; negative where it would rise
         */
        void add(Signal signal, int action, double loss) {
            bySource[signal.source().index()][action] += weights[signal.at()] * loss;
        }

        /**
         * Adds to the support that an action gives its source, even where the score would not fall
         * without it because other actions give the same.
         *
         * @param amount in a unit of the source's own
         */
        void support(Signal signal, int action, double amount) {
            support[signal.source().index()][action] += amount;
        }

        double[][] support() {
            return support;
        }

        double[][] bySource() {
            return bySource;
        }
    }

    /**
     * Attributes the signals of one part of the model to the user's actions: how much lower each
     * signal of a candidate would be without each action. Made per request, for the items of the
     * answer.
     */
    @FunctionalInterface
    public interface Attributor {
        /**
         * Adds what one candidate would lose.
         *
         * @param at index of the candidate among those that this was made for, from 0
         * @param losses collects the losses by signal and action
         */
        void attribute(int at, Attributors.ScoreLoss losses);
    }

    /**
     * How much lower one item's score would be without each of the user's actions.
     *
     * @param actions of the user that matter
     * @param all what the item's score loses without each
     * @param bySource by {@link Source#index}, what it loses of the source's part
     * @param support by {@link Source#index}, what each gives the source
     */
    @SuppressWarnings("ArrayRecordComponent") // never modified
    public record Attribution(
            List<UserAction> actions, double[] all, double[][] bySource, double[][] support) {
        /** The attribution for a user without actions that matter. */
        public static final Attribution NONE =
                new Attribution(
                        List.of(),
                        new double[0],
                        new double[SignalFamilies.SOURCES][0],
                        new double[SignalFamilies.SOURCES][0]);

        /** Losses below this, in log odds, are not reported. */
        private static final double LEAST = 1e-4;

        /**
         * One of the user's own actions and its effect on an item: how much lower the item's score
         * would be without it, everything else unchanged.
         *
         * @param lift loss of score without the action, in log odds, greater than 0
         * @param part its share in the sum of the lifts of all actions, greater than 0, at most 1
         */
        public record Moved(UserAction action, double lift, double part) {}

        /** Returns the actions without which the item would lose most, largest first. */
        public List<Moved> most(int limit) {
            return most(all, limit);
        }

        /**
         * Returns the action without which the item would lose most of what a source gives it, or
         * null.
         */
        public @Nullable Moved most(Source source) {
            List<Moved> one = most(bySource[source.index()], 1);
            return one.isEmpty() ? null : one.getFirst();
        }

        /**
         * Returns the action that contributes most to what a source gives the item, whether or not
         * its removal alone would change the score: of two equal actions neither would, and yet
         * they are the reason.
         */
        public @Nullable UserAction mainstay(Source source) {
            double[] by = support[source.index()];
            int best = -1;
            for (int action = 0; action < by.length; action++) {
                if (by[action] > 0 && (best < 0 || by[action] > by[best])) {
                    best = action;
                }
            }
            return best < 0 ? null : actions.get(best);
        }

        /**
         * Returns whether any action gives a source something for the item, or makes the item lose
         * of the source's part by its absence.
         */
        public boolean moves(Source source) {
            return mainstay(source) != null || most(source) != null;
        }

        private List<Moved> most(double[] lifts, int limit) {
            double sum = 0;
            for (double lift : lifts) {
                sum += Math.max(0, lift);
            }
            List<Moved> moved = new ArrayList<>();
            for (int action = 0; action < lifts.length; action++) {
                if (lifts[action] > LEAST) {
                    moved.add(new Moved(actions.get(action), lifts[action], lifts[action] / sum));
                }
            }
            moved.sort(Comparator.comparingDouble(Moved::lift).reversed());
            return List.copyOf(moved.subList(0, Math.min(limit, moved.size())));
        }
    }
}
