package dev.freshet.model.signal;

import dev.freshet.model.basket.NextItems;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.NaturalLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that other users interacted with right after, and right before, the user's latest items.
 * Costs at most {@link NextItems#MAX_OPENED} baskets, {@link NextItems#WIDTH} entries to each side,
 * and what {@link dev.freshet.model.basket.Transitions} reads of the latest items.
 */
public final class NextItemSignals implements SignalFamily {
    public static final Source SOURCE = new Source(1, "next-item");

    /**
     * ln(1 + s), where s is how strongly the item follows the user's latest ones: 1 for one user
     * who went there straight from the latest.
     */
    public static final Signal NEXT =
            Signal.of(17, "next", SOURCE, 0.3f, 0.3f, 0.3f).leastUnit(0.1f);

    /** ln of the same strength relative to the user's best item, from 0 to 4.6. */
    public static final Signal LOG_NEXT = Signal.of(25, "log-next", SOURCE);

    /** ln(1 + s), where s is how strongly the item precedes the user's latest ones. */
    public static final Signal PRECEDING = Signal.of(26, "preceding", SOURCE).leastUnit(0.1f);

    /** ln of the preceding strength relative to the user's best item, from 0 to 4.6. */
    public static final Signal LOG_PRECEDING = Signal.of(27, "log-preceding", SOURCE);

    /** Following items that are taken as hard negatives as they are. */
    static final int FIRST_NEGATIVES = 10;

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public List<Signal> signals() {
        return List.of(
                NEXT,
                LOG_NEXT,
                PRECEDING,
                LOG_PRECEDING,
                LatestItemSignals.STRAIGHT,
                LatestItemSignals.HELD,
                LatestItemSignals.FOLLOWING,
                OrderSignals.AFTER,
                OrderSignals.BEFORE);
    }

    @Override
    public Lead lead() {
        return Lead.ACTION;
    }

    @Override
    public ReasonMessage reason(ReasonFacts facts) {
        return facts.choose("next-item");
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest implements Prepared {
        private final ModelView model;
        private final NextItems next;
        private final Preferences preferences;
        private final IntFloats after;
        private final IntFloats before;
        private final float bestAfter;
        private final float bestBefore;
        private final LatestItemSignals latest;
        private final OrderSignals order;

        OfRequest(SignalContext context) {
            model = context.model();
            next = model.nextItems();
            preferences = context.preferences();
            NextItems.AdjacentScores both = next.adjacentScores(preferences);
            after = both.after();
            before = both.before();
            bestAfter = RelativeScores.best(after, preferences);
            bestBefore = RelativeScores.best(before, preferences);
            latest = new LatestItemSignals(model, preferences);
            order = new OrderSignals(model, preferences);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            float follows = after.get(item.item());
            float precedes = before.get(item.item());
            vector[NEXT.at()] = (float) NaturalLog.of(1 + follows);
            vector[LOG_NEXT.at()] = RelativeScores.relative(follows, bestAfter);
            vector[PRECEDING.at()] = (float) NaturalLog.of(1 + precedes);
            vector[LOG_PRECEDING.at()] = RelativeScores.relative(precedes, bestBefore);
            latest.fill(item.item(), vector);
            order.fill(item.item(), vector);
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            List<ItemScores> lists = new ArrayList<>();
            lists.add(next.top(after, preferences, limit));
            lists.add(next.top(before, preferences, limit));
            lists.addAll(order.candidates(limit));
            return lists;
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            List<HardNegatives> lists = new ArrayList<>();
            lists.add(new HardNegatives(next.top(after, preferences, limit), FIRST_NEGATIVES));
            lists.add(new HardNegatives(next.top(before, preferences, limit), 0));
            lists.addAll(order.negatives(limit));
            return lists;
        }

        @Override
        public List<Attributor> attributors(List<Ablation> ablations, int[] candidates) {
            RelativeScores.Asked asked =
                    RelativeScores.asked(
                            model,
                            preferences,
                            candidates,
                            next.top(after, preferences, RelativeScores.CONTENDERS),
                            next.top(before, preferences, RelativeScores.CONTENDERS));
            return List.of(
                    new NextItemAttributor(ablations, asked),
                    latest.attributor(ablations, candidates),
                    order.attributor(ablations, candidates));
        }

        @Override
        public long work() {
            long postings = CoOccurrenceSignals.postings(model, preferences);
            return Math.min(NextItems.MAX_OPENED, postings)
                            * (CoOccurrenceSignals.entriesPerBasket(model) + 2 * NextItems.WIDTH)
                    + order.work();
        }

        /**
         * Attributes what follows and what precedes to actions: without an action that makes its
         * item one of the latest, the items before it move up, and one more is among the latest.
         */
        private final class NextItemAttributor implements Attributor {
            private final List<Ablation> ablations;
            private final Side following;
            private final Side preceding;

            /**
             * One direction: its signals, what each of the latest items contributes, and the scores
             * without each action.
             */
            private record Side(
                    Signal log, Signal relative, float[][] gives, RelativeScores scores) {}

            NextItemAttributor(List<Ablation> ablations, RelativeScores.Asked asked) {
                this.ablations = ablations;
                float[] usual = next.weights(preferences);
                float[][] weights = new float[ablations.size()][];
                for (int action = 0; action < weights.length; action++) {
                    weights[action] = next.weightsWithout(preferences, ablations.get(action));
                }
                NextItems.Contributions given = next.contributions(preferences, asked.baskets());
                following =
                        new Side(
                                NEXT,
                                LOG_NEXT,
                                given.after(),
                                new RelativeScores(
                                        new RelativeScores.Scored(after, bestAfter, asked),
                                        ablations.size(),
                                        (at, action) ->
                                                part(given.after()[at], weights[action], usual)));
                preceding =
                        new Side(
                                PRECEDING,
                                LOG_PRECEDING,
                                given.before(),
                                new RelativeScores(
                                        new RelativeScores.Scored(before, bestBefore, asked),
                                        ablations.size(),
                                        (at, action) ->
                                                part(given.before()[at], weights[action], usual)));
            }

            @Override
            public void attribute(int at, ScoreLoss losses) {
                for (int action = 0; action < ablations.size(); action++) {
                    attribute(following, at, action, losses);
                    attribute(preceding, at, action, losses);
                }
            }

            private void attribute(Side side, int at, int action, ScoreLoss losses) {
                RelativeScores scores = side.scores;
                Ablation ablation = ablations.get(action);
                float score = scores.score(at);
                float left = scores.left(at, action);
                if (score > 0 && !ablation.isFollow()) {
                    if (left != score) {
                        losses.add(
                                side.log,
                                action,
                                NaturalLog.of(1 + score) - NaturalLog.of(1 + left));
                    }
                    losses.add(side.relative, action, scores.loss(at, action));
                    if (ablation.rank() < side.gives[at].length
                            && ablation.newRank() != ablation.rank()) {
                        losses.support(side.log, action, side.gives[at][ablation.rank()]);
                    }
                }
            }

            /**
             * Returns the weighted sum under other weights, as a part of the usual one.
             *
             * @param weights empty for the usual ones
             */
            private static float part(float[] gives, float[] weights, float[] usual) {
                if (weights.length == 0) {
                    return 1;
                }
                float with = 0;
                float without = 0;
                for (int rank = 0; rank < gives.length; rank++) {
                    with += gives[rank] * usual[rank];
                    without += gives[rank] * weights[rank];
                }
                return with <= 0 ? 1 : without / with;
            }
        }
    }
}
