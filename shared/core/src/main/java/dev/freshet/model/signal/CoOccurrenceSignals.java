package dev.freshet.model.signal;

import static dev.freshet.model.signal.RelativeScores.relative;

import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.CoOccurrence;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.signal.RelativeScores.Scored;
import java.util.ArrayList;
import java.util.List;

/**
 * Co-occurrence of items in the baskets of users, over all time and over the last days, and in the
 * whole history that a batch job read. Costs what {@link CoOccurrence} and {@link
 * LongMemorySignals} read.
 */
public final class CoOccurrenceSignals extends SignalFamily {
    public static final Source SOURCE = new Source(0, "co-occurrence");

    /**
     * ln of co-occurrence relative to the user's best item: ln(0.01 + s/best) − ln 0.01, from 0 to
     * 4.6.
     */
    public static final Signal LOG_CO_OCCURRENCE =
            Signal.of(15, "log-co-occurrence", SOURCE, 0.3f, 0.3f, 0.35f);

    /**
     * √ of co-occurrence over the total weight of the user's items, so that it grows with the
     * number of those items that are known.
     */
    public static final Signal ROOT_CO_OCCURRENCE =
            Signal.of(16, "root-co-occurrence", SOURCE, 0.3f, 0.3f, 0.4f).leastUnit(0.05f);

    /** ln of co-occurrence within the last days, relative to the user's best item. */
    public static final Signal LOG_RECENT = Signal.of(30, "log-recent-co-occurrence", SOURCE);

    /** √ of co-occurrence within the last days over the total weight of the user's items. */
    public static final Signal ROOT_RECENT =
            Signal.of(31, "root-recent-co-occurrence", SOURCE).leastUnit(0.03f);

    /** Co-occurring items that are taken as hard negatives as they are. */
    static final int FIRST_NEGATIVES = 20;

    CoOccurrenceSignals() {
        super(
                SOURCE,
                Lead.ACTION,
                LOG_CO_OCCURRENCE,
                ROOT_CO_OCCURRENCE,
                LOG_RECENT,
                ROOT_RECENT,
                LongMemorySignals.LOG,
                LongMemorySignals.ROOT);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static float root(float score, float most) {
        return score <= 0 ? 0 : (float) Math.sqrt(score / most);
    }

    private static final class OfRequest extends Prepared {
        private final CoOccurrence coOccurrence;
        private final int now;
        private final Scored scores;
        private final Scored recent;
        private final float most;
        private final LongMemorySignals longMemory;

        OfRequest(SignalContext context) {
            super(context);
            coOccurrence = model.coOccurrence();
            now = ModelTime.of(context.now());
            CoOccurrence.CoOccurrenceScores read = coOccurrence.scores(preferences, now);
            scores = Scored.of(read.scores(), preferences.own());
            recent = Scored.of(read.recent(), preferences.own());
            most = coOccurrence.most(preferences);
            longMemory = new LongMemorySignals(context);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            float score = scores.get(item.item());
            float recently = recent.get(item.item());
            vector[LOG_CO_OCCURRENCE.at()] = relative(score, scores.best());
            vector[ROOT_CO_OCCURRENCE.at()] = root(score, most);
            vector[LOG_RECENT.at()] = relative(recently, recent.best());
            vector[ROOT_RECENT.at()] = root(recently, most);
            longMemory.fill(item, vector);
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            List<ItemScores> lists = new ArrayList<>(List.of(top(scores.scores(), limit)));
            lists.addAll(longMemory.candidates(limit));
            return lists;
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            return List.of(new HardNegatives(top(scores.scores(), limit), FIRST_NEGATIVES));
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            RelativeScores.Asked asked =
                    RelativeScores.asked(
                            candidates,
                            top(scores.scores(), RelativeScores.CONTENDERS),
                            top(recent.scores(), RelativeScores.CONTENDERS));
            CoOccurrence.Parts parts = coOccurrence.parts(preferences, asked.items(), now);
            List<Attributors.Attributor> attributors = new ArrayList<>();
            attributors.add(
                    attributor(
                            LOG_CO_OCCURRENCE,
                            ROOT_CO_OCCURRENCE,
                            scores,
                            asked,
                            parts.scores(),
                            ablations));
            attributors.add(
                    attributor(LOG_RECENT, ROOT_RECENT, recent, asked, parts.recent(), ablations));
            attributors.addAll(longMemory.attributors(ablations, candidates));
            return attributors;
        }

        @Override
        public long work() {
            return postings(model, preferences.items()) + longMemory.work();
        }

        /**
         * Attributes co-occurrence to actions: without an action, a candidate loses what the
         * action's item gives. Leaves out what stays about the same: the damping by time, and what
         * dislikes subtract.
         *
         * @param log the signal relative to the best item
         * @param root the signal relative to the weight of the preferences
         * @param parts by candidate, the part of its score that each of the user's items makes
         */
        private Attributors.Attributor attributor(
                Signal log,
                Signal root,
                Scored scored,
                RelativeScores.Asked asked,
                float[][] parts,
                List<Ablation> ablations) {
            RelativeScores relative =
                    new RelativeScores(
                            scored,
                            asked,
                            ablations.size(),
                            (at, score, action) ->
                                    score * (1 - gone(ablations.get(action), parts[at])));
            return (at, losses) -> {
                float score = relative.score(at);
                float whole = root(score, most);
                for (int action = 0; action < ablations.size() && score > 0; action++) {
                    Ablation ablation = ablations.get(action);
                    if (!ablation.isFollow()) {
                        float mostLeft =
                                most - ablation.lostShare() * preferences.weight(ablation.rank());
                        losses.add(log, action, relative.loss(at, action));
                        losses.add(root, action, whole - root(relative.left(at, action), mostLeft));
                        losses.support(log, action, gone(ablation, parts[at]));
                    }
                }
            };
        }

        private static float gone(Ablation ablation, float[] parts) {
            return ablation.isFollow()
                    ? 0
                    : Math.min(1, ablation.lostShare() * parts[ablation.rank()]);
        }
    }

    /** Returns the number of baskets that items are in, each counted for every item. */
    static long postings(ModelView model, int[] items) {
        long postings = 0;
        for (int item : items) {
            postings += model.baskets().postings(item).length;
        }
        return postings;
    }

    /**
     * The signals of {@link CoOccurrenceSignals} that come from the neighbours of items over the
     * whole history, which a batch job counted. Both have a weight from the start, so that
     * neighbours help as soon as they are announced; it was chosen on held-out items of a sixth of
     * Gowalla's people, of whose baskets the model had an eighth. While the blend has learned that
     * neither helps, they find no candidates.
     *
     * <p>Costs K additions for each of the user's {@value #LATEST} latest items. For one request;
     * used by one thread.
     */
    static final class LongMemorySignals extends SignalFamily.Prepared {
        /** ln of the summed weight relative to the user's best item, from 0 to 4.6. */
        static final Signal LOG =
                Signal.of(59, "log-long-memory", CoOccurrenceSignals.SOURCE, 0.6f, 0.6f, 0.6f);

        /** √ of the summed weight over the most that the user's items could give. */
        static final Signal ROOT =
                Signal.of(60, "root-long-memory", CoOccurrenceSignals.SOURCE, 0.6f, 0.6f, 0.6f)
                        .leastUnit(0.05f);

        /** The number of latest items that are used. */
        static final int LATEST = 20;

        /** The most candidates. */
        static final int CANDIDATES = 200;

        private final LongMemory memory;
        private final int latest;
        private final Scored scores;
        private final float most;

        LongMemorySignals(SignalContext context) {
            super(context);
            memory = model.longMemory();
            latest = memory.isEmpty() ? 0 : Math.min(LATEST, preferences.size());
            IntFloats neighbours = new IntFloats(latest * memory.width());
            float sum = 0;
            for (int rank = 0; rank < latest; rank++) {
                memory.add(preferences.items()[rank], preferences.weight(rank), neighbours);
                sum += preferences.weight(rank);
            }
            scores = Scored.of(neighbours, preferences.own());
            most = sum * memory.greatest();
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            float score = scores.get(item.item());
            vector[LOG.at()] = relative(score, scores.best());
            vector[ROOT.at()] = root(score, most);
        }

        /**
         * Returns the neighbours of the user's items; none while no signal has a positive weight.
         */
        @Override
        public List<ItemScores> candidates(int limit) {
            int history = preferences.historyLength().at();
            boolean counts =
                    model.blend().weight(history, LOG.at()) > 0
                            || model.blend().weight(history, ROOT.at()) > 0;
            return counts && latest > 0
                    ? List.of(top(scores.scores(), Math.min(limit, CANDIDATES)))
                    : List.of();
        }

        @Override
        public long work() {
            return (long) latest * memory.width();
        }

        /**
         * Attributes the signals to actions: without one, the neighbours of its item lose its
         * weight. The best item without it is looked for among those that are best now.
         */
        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            RelativeScores.Asked asked =
                    RelativeScores.asked(
                            candidates,
                            latest == 0
                                    ? ItemScores.NONE
                                    : top(scores.scores(), RelativeScores.CONTENDERS));
            RelativeScores relative =
                    new RelativeScores(
                            scores,
                            asked,
                            ablations.size(),
                            (at, score, action) ->
                                    left(asked.items()[at], score, ablations.get(action)));
            return List.of(
                    (at, losses) -> {
                        float score = relative.score(at);
                        for (int action = 0; action < ablations.size() && score > 0; action++) {
                            float lost = lost(ablations.get(action));
                            if (lost > 0) {
                                float left = relative.left(at, action);
                                losses.add(LOG, action, relative.loss(at, action));
                                losses.add(
                                        ROOT,
                                        action,
                                        root(score, most)
                                                - root(left, most - lost * memory.greatest()));
                                losses.support(LOG, action, (score - left) / score);
                            }
                        }
                    });
        }

        /** Returns the weight that the user's item loses without an action. */
        private float lost(Ablation ablation) {
            return ablation.isFollow() || ablation.rank() >= latest
                    ? 0
                    : ablation.lostShare() * preferences.weight(ablation.rank());
        }

        private float left(int item, float score, Ablation ablation) {
            float lost = lost(ablation);
            return lost == 0
                    ? score
                    : Math.max(
                            0,
                            score
                                    - lost
                                            * memory.weight(
                                                    preferences.items()[ablation.rank()], item));
        }
    }
}
