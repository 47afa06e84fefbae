package dev.freshet.model.signal;

import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.SessionNeighbours;
import dev.freshet.model.basket.SessionWalk;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.NaturalLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items that other users took up near the items of the current session, and items beside those.
 * Without a session that goes on all signals are 0. Costs what {@link SessionNeighbours} and {@link
 * SessionWalk} read.
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

    /** ln of the score beside the session's best items relative to the best item, 0 to 4.6. */
    public static final Signal LOG_WALK =
            Signal.of(54, "log-session-walk", SOURCE, 0.1f, 0.1f, 0.1f);

    /** Items that are taken as hard negatives as they are. */
    static final int FIRST_NEGATIVES = 10;

    /** Entries of a basket that are read about an item of the session or of the walk. */
    private static final int READ = 10;

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
        private final ItemScores hubs;
        private final IntFloats walked;
        private final float best;
        private final float bestWalked;

        /** Steps of the walk, by item. */
        private final Map<Integer, IntFloats> steps = new HashMap<>();

        OfRequest(SignalContext context) {
            super(context);
            session = context.session();
            sessions = model.sessionNeighbours();
            near = sessions.of(preferences, session, ModelTime.of(context.now()));
            best = RelativeScores.best(near.scores(), preferences);
            hubs = top(near.scores(), SessionWalk.HUBS);
            walked = model.sessionWalk().scores(hubs, steps);
            bestWalked = RelativeScores.best(walked, preferences);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            float score = near.scores().get(item.item());
            vector[LOG_SESSION.at()] = RelativeScores.relative(score, best);
            vector[SESSION.at()] = (float) NaturalLog.of(1 + score);
            vector[LOG_WALK.at()] = RelativeScores.relative(walked.get(item.item()), bestWalked);
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            return List.of(top(near.scores(), limit), top(walked, limit));
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            return List.of(new HardNegatives(top(near.scores(), limit), FIRST_NEGATIVES));
        }

        @Override
        public long work() {
            long postings = CoOccurrenceSignals.postings(model, preferences);
            long neighbours = Math.min(SessionNeighbours.NEAREST, postings);
            return postings
                    + neighbours * CoOccurrenceSignals.entriesPerBasket(model)
                    + (long) hubs.size() * SessionWalk.OPENED * READ;
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            List<float[]> weights = new ArrayList<>();
            for (Ablation ablation : ablations) {
                weights.add(sessions.weightsWithout(preferences, session, ablation));
            }
            IntIndex asked = new IntIndex(candidates.length);
            int[] nearest = top(near.scores(), 2 * SessionWalk.HUBS).items();
            int[] beside = top(walked, RelativeScores.CONTENDERS).items();
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
                    actions[action] = new Without(items, left[action], removed);
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
         * The scores without one action, among the same neighbours: the items before its item move
         * up, and the walk goes through the items that are best then.
         */
        private final class Without {
            private final IntFloats scores;
            private final float best;
            private final IntFloats walked;
            private final float bestWalked;

            /**
             * Creates the scores.
             *
             * @param removed the item that is no longer the user's, or −1
             */
            Without(int[] items, float[] left, int removed) {
                scores = IntFloats.ofDistinct(items, left);
                IntFloats own = new IntFloats(preferences.size());
                for (int item : preferences.items()) {
                    if (item != removed) {
                        own.put(item, 1);
                    }
                }
                best = RelativeScores.best(scores, own);
                ItemScores through = ItemScores.top(scores, own, model.items(), SessionWalk.HUBS);
                walked = model.sessionWalk().scores(through, steps);
                bestWalked = RelativeScores.best(walked, own);
            }

            private void attribute(int item, int action, Attributors.ScoreLoss losses) {
                float score = near.scores().get(item);
                float left = scores.get(item);
                losses.add(
                        LOG_SESSION,
                        action,
                        RelativeScores.relative(score, OfRequest.this.best)
                                - RelativeScores.relative(left, best));
                losses.add(SESSION, action, NaturalLog.of(1 + score) - NaturalLog.of(1 + left));
                losses.add(
                        LOG_WALK,
                        action,
                        RelativeScores.relative(
                                        OfRequest.this.walked.get(item), OfRequest.this.bestWalked)
                                - RelativeScores.relative(walked.get(item), bestWalked));
                losses.support(LOG_SESSION, action, Math.max(0, score - left));
            }
        }
    }
}
