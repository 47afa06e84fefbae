package dev.freshet.model.signal;

import static dev.freshet.model.signal.RelativeScores.relative;

import dev.freshet.model.basket.SessionWalk;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.signal.RelativeScores.Scored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that a walk from the current session leads to, by pairs of items that other users took up
 * near each other. Without a session that goes on all signals are 0. Costs what {@link SessionWalk}
 * reads.
 */
public final class SessionSignals extends SignalFamily {
    public static final Source SOURCE = new Source(14, "session");

    /** ln of the likelihood after one step relative to the best item, from 0 to 4.6. */
    public static final Signal LOG_SESSION = Signal.of(49, "log-session", SOURCE, 0.2f, 0.2f, 0.2f);

    /** √ of the likelihood after one step. */
    public static final Signal SESSION =
            Signal.of(50, "session", SOURCE, 0.2f, 0.2f, 0.2f).leastUnit(0.1f);

    /** ln of the likelihood after two steps relative to the best item, from 0 to 4.6. */
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
        private final SessionWalk walk;
        private final ItemScores starts;
        private final Scored first;
        private final ItemScores hubs;
        private final Scored second;

        OfRequest(SignalContext context) {
            super(context);
            session = context.session();
            walk = model.sessionWalk();
            starts = walk.starts(preferences, session);
            first = Scored.of(walk.step(starts), preferences.own());
            hubs =
                    context.usesAnyOf(LOG_WALK)
                            ? top(first.scores(), SessionWalk.HUBS)
                            : ItemScores.NONE;
            second = Scored.of(walk.step(hubs), preferences.own());
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            float score = first.get(item.item());
            vector[LOG_SESSION.at()] = relative(score, first.best());
            vector[SESSION.at()] = (float) Math.sqrt(score);
            vector[LOG_WALK.at()] = second.relative(item.item());
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            return List.of(top(first.scores(), limit), top(second.scores(), limit));
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            return List.of(
                    new HardNegatives(top(first.scores(), limit), FIRST_NEGATIVES),
                    new HardNegatives(top(second.scores(), limit), FIRST_NEGATIVES));
        }

        @Override
        public long work() {
            return CoOccurrenceSignals.postings(model, starts.items())
                    + CoOccurrenceSignals.postings(model, hubs.items());
        }

        /** Attributes the signals to actions: without one, the walk is made anew. */
        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            @Nullable Without[] actions = new Without[ablations.size()];
            for (int action = 0; action < actions.length; action++) {
                Ablation ablation = ablations.get(action);
                float[] likelihoods = walk.startsWithout(preferences, session, ablation);
                if (likelihoods.length > 0) {
                    int removed = ablation.isRemoval() ? preferences.items()[ablation.rank()] : -1;
                    actions[action] = new Without(likelihoods, removed);
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

        /** The walk without one action. */
        private final class Without {
            private final Scored firstLeft;
            private final Scored secondLeft;

            /**
             * @param likelihoods of the starts
             * @param removed the item that is no longer the user's, or −1
             */
            Without(float[] likelihoods, int removed) {
                IntFloats own = new IntFloats(preferences.size());
                for (int item : preferences.items()) {
                    if (item != removed) {
                        own.put(item, 1);
                    }
                }
                IntFloats step = walk.step(new ItemScores(starts.items(), likelihoods));
                firstLeft = Scored.of(step, own);
                ItemScores from = ItemScores.top(step, own, model.items(), SessionWalk.HUBS);
                secondLeft = Scored.of(walk.step(from), own);
            }

            private void attribute(int item, int action, Attributors.ScoreLoss losses) {
                float score = first.get(item);
                float left = firstLeft.get(item);
                losses.add(LOG_SESSION, action, first.relative(item) - firstLeft.relative(item));
                losses.add(SESSION, action, Math.sqrt(score) - Math.sqrt(left));
                losses.add(LOG_WALK, action, second.relative(item) - secondLeft.relative(item));
                losses.support(LOG_SESSION, action, Math.max(0, score - left));
            }
        }
    }
}
