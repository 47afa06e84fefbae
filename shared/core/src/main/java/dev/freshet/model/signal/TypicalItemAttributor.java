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
    private final TypicalItem habits;
    private final List<Ablation> acts;
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
            Preferences taste,
            TypicalItem habits,
            List<Ablation> acts,
            float[] ages,
            int[] candidates) {
        this.model = model;
        this.habits = habits;
        this.acts = acts;
        this.ages = ages;
        this.candidates = candidates;
        without = new TypicalItem[acts.size()];
        for (int act = 0; act < without.length; act++) {
            Ablation left = acts.get(act);
            boolean matters = !left.isFollow() && left.rank() < TypicalItem.LATEST;
            without[act] = matters ? TypicalItem.without(model, taste, left) : habits;
        }
    }

    @Override
    public void leave(int at, ScoreLoss losses) {
        int count = model.counts().totals().get(candidates[at]);
        for (int act = 0; act < acts.size(); act++) {
            losses.add(Signal.USUAL_AGE, act, habits.age(ages[at]) - without[act].age(ages[at]));
            losses.add(Signal.USUAL_COUNT, act, habits.count(count) - without[act].count(count));
        }
    }
}
