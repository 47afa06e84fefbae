package dev.freshet.model.signal;

import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.SessionNeighbours;
import dev.freshet.model.basket.SessionWalk;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.model.signal.RelativeScores.Scored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that other users took up near the items of the current session, and items that a walk of
 * two steps leads to. Without a session that goes on all signals are 0. Costs what {@link
 * SessionNeighbours} and {@link SessionWalk} read.
 */
public final class SessionSignals extends SignalFamily {
    public static final Source SOURCE = new Source(14, "session");

    /** ln of the score among the session's neighbours relative to the best item, from 0 to 4.6. */
    public static final Signal LOG_SESSION = Signal.of(49, "log-session", SOURCE, 0.2f, 0.2f, 0.2f);

    /**
     * ln(1 + s), where s is the score among the session's neighbours: 1 for one of them that holds
     * nothing else.
     */
    public static final Signal SESSION =
            Signal.of(50, "session", SOURCE, 0.2f, 0.2f, 0.2f).leastUnit(0.1f);

    /** ln of the likelihood after two steps of a walk relative to the best item, 0 to 4.6. */
    public static final Signal LOG_WALK =
            Signal.of(54, "log-session-walk", SOURCE, 0.1f, 0.1f, 0.1f);

    /** Items that are taken as hard negatives as they are. */
    static final int FIRST_NEGATIVES = 10;

    SessionSignals() {
        super(SOURCE, Lead.ACTION, LOG_SESSION, SESSION, LOG_WALK);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return context.session().length == 0 ? new Prepared(context) {} : new OfRequest(context);
    }

    private static final class OfRequest extends Prepared {
        private final int[] session;
        private final SessionNeighbours sessions;
        private final SessionNeighbours.Neighbours near;
        private final SessionWalk walk;
        private final ItemScores hubs;
        private final Scored scores;
        private final Scored walked;

        OfRequest(SignalContext context) {
            super(context);
            session = context.session();
            sessions = model.sessionNeighbours();
            near = sessions.of(preferences, session, ModelTime.of(context.now()));
            scores = Scored.of(near.scores(), preferences.own());
            walk = model.sessionWalk();
            hubs =
                    context.usesAnyOf(LOG_WALK)
                            ? top(walk.step(near.session()), SessionWalk.HUBS)
                            : ItemScores.NONE;
            walked = Scored.of(walk.step(hubs), preferences.own());
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            vector[LOG_SESSION.at()] = scores.relative(item.item());
            vector[SESSION.at()] = (float) NaturalLog.of(1 + scores.get(item.item()));
            vector[LOG_WALK.at()] = walked.relative(item.item());
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            return List.of(top(near.scores(), limit), top(walked.scores(), limit));
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            return List.of(
                    new HardNegatives(top(near.scores(), limit), FIRST_NEGATIVES),
                    new HardNegatives(top(walked.scores(), limit), FIRST_NEGATIVES));
        }

        @Override
        public long work() {
            long postings = CoOccurrenceSignals.postings(model, preferences.items());
            long neighbours = Math.min(SessionNeighbours.NEAREST, postings);
            long steps =
                    CoOccurrenceSignals.postings(model, near.session().items())
                            + CoOccurrenceSignals.postings(model, hubs.items());
            return postings + neighbours * CoOccurrenceSignals.entriesPerBasket(model) + 2 * steps;
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            List<float[]> weights = new ArrayList<>();
            for (Ablation ablation : ablations) {
                weights.add(sessions.weightsWithout(preferences, session, ablation));
            }
            IntIndex asked = new IntIndex(candidates.length);
            int[] nearest = top(near.scores(), 2 * RelativeScores.CONTENDERS).items();
            int[] beside = top(walked.scores(), RelativeScores.CONTENDERS).items();
            for (int[] some : List.of(candidates, nearest, beside, preferences.items())) {
                for (int item : some) {
                    asked.orderOrInsert(item);
                }
            }
            int[] items = asked.keys();
            float[][] left = near.scores(items, weights);
            @Nullable Without[] actions = new Without[ablations.size()];
            for (int action = 0; action < actions.length; action++) {
                Ablation ablation = ablations.get(action);
                if (weights.get(action).length > 0) {
                    int removed = ablation.isRemoval() ? preferences.items()[ablation.rank()] : -1;
                    actions[action] =
                            new Without(items, left[action], weights.get(action), removed);
                }
            }
            return List.of(
                    (at, losses) -> {
                        for (int action = 0; action < actions.length; action++) {
                            Without without = actions[action];
                            if (without != null) {
                                without.attribute(candidates[at], action, losses);
                            }
                        }
                    });
        }

        /**
         * The scores without one action: the items before its item move up, among the same
         * neighbours, and the walk is made anew.
         */
        private final class Without {
            private final Scored left;
            private final Scored leftWalked;

            /**
             * Creates the scores.
             *
             * @param weights of the session's items without the action
             * @param removed the item that is no longer the user's, or −1
             */
            Without(int[] items, float[] scoresLeft, float[] weights, int removed) {
                IntFloats own = new IntFloats(preferences.size());
                for (int item : preferences.items()) {
                    if (item != removed) {
                        own.put(item, 1);
                    }
                }
                left = Scored.of(IntFloats.ofDistinct(items, scoresLeft), own);
                IntFloats step = walk.step(new ItemScores(near.session().items(), weights));
                ItemScores from = ItemScores.top(step, own, model.items(), SessionWalk.HUBS);
                leftWalked = Scored.of(walk.step(from), own);
            }

            private void attribute(int item, int action, Attributors.ScoreLoss losses) {
                float score = scores.get(item);
                float rest = left.get(item);
                losses.add(LOG_SESSION, action, scores.relative(item) - left.relative(item));
                losses.add(SESSION, action, NaturalLog.of(1 + score) - NaturalLog.of(1 + rest));
                losses.add(LOG_WALK, action, walked.relative(item) - leftWalked.relative(item));
                losses.support(LOG_SESSION, action, Math.max(0, score - rest));
            }
        }
    }
}
