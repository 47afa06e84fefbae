package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import java.util.List;

/**
 * What kind of items the reader takes: without an act, its item falls back among the latest ones,
 * or another takes its place there.
 */
final class TypicalItemAttributor implements Attributor {
    private final ModelView model;
    private final TypicalItem typical;
    private final List<Ablation> ablations;
    private final TypicalItem[] without;
    private final float[] ages;
    private final int[] candidates;

    /**
     * Prepares for the candidates.
     *
     * @param ages of the candidates, ln(1 + hours)
     */
    TypicalItemAttributor(
            ModelView model,
            Preferences preferences,
            TypicalItem typical,
            List<Ablation> ablations,
            float[] ages,
            int[] candidates) {
        this.model = model;
        this.typical = typical;
        this.ablations = ablations;
        this.ages = ages;
        this.candidates = candidates;
        without = new TypicalItem[ablations.size()];
        for (int act = 0; act < without.length; act++) {
            Ablation ablation = ablations.get(act);
            boolean matters = !ablation.isFollow() && ablation.rank() < TypicalItem.LATEST;
            without[act] = matters ? TypicalItem.without(model, preferences, ablation) : typical;
        }
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        int count = model.counts().totals().get(candidates[at]);
        for (int act = 0; act < ablations.size(); act++) {
            losses.add(Signal.USUAL_AGE, act, typical.age(ages[at]) - without[act].age(ages[at]));
            losses.add(Signal.USUAL_COUNT, act, typical.count(count) - without[act].count(count));
        }
    }
}
