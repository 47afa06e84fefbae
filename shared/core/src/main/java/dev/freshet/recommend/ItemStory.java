package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Findings.Found;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration;
import dev.freshet.ranking.ScoreParts;
import dev.freshet.recommend.RequestExplanation.Candidate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sentences that tell the way of one item through the stages of a request. */
final class ItemStory {
    /** Most contributions that one sentence names. */
    private static final int MAX_NAMED = 4;

    private ItemStory() {}

    static String found(List<Found> found) {
        return found.isEmpty()
                ? "No source found it among the items that it would propose to this user now."
                : "It was found by " + joined(found.stream().map(ItemStory::found).toList()) + ".";
    }

    private static String found(Found one) {
        return one.source().wireName() + " at rank " + one.rank() + " of " + one.of();
    }

    static String passes() {
        return "No filter withholds it: it would be ranked if a source had found it.";
    }

    static String crowdedOut() {
        return "No filter withholds it, but there were "
                + Candidates.MAX
                + " candidates already, and no more are ranked.";
    }

    static String ranked(Candidate candidate, int of) {
        return String.format(
                Locale.ROOT,
                "By its score of %.1f it is candidate %d of %d.",
                candidate.score(),
                candidate.rank(),
                of);
    }

    /** Returns what raises and lowers the score most, by source; empty where nothing does. */
    static Optional<String> parts(ScoreParts parts) {
        Map<String, Double> sums = new LinkedHashMap<>();
        parts.signals()
                .forEach(
                        part ->
                                sums.merge(
                                        part.source().wireName(),
                                        part.contribution(),
                                        Double::sum));
        sums.merge("likeness to the item being looked at", parts.likeness(), Double::sum);
        sums.merge("boosts of the request", parts.boost(), Double::sum);
        List<String> most =
                sums.entrySet().stream()
                        .filter(sum -> Math.abs(sum.getValue()) >= 0.05)
                        .sorted(Comparator.comparingDouble(sum -> -Math.abs(sum.getValue())))
                        .limit(MAX_NAMED)
                        .map(
                                sum ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %+.1f",
                                                sum.getKey(),
                                                sum.getValue()))
                        .toList();
        return most.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "What sets it apart from the mean candidate most: " + joined(most) + ".");
    }

    static String shown(int position, int of, Exploration.Position how) {
        return String.format(
                Locale.ROOT,
                switch (how.kind()) {
                    case CHOSEN ->
                            "It has place %d of %d, which goes to the best item that differs enough"
                                    + " from those above.";
                    case DRAWN ->
                            "It has place %d of %d, which was drawn; given the places above it had"
                                    + " a probability of %.3f.";
                    case NEWCOMER ->
                            "It has place %d of %d, which goes to one of the new items by a draw;"
                                    + " its probability was %.3f.";
                    case PINNED -> "It has place %d of %d, to which a rule pinned it.";
                    case PROMOTED ->
                            "It has place %d of %d, which a rule gives to the best of the promoted"
                                    + " items.";
                },
                position,
                of,
                how.propensity());
    }

    static String variant(String itemId, int position, String group) {
        return ("It is not in the list, because a variant of it, %s, has place %d: of the group %s only"
                        + " one item is shown.")
                .formatted(itemId, position, group);
    }

    static String belowMinScore(double chance, double least) {
        return String.format(
                Locale.ROOT,
                "It is not in the list, because its chance to be taken rather than the mean"
                        + " candidate is %.2f, and a rule asks for %.2f.",
                chance,
                least);
    }

    static String limited(Limit limit) {
        return "It is not in the list, because a rule allows %d of the same %s at most."
                .formatted(limit.max(), limit.field().name());
    }

    static String outsidePool(int places, int pool) {
        return "It is not in the list, because the %d places are filled from the best %d candidates."
                .formatted(places, pool);
    }

    /**
     * Returns why an item in the pool has no place.
     *
     * @param worse number of items in the list whose scores are lower
     */
    static String outbid(int places, int pool, int worse) {
        String all =
                ("It is among the best %d candidates, from which the %d places are filled, and none of"
                                + " them went to it")
                        .formatted(pool, places);
        return worse == 0
                ? all + ": every item in the list has a higher score."
                : ("%s. %s in the list with a lower score came before it by a draw, or because it"
                                + " resembles items above.")
                        .formatted(all, worse == 1 ? "One item" : worse + " items");
    }

    private static String joined(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0
                ? parts.getFirst()
                : String.join(", ", parts.subList(0, last)) + " and " + parts.getLast();
    }
}
