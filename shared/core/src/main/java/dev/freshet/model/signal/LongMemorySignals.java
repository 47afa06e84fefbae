package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.rows.IntFloats;
import java.util.List;

/**
 * The signals of {@link CoOccurrenceSignals} that come from the neighbours of items over the whole
 * history, which a batch job counted. Both start without weight, and while they have none they find
 * no candidates, so that neighbours change no answer before the blend has learned that they should.
 *
 * <p>Costs K additions for each of the user's {@value #LATEST} latest items. For one request; used
 * by one thread.
 */
final class LongMemorySignals extends SignalFamily.Prepared {
    /** ln of the summed weight relative to the user's best item, from 0 to 4.6. */
    static final Signal LOG = Signal.of(59, "log-long-memory", CoOccurrenceSignals.SOURCE);

    /** √ of the summed weight over the most that the user's items could give. */
    static final Signal ROOT =
            Signal.of(60, "root-long-memory", CoOccurrenceSignals.SOURCE).leastUnit(0.05f);

    /** The number of latest items that are used. */
    static final int LATEST = 20;

    /** The most candidates. */
    static final int CANDIDATES = 200;

    private final LongMemory memory;
    private final int latest;
    private final IntFloats scores;
    private final float best;
    private final float most;

    LongMemorySignals(SignalContext context) {
        super(context);
        memory = model.longMemory();
        latest = memory.isEmpty() ? 0 : Math.min(LATEST, preferences.size());
        scores = new IntFloats(latest * memory.width());
        float sum = 0;
        for (int rank = 0; rank < latest; rank++) {
            memory.add(preferences.items()[rank], preferences.weight(rank), scores);
            sum += preferences.weight(rank);
        }
        best = latest == 0 ? 1 : RelativeScores.best(scores, preferences);
        most = sum * memory.greatest();
    }

    @Override
    public void fill(ItemFacts item, float[] vector) {
        float score = scores.get(item.item());
        vector[LOG.at()] = RelativeScores.relative(score, best);
        vector[ROOT.at()] = root(score, most);
    }

    private static float root(float score, float most) {
        return score <= 0 ? 0 : (float) Math.sqrt(score / most);
    }

    /** Returns the neighbours of the user's items; none while no signal has a positive weight. */
    @Override
    public List<ItemScores> candidates(int limit) {
        int history = preferences.historyLength().at();
        boolean counts =
                model.blend().weight(history, LOG.at()) > 0
                        || model.blend().weight(history, ROOT.at()) > 0;
        return counts && latest > 0 ? List.of(top(scores, Math.min(limit, CANDIDATES))) : List.of();
    }

    @Override
    public long work() {
        return (long) latest * memory.width();
    }

    /**
     * Attributes the signals to actions: without one, the neighbours of its item lose its weight.
     * The best item without it is looked for among those that are best now.
     */
    @Override
    public List<Attributors.Attributor> attributors(List<Ablation> ablations, int[] candidates) {
        RelativeScores.Asked asked =
                RelativeScores.asked(
                        candidates,
                        latest == 0 ? ItemScores.NONE : top(scores, RelativeScores.CONTENDERS));
        RelativeScores relative =
                new RelativeScores(
                        new RelativeScores.Scored(scores, best, asked),
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
                        score - lost * memory.weight(preferences.items()[ablation.rank()], item));
    }
}
