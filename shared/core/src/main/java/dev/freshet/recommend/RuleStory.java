package dev.freshet.recommend;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Findings;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.ListRules;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.recommend.RequestExplanation.RuleEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what each rule did to a list. */
final class RuleStory {
    private final MadeList made;
    private final Findings findings;
    private final ListRules asked;
    private final ItemTable items;
    private final ItemScores ranked;
    private final Map<Integer, Integer> positions = new HashMap<>();

    private RuleStory(MadeList made, Findings findings) {
        this.made = made;
        this.findings = findings;
        asked = ((ListPlan.ForYou) made.plan()).rules().places();
        items = made.request().model().items();
        ranked = made.list().blended().ranked();
        for (Ranked item : made.list().items()) {
            positions.put(item.item(), positions.size() + 1);
        }
    }

    /** Returns the effects in the order of the members of a rule. */
    static List<RuleEffect> of(MadeList made, Findings findings) {
        RuleStory story = new RuleStory(made, findings);
        List<RuleEffect> effects = new ArrayList<>();
        story.asked.limits().forEach(limit -> effects.add(story.limit(limit)));
        story.asked.pins().forEach(pin -> effects.add(story.pin(pin)));
        for (int at = 0; at < story.asked.promotions().size(); at++) {
            effects.add(story.promotion(at));
        }
        if (story.asked.minScore() > 0) {
            effects.add(story.minScore());
        }
        return effects;
    }

    private RuleEffect limit(ListRules.Limit limit) {
        return new RuleEffect(
                "limit",
                "At most %d items of the list have the same %s."
                        .formatted(limit.max(), limit.field().name()));
    }

    private RuleEffect pin(ListRules.Pin pin) {
        return new RuleEffect(
                "pin",
                "The item %s is pinned to position %d%s."
                        .formatted(pin.itemId(), pin.position(), whatBecameOf(pin)));
    }

    private String whatBecameOf(ListRules.Pin pin) {
        int item = items.index(pin.itemId());
        Integer position = positions.get(item);
        if (position != null) {
            return position == pin.position() ? " and has it" : "; it has position " + position;
        }
        CandidateFilter filter = item < 0 ? null : findings.refusing(item);
        return "; it is not shown, because "
                + (item < 0
                        ? "it is unknown"
                        : filter != null
                                ? filter.refusal()
                                : "the list has " + made.plan().query().places() + " positions");
    }

    private RuleEffect promotion(int at) {
        ResolvedRules.Promoted promotion = made.list().rules().promotions().get(at);
        int due = promotion.due(made.list().items().size());
        long have =
                made.list().items().stream()
                        .filter(item -> promotion.filter().test(item.item()))
                        .count();
        return new RuleEffect(
                "promotion",
                String.format(
                        Locale.ROOT,
                        "A share of %s of the positions goes to promoted items, so %d of %d: %d"
                                + " have one.",
                        Double.toString(promotion.share()),
                        due,
                        made.list().items().size(),
                        have));
    }

    private RuleEffect minScore() {
        int below = ranked.size() - made.list().rules().eligible(ranked);
        return new RuleEffect(
                "min-score",
                "%d of %d candidates have a chance below %s, and only a pin gives them a position."
                        .formatted(below, ranked.size(), Double.toString(asked.minScore())));
    }
}
