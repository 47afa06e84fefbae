package dev.freshet.recommend;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Findings;
import dev.freshet.candidate.Findings.Found;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.ListRules;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Diversifier;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.RankedCandidates;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.ScoreParts;
import dev.freshet.recommend.RequestExplanation.Candidate;
import dev.freshet.recommend.RequestExplanation.ItemExplanation;
import dev.freshet.recommend.RequestExplanation.Place;
import dev.freshet.recommend.RequestExplanation.Removed;
import dev.freshet.recommend.RequestExplanation.RuleEffect;
import dev.freshet.recommend.RequestExplanation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains a list that was made. Costs one more search of every source, and the signals of the
 * candidates that are listed.
 */
final class RequestExplainer {
    private final MadeList made;
    private final Model model;
    private final Candidates candidates;
    private final RankedCandidates blended;
    private final Findings findings;

    /** Creates an explainer of one list. */
    RequestExplainer(MadeList made) {
        this.made = made;
        model = made.request().model();
        blended = made.list().blended();
        candidates = blended.candidates();
        findings = candidates.findings(made.request());
    }

    /**
     * Returns the explanation.
     *
     * @param answer the list as it is answered
     * @param itemId the item whose way is explained, or null
     */
    RequestExplanation explain(Recommendations answer, @Nullable String itemId) {
        ItemScores ranked = blended.ranked();
        List<Candidate> best = new ArrayList<>();
        for (int rank = 0; rank < Math.min(ranked.size(), RequestExplanation.MAX_TOLD); rank++) {
            best.add(candidate(rank));
        }
        int[] others = findings.without(candidates);
        List<Removed> removed = new ArrayList<>();
        for (int at = 0; at < Math.min(others.length, RequestExplanation.MAX_TOLD); at++) {
            removed.add(removed(others[at]));
        }
        return new RequestExplanation(
                answer,
                others.length,
                best,
                removed,
                places(),
                rules(),
                made.user().segment(model),
                itemId == null ? null : item(itemId));
    }

    /** Returns what each rule did to the list, in the order of the members of a rule. */
    private List<RuleEffect> rules() {
        ListRules asked = made.plan().rules();
        List<RuleEffect> effects = new ArrayList<>();
        for (Limit limit : asked.limits()) {
            effects.add(
                    new RuleEffect(
                            "limit",
                            "At most %d items of the list have the same %s."
                                    .formatted(limit.max(), limit.field().name())));
        }
        for (ListRules.Pin pin : asked.pins()) {
            effects.add(
                    new RuleEffect(
                            "pin",
                            "The item %s is pinned to position %d%s."
                                    .formatted(pin.itemId(), pin.position(), whatBecameOf(pin))));
        }
        made.list().rules().promotions().forEach(one -> effects.add(promotion(one)));
        if (asked.minScore() > 0) {
            ItemScores ranked = blended.ranked();
            int below = ranked.size() - made.list().rules().eligible(ranked);
            effects.add(
                    new RuleEffect(
                            "min-score",
                            "%d of %d candidates have a chance below %s, and only a pin gives them a position."
                                    .formatted(
                                            below,
                                            ranked.size(),
                                            Double.toString(asked.minScore()))));
        }
        return effects;
    }

    private String whatBecameOf(ListRules.Pin pin) {
        int item = model.items().index(pin.itemId());
        int position = position(item);
        if (position > 0) {
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

    private RuleEffect promotion(ResolvedRules.Promoted promotion) {
        List<Ranked> list = made.list().items();
        return new RuleEffect(
                "promotion",
                String.format(
                        Locale.ROOT,
                        "A share of %s of the positions goes to promoted items, so %d of %d: %d"
                                + " have one.",
                        Double.toString(promotion.share()),
                        promotion.due(list.size()),
                        list.size(),
                        list.stream().filter(one -> promotion.filter().test(one.item())).count()));
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Ranked ranked : made.list().items()) {
            Position position = ranked.position();
            places.add(
                    new Place(
                            places.size() + 1,
                            position.rank() + 1,
                            position.kind(),
                            position.propensity()));
        }
        return places;
    }

    private Candidate candidate(int rank) {
        int item = blended.ranked().item(rank);
        return new Candidate(
                model.items().id(item),
                model.items().item(item).title(),
                rank + 1,
                ResponseAssembler.score(blended.ranked().score(rank)),
                chance(rank),
                position(item),
                findings.of(item),
                rounded(parts(rank)));
    }

    private double chance(int rank) {
        ItemScores ranked = blended.ranked();
        double chance = ResolvedRules.chance(ranked.score(rank), ResolvedRules.mean(ranked));
        return made.plan().ranking() == null ? 0.5 : Math.round(chance * 100) / 100.0;
    }

    private ScoreParts parts(int rank) {
        Ranking ranking = made.plan().ranking();
        return ranking == null
                ? new ScoreParts(List.of(), 0, 0)
                : ranking.parts(made.request(), blended, rank);
    }

    private static ScoreParts rounded(ScoreParts parts) {
        return new ScoreParts(
                parts.signals().stream()
                        .map(
                                part ->
                                        new ScoreParts.SignalPart(
                                                part.signal(),
                                                part.source(),
                                                ResponseAssembler.score(part.value()),
                                                ResponseAssembler.score(part.usual()),
                                                ResponseAssembler.score(part.weight()),
                                                ResponseAssembler.score(part.contribution())))
                        .toList(),
                ResponseAssembler.score(parts.likeness()),
                ResponseAssembler.score(parts.boost()));
    }

    private Removed removed(int item) {
        CandidateFilter filter = findings.refusing(item);
        return new Removed(
                model.items().id(item),
                model.items().item(item).title(),
                filter == null ? null : filter.wireName(),
                findings.of(item));
    }

    /** Returns the position of an item in the list, from 1; 0 where it is not there. */
    private int position(int item) {
        List<Ranked> list = made.list().items();
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at).item() == item) {
                return at + 1;
            }
        }
        return 0;
    }

    private ItemExplanation item(String itemId) {
        int item = model.items().index(itemId);
        if (item < 0) {
            return new ItemExplanation(
                    itemId,
                    Verdict.UNKNOWN,
                    null,
                    List.of(),
                    null,
                    List.of(
                            "The model does not know the item: it was not put into the catalogue,"
                                    + " and no event that was learned names it."));
        }
        List<Found> found = findings.of(item);
        int rank = blended.rank(item);
        if (rank >= 0) {
            return chosenOrNot(itemId, rank, found);
        }
        CandidateFilter filter = findings.refusing(item);
        List<String> sentences = new ArrayList<>();
        sentences.add(ItemStory.found(found));
        if (filter != null) {
            sentences.add(Withheld.sentence(filter));
        } else if (!found.isEmpty()) {
            sentences.add(ItemStory.crowdedOut());
        } else {
            sentences.add(ItemStory.passes());
        }
        return new ItemExplanation(
                itemId,
                filter != null
                        ? Verdict.REMOVED
                        : found.isEmpty() ? Verdict.NOT_FOUND : Verdict.CROWDED_OUT,
                filter == null ? null : filter.wireName(),
                found,
                null,
                sentences);
    }

    private ItemExplanation chosenOrNot(String itemId, int rank, List<Found> found) {
        Candidate candidate = candidate(rank);
        ScoreParts parts = parts(rank);
        List<String> sentences = new ArrayList<>();
        sentences.add(ItemStory.found(found));
        sentences.add(ItemStory.ranked(candidate, blended.ranked().size()));
        ItemStory.parts(parts).ifPresent(sentences::add);
        int at = candidate.position() - 1;
        if (at >= 0) {
            Position position = made.list().items().get(at).position();
            sentences.add(ItemStory.shown(at + 1, made.list().items().size(), position));
        } else {
            sentences.add(whyNot(rank));
        }
        return new ItemExplanation(
                itemId,
                at >= 0 ? Verdict.SHOWN : Verdict.NOT_CHOSEN,
                null,
                found,
                candidate,
                sentences);
    }

    private int[] placed() {
        return made.list().items().stream().mapToInt(Ranked::item).toArray();
    }

    /** Returns why a candidate that may be shown has no place. */
    private String whyNot(int rank) {
        ItemScores ranked = blended.ranked();
        ResolvedRules rules = made.list().rules();
        if (rank >= rules.eligible(ranked)) {
            return ItemStory.belowMinScore(chance(rank), rules.minScore());
        }
        Optional<Limit> limit =
                rules.limits().isEmpty()
                        ? Optional.empty()
                        : ResolvedRules.reached(model, rules.limits(), placed(), ranked.item(rank));
        if (limit.isPresent()) {
            return ItemStory.limited(limit.get());
        }
        String group = model.items().item(ranked.item(rank)).group();
        List<Ranked> list = made.list().items();
        for (int at = 0; at < list.size() && group != null; at++) {
            if (group.equals(model.items().item(list.get(at).item()).group())) {
                return ItemStory.variant(model.items().id(list.get(at).item()), at + 1, group);
            }
        }
        int pool =
                Diversifier.poolSize(
                        model, ranked, made.plan().query().places(), rules, new int[0]);
        if (rank >= pool) {
            return ItemStory.outsidePool(list.size(), pool);
        }
        int worse = (int) list.stream().filter(placed -> placed.position().rank() > rank).count();
        return ItemStory.outbid(list.size(), pool, worse);
    }
}
