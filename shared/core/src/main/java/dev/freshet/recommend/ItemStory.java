package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Findings.Found;
import dev.freshet.model.signal.Source;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration;
import dev.freshet.ranking.ScoreParts;
import dev.freshet.recommend.RequestExplanation.Candidate;
import java.util.ArrayList;
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
        if (found.isEmpty()) {
            return "No source found it among the items that it would propose to this user now.";
        }
        List<String> each =
                found.stream()
                        .map(
                                one ->
                                        one.source().wireName()
                                                + " at rank "
                                                + one.rank()
                                                + " of "
                                                + one.of())
                        .toList();
        return "It was found by " + joined(each) + ".";
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
        return "By its score of "
                + number(candidate.score())
                + " it is candidate "
                + candidate.rank()
                + " of "
                + of
                + ".";
    }

    /** Returns what raises and lowers the score most, by source; empty where nothing does. */
    static Optional<String> parts(ScoreParts parts) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (ScoreParts.SignalPart part : parts.signals()) {
            Source source = part.source();
            sums.merge(source.wireName(), part.contribution(), Double::sum);
        }
        sums.merge("likeness to the item being looked at", parts.likeness(), Double::sum);
        sums.merge("boosts of the request", parts.boost(), Double::sum);
        List<String> most =
                sums.entrySet().stream()
                        .filter(sum -> Math.abs(sum.getValue()) >= 0.05)
                        .sorted(
                                (one, other) ->
                                        Double.compare(
                                                Math.abs(other.getValue()),
                                                Math.abs(one.getValue())))
                        .limit(MAX_NAMED)
                        .map(sum -> sum.getKey() + " " + signed(sum.getValue()))
                        .toList();
        return most.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "What sets it apart from the mean candidate most: " + joined(most) + ".");
    }

    static String shown(int position, int of, Exploration.Position how) {
        String place = "It has place " + position + " of " + of;
        return switch (how.kind()) {
            case CHOSEN ->
                    place
                            + ", which goes to the best item that differs enough from those"
                            + " above.";
            case DRAWN ->
                    place
                            + ", which was drawn; given the places above it had a probability"
                            + " of "
                            + number(how.propensity(), 3)
                            + ".";
            case NEWCOMER ->
                    place
                            + ", which goes to one of the new items by a draw; its"
                            + " probability was "
                            + number(how.propensity(), 3)
                            + ".";
            case PINNED -> place + ", to which a rule pinned it.";
            case PROMOTED -> place + ", which a rule gives to the best of the promoted items.";
        };
    }

    static String variant(String itemId, int position, String group) {
        return "It is not in the list, because a variant of it, "
                + itemId
                + ", has place "
                + position
                + ": of the group "
                + group
                + " only one item is shown.";
    }

    static String belowMinScore(double chance, double least) {
        return "It is not in the list, because its chance to be taken rather than the mean"
                + " candidate is "
                + number(chance, 2)
                + ", and a rule asks for "
                + number(least, 2)
                + ".";
    }

    static String limited(Limit limit) {
        return "It is not in the list, because a rule allows "
                + limit.max()
                + " of the same "
                + limit.field().name()
                + " at most.";
    }

    static String outsidePool(int places, int pool) {
        return "It is not in the list, because the "
                + places
                + " places are filled from the best "
                + pool
                + " candidates.";
    }

    /**
     * Returns why an item in the pool has no place.
     *
     * @param worse number of items in the list whose scores are lower
     */
    static String outbid(int places, int pool, int worse) {
        String all =
                "It is among the best "
                        + pool
                        + " candidates, from which the "
                        + places
                        + " places are filled, and none of them went to it";
        return worse == 0
                ? all + ": every item in the list has a higher score."
                : all
                        + ". "
                        + (worse == 1 ? "One item" : worse + " items")
                        + " in the list with a lower score came before it by a draw, or because it"
                        + " resembles items above.";
    }

    private static String joined(List<String> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        List<String> front = new ArrayList<>(parts);
        String last = front.removeLast();
        return String.join(", ", front) + " and " + last;
    }

    private static String number(double value) {
        return number(value, 1);
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.1f", value);
    }
}
