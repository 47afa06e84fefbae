package dev.freshet.model.signal;

import static dev.freshet.model.signal.RelativeScores.relative;

import dev.freshet.model.basket.NextItems;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.RelativeScores.Scored;
import java.util.ArrayList;
import java.util.List;

/**
 * Items that other users interacted with right after, and right before, the user's latest items.
 * Costs at most {@link NextItems#MAX_OPENED} baskets, {@link NextItems#WIDTH} entries to each side,
 * and what {@link dev.freshet.model.basket.Transitions} reads of the latest items.
 */
public final class NextItemSignals extends SignalFamily {
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

    NextItemSignals() {
        super(
                SOURCE,
                Lead.ACTION,
                NEXT,
                LOG_NEXT,
                PRECEDING,
                LOG_PRECEDING,
                LatestItemSignals.STRAIGHT,
                LatestItemSignals.HELD,
                LatestItemSignals.FOLLOWING,
                LatestItemSignals.AFTER,
                LatestItemSignals.BEFORE);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest extends Prepared {
        private final NextItems next;
        private final Scored after;
        private final Scored before;
        private final Prepared latest;

        OfRequest(SignalContext context) {
            super(context);
            next = model.nextItems();
            NextItems.AdjacentScores both = next.adjacentScores(preferences);
            after = Scored.of(both.after(), preferences.own());
            before = Scored.of(both.before(), preferences.own());
            latest =
                    context.usesAnyOf(
                                    LatestItemSignals.STRAIGHT,
                                    LatestItemSignals.HELD,
                                    LatestItemSignals.FOLLOWING,
                                    LatestItemSignals.AFTER,
                                    LatestItemSignals.BEFORE)
                            ? new LatestItemSignals(context)
                            : new Prepared(context) {};
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            float following = after.get(item.item());
            float preceding = before.get(item.item());
            vector[NEXT.at()] = (float) NaturalLog.of(1 + following);
            vector[LOG_NEXT.at()] = relative(following, after.best());
            vector[PRECEDING.at()] = (float) NaturalLog.of(1 + preceding);
            vector[LOG_PRECEDING.at()] = relative(preceding, before.best());
            latest.fill(item, vector);
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            List<ItemScores> lists = new ArrayList<>();
            lists.add(top(after.scores(), limit));
            lists.add(top(before.scores(), limit));
            lists.addAll(latest.candidates(limit));
            return lists;
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            List<HardNegatives> lists = new ArrayList<>();
            lists.add(new HardNegatives(top(after.scores(), limit), FIRST_NEGATIVES));
            lists.add(new HardNegatives(top(before.scores(), limit), 0));
            lists.addAll(latest.negatives(limit));
            return lists;
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            RelativeScores.Asked asked =
                    RelativeScores.asked(
                            candidates,
                            top(after.scores(), RelativeScores.CONTENDERS),
                            top(before.scores(), RelativeScores.CONTENDERS));
            NextItems.Contributions given = next.contributions(preferences, asked.items());
            List<Attributors.Attributor> attributors = new ArrayList<>();
            attributors.add(attributor(NEXT, LOG_NEXT, after, asked, given.after(), ablations));
            attributors.add(
                    attributor(PRECEDING, LOG_PRECEDING, before, asked, given.before(), ablations));
            attributors.addAll(latest.attributors(ablations, candidates));
            return attributors;
        }

        /**
         * Attributes what follows, or what precedes, to actions: without an action that makes its
         * item one of the latest, the items before it move up, and one more is among the latest.
         *
         * @param log the signal of the score
         * @param relative the signal relative to the best item
         * @param gives by candidate, what each of the latest items contributes
         */
        private Attributors.Attributor attributor(
                Signal log,
                Signal relative,
                Scored scored,
                RelativeScores.Asked asked,
                float[][] gives,
                List<Ablation> ablations) {
            float[] usual = next.weights(preferences);
            float[][] weights =
                    ablations.stream()
                            .map(ablation -> next.weightsWithout(preferences, ablation))
                            .toArray(float[][]::new);
            RelativeScores scores =
                    new RelativeScores(
                            scored,
                            asked,
                            ablations.size(),
                            (at, score, action) -> score * part(gives[at], weights[action], usual));
            return (at, losses) -> {
                float score = scores.score(at);
                for (int action = 0; action < ablations.size() && score > 0; action++) {
                    Ablation ablation = ablations.get(action);
                    float left = scores.left(at, action);
                    if (!ablation.isFollow()) {
                        if (left != score) {
                            losses.add(
                                    log,
                                    action,
                                    NaturalLog.of(1 + score) - NaturalLog.of(1 + left));
                        }
                        losses.add(relative, action, scores.loss(at, action));
                        if (ablation.rank() < gives[at].length
                                && ablation.newRank() != ablation.rank()) {
                            losses.support(log, action, gives[at][ablation.rank()]);
                        }
                    }
                }
            };
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

        @Override
        public long work() {
            long postings = CoOccurrenceSignals.postings(model, preferences.items());
            long entriesPerBasket =
                    Math.min(
                            ModelSettings.BASKET_ENTRIES,
                            2L * model.entries() / Math.max(1, model.users()));
            return Math.min(NextItems.MAX_OPENED, postings)
                            * (entriesPerBasket + 2 * NextItems.WIDTH)
                    + latest.work();
        }
    }
}
