package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
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
final class LongMemorySignals {
    /** ln of the summed weight relative to the user's best item, from 0 to 4.6. */
    static final Signal LOG = Signal.of(59, "log-long-memory", CoOccurrenceSignals.SOURCE);

    /** √ of the summed weight over the most that the user's items could give. */
    static final Signal ROOT =
            Signal.of(60, "root-long-memory", CoOccurrenceSignals.SOURCE).leastUnit(0.05f);

    /** The number of latest items that are used. */
    static final int LATEST = 20;

    /** The most candidates. */
    static final int CANDIDATES = 200;

    private final ModelView model;
    private final LongMemory memory;
    private final Preferences preferences;
    private final int latest;
    private final IntFloats scores;
    private final float best;
    private final float most;

    LongMemorySignals(ModelView model, Preferences preferences) {
        this.model = model;
        this.preferences = preferences;
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

    void fill(int item, float[] vector) {
        float score = scores.get(item);
        vector[LOG.at()] = RelativeScores.relative(score, best);
        vector[ROOT.at()] = root(score, most);
    }

    private static float root(float score, float most) {
        return score <= 0 ? 0 : (float) Math.sqrt(score / most);
    }

    /** Returns the neighbours of the user's items; none while no signal has a positive weight. */
    ItemScores candidates(int limit) {
        int history = preferences.historyLength().at();
        boolean counts =
                model.blend().weight(history, LOG.at()) > 0
                        || model.blend().weight(history, ROOT.at()) > 0;
        return counts ? top(Math.min(limit, CANDIDATES)) : ItemScores.NONE;
    }

    private ItemScores top(int limit) {
        return latest == 0
                ? ItemScores.NONE
                : ItemScores.top(scores, preferences.own(), model.items(), limit);
    }

    /** Returns about how many numbers were read. */
    long work() {
        return (long) latest * memory.width();
    }

    /**
     * Attributes the signals to actions: without one, the neighbours of its item lose its weight.
     * The best item without it is looked for among those that are best now.
     */
    Attributor attributor(List<Ablation> ablations, int[] candidates) {
        int[] contenders = top(RelativeScores.CONTENDERS).items();
        float[] bestLeft = new float[ablations.size()];
        for (int action = 0; action < bestLeft.length; action++) {
            bestLeft[action] = Float.MIN_NORMAL;
            for (int item : contenders) {
                bestLeft[action] = Math.max(bestLeft[action], left(item, ablations.get(action)));
            }
        }
        return (at, losses) -> {
            int item = candidates[at];
            float score = scores.get(item);
            for (int action = 0; action < bestLeft.length && score > 0; action++) {
                Ablation ablation = ablations.get(action);
                float lost = lost(ablation);
                if (lost > 0) {
                    float left = left(item, ablation);
                    losses.add(
                            LOG,
                            action,
                            RelativeScores.relative(score, best)
                                    - RelativeScores.relative(left, bestLeft[action]));
                    losses.add(
                            ROOT,
                            action,
                            root(score, most) - root(left, most - lost * memory.greatest()));
                    losses.support(LOG, action, (score - left) / score);
                }
            }
        };
    }

    /** Returns the weight that the user's item loses without an action. */
    private float lost(Ablation ablation) {
        return ablation.isFollow() || ablation.rank() >= latest
                ? 0
                : ablation.lostShare() * preferences.weight(ablation.rank());
    }

    private float left(int item, Ablation ablation) {
        float lost = lost(ablation);
        float score = scores.get(item);
        return lost == 0
                ? score
                : Math.max(
                        0,
                        score - lost * memory.weight(preferences.items()[ablation.rank()], item));
    }
}
