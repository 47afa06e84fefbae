package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.query.ListRules;
import dev.freshet.ranking.PlaceRules;
import dev.freshet.ranking.PlaceRules.PinnedItem;
import dev.freshet.ranking.PlaceRules.Promoted;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a list, as they were asked for and as its candidates let them be applied.
 *
 * @param places length of the list
 */
record AppliedRules(ListRules asked, PlaceRules applied, int places) {
    static final AppliedRules NONE = new AppliedRules(ListRules.NONE, PlaceRules.NONE, 0);

    /** Promoted items that are looked for, per place that they are due. */
    private static final int PER_PLACE = 3;

    /**
     * Prepares rules for given items: pins of other items have no effect, and no promoted items are
     * looked for.
     */
    static PlaceRules given(ListRules rules, RequestContext request) {
        if (rules.isEmpty()) {
            return PlaceRules.NONE;
        }
        List<PinnedItem> pins = new ArrayList<>();
        for (ListRules.Pin pin : rules.pins()) {
            int item = request.model().items().index(pin.itemId());
            if (item >= 0) {
                pins.add(new PinnedItem(item, pin.position()));
            }
        }
        return new PlaceRules(
                rules.limits(),
                pins,
                rules.promotions().stream()
                        .map(one -> new Promoted(request.compiled(one.filter()), one.share()))
                        .toList(),
                rules.minScore());
    }

    /**
     * Prepares rules: adds pinned items to the candidates, and promoted ones where there are too
     * few.
     */
    static AppliedRules of(
            ListRules rules, RequestContext request, Candidates candidates, int places) {
        if (rules.isEmpty()) {
            return NONE;
        }
        List<PinnedItem> pins = new ArrayList<>();
        for (ListRules.Pin pin : rules.pins()) {
            int item = request.model().items().index(pin.itemId());
            if (item >= 0 && pin.position() <= places && candidates.admit(request, item) == null) {
                pins.add(new PinnedItem(item, pin.position()));
            }
        }
        List<Promoted> promotions = new ArrayList<>();
        for (ListRules.Promotion promotion : rules.promotions()) {
            Promoted promoted =
                    new Promoted(request.compiled(promotion.filter()), promotion.share());
            candidates.seek(request, promoted.filter(), PER_PLACE * promoted.due(places));
            promotions.add(promoted);
        }
        return new AppliedRules(
                rules, new PlaceRules(rules.limits(), pins, promotions, rules.minScore()), places);
    }
}
