package dev.freshet.features;

import static dev.freshet.check.Check.require;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.event.Event;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.ShadowRatios;
import dev.freshet.example.ListCredit.ShadowWeight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a list as a user saw it.
 *
 * @param arms the arms of the experiments that the list is part of
 * @param shadows that the list was drawn beside, named as arms are, ≤ {@value
 *     ExposureToken#MAX_SHADOWS}
 * @param segment the id of the user's segment as the list was made; null where it is not known
 * @param modelVersion the version that answered; 0 for a list that Freshet did not make
 * @param places in the order of the answer, ≤ {@value Event.Impression#MAX_ITEMS}
 */
public record ShownList(
        String placement,
        List<ListArm> arms,
        List<ListArm> shadows,
        @Nullable String segment,
        long modelVersion,
        List<Place> places) {
    /**
     * One place of a list.
     *
     * @param itemId empty for a place of an earlier page of the list
     * @param propensity the probability with which the item was put there; 1 where it was not drawn
     * @param sources one bit for each source of the item
     * @param seen whether the page showed this place
     * @param drawn whether the item was drawn among all
     * @param newcomer whether the item was drawn among new ones
     * @param logRatios for each shadow, as the token has them; empty if the page showed other
     *     places than the first ones, or in another order
     */
    public record Place(
            String itemId,
            float propensity,
            int sources,
            boolean seen,
            boolean drawn,
            boolean newcomer,
            List<Float> logRatios) {
        public Place {
            logRatios = List.copyOf(logRatios);
        }

        /** Creates a place that was not drawn. */
        public Place(String itemId, float propensity, int sources, boolean seen) {
            this(itemId, propensity, sources, seen, false, false, List.of());
        }

        /** Returns whether the place belongs to an earlier page of the list. */
        public boolean isAbove() {
            return itemId.isEmpty();
        }

        /** Returns whether the item was drawn rather than ranked there. */
        public boolean explored() {
            return drawn || newcomer;
        }
    }

    private static final Place ABOVE = new Place("", 1, 0, false);

    public ShownList {
        arms = List.copyOf(arms);
        shadows = List.copyOf(shadows);
        places = List.copyOf(places);
        require(
                places.size() <= Event.Impression.MAX_ITEMS,
                "a list has at most " + Event.Impression.MAX_ITEMS + " places");
    }

    /**
     * Returns the list of a response, of which a page showed these items. The places above a later
     * page are empty.
     */
    static ShownList of(ExposureToken token, List<String> seenIds) {
        Set<String> seen = new HashSet<>(seenIds);
        boolean fromTop =
                token.first() == 0 && seenIds.equals(firstOf(token.itemIds(), seenIds.size()));
        List<Place> places = new ArrayList<>(Collections.nCopies(token.first(), ABOVE));
        for (ExposureToken.Shown shown : token.items()) {
            places.add(
                    new Place(
                            shown.itemId(),
                            (float) shown.propensity(),
                            shown.sources(),
                            seen.contains(shown.itemId()),
                            shown.drawn(),
                            shown.newcomer(),
                            fromTop ? shown.logRatios() : List.of()));
        }
        return new ShownList(
                token.placement(),
                token.arms(),
                token.shadows(),
                token.segment(),
                token.modelVersion(),
                places);
    }

    private static List<String> firstOf(List<String> ids, int count) {
        return ids.subList(0, Math.min(count, ids.size()));
    }

    /** Returns a list that came with no token, and so was made by somebody else. */
    static ShownList of(Event.Impression impression) {
        String placement = impression.placement();
        return new ShownList(
                placement == null ? "" : placement,
                List.of(),
                List.of(),
                null,
                0,
                impression.itemIds().stream().map(id -> new Place(id, 1, 0, true)).toList());
    }

    /** Returns the names under which outcomes of the list are summed beside the placement's. */
    List<String> labels() {
        return labels(arms, segment);
    }

    /** Returns the names under which outcomes are summed beside a placement's. */
    public static List<String> labels(List<ListArm> arms, @Nullable String segment) {
        return Stream.concat(
                        arms.stream().map(ListArm::label),
                        Stream.ofNullable(segment).map(ListCredit::labelOfSegment))
                .toList();
    }

    /** Returns what the places that were shown are to each shadow. */
    List<ShadowRatios> shadowRatios() {
        List<ShadowRatios> all = new ArrayList<>();
        for (int shadow = 0; shadow < shadows.size(); shadow++) {
            int at = shadow;
            all.add(
                    new ShadowRatios(
                            shadows.get(at),
                            places.stream()
                                    .takeWhile(place -> place.seen && !place.logRatios.isEmpty())
                                    .limit(ShadowRatios.MAX_PLACES)
                                    .map(place -> place.logRatios.get(at))
                                    .toList()));
        }
        return all;
    }

    /** Returns the weights that a click on a place has for the shadows. */
    List<ShadowWeight> shadowWeights(int position) {
        List<ShadowWeight> weights = new ArrayList<>();
        for (ShadowRatios ratios : shadowRatios()) {
            if (position >= 0 && position < ratios.logRatios().size()) {
                weights.add(
                        new ShadowWeight(ratios.shadow(), (float) ratios.logWeights()[position]));
            }
        }
        return weights;
    }

    /** Returns the first place of an item, or −1. */
    public int indexOf(String itemId) {
        for (int at = 0; at < places.size(); at++) {
            if (places.get(at).itemId().equals(itemId)) {
                return at;
            }
        }
        return -1;
    }
}
