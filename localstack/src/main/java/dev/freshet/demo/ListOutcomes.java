package dev.freshet.demo;

import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.outcome.Outcomes;
import java.util.Map;

/**
 * Lists shown and clicked, as the model counted them or as the simulated users did.
 *
 * @param clicked lists with a click
 * @param unseenClicks clicks on lists whose impression did not arrive
 */
public record ListOutcomes(long lists, long clicked, long unseenClicks) {
    /** Returns what a model has counted on its open days. */
    static ListOutcomes of(Outcomes outcomes) {
        OutcomeSums sum =
                outcomes.days().stream()
                        .flatMap(day -> day.pairs().entrySet().stream())
                        .filter(pair -> pair.getKey().isOfPlacement())
                        .map(Map.Entry::getValue)
                        .reduce(OutcomeSums.NONE, OutcomeSums::plus);
        return new ListOutcomes(
                sum.get(OutcomeCount.LISTS),
                sum.get(OutcomeCount.LISTS_CLICKED),
                sum.get(OutcomeCount.UNSEEN_CLICKS));
    }

    /** Returns what was counted since an earlier moment. */
    ListOutcomes since(ListOutcomes before) {
        return new ListOutcomes(
                lists - before.lists, clicked - before.clicked, unseenClicks - before.unseenClicks);
    }

    /** Returns the share of lists with a click; 0 where no list was shown. */
    double listCtr() {
        return lists == 0 ? 0 : (double) clicked / lists;
    }
}
