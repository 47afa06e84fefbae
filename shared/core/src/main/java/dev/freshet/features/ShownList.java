package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.Event;
import dev.freshet.experiment.enrolment.ListArm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The content of a list as a user saw it.
 *
 * @param arms the arms of the experiments that the list is part of
 * @param modelVersion the version that answered; 0 for a list that Freshet did not make
 * @param places in the order of the answer, ≤ {@value Event.Impression#MAX_ITEMS}
 */
public record ShownList(
        String placement, List<ListArm> arms, long modelVersion, List<Place> places) {
    /**
     * One place of a list.
     *
     * @param propensity the probability with which the item was put there; 1 where it was not drawn
     * @param sources one bit for each source of the item
     * @param seen whether the page showed this place
     */
    public record Place(String itemId, float propensity, int sources, boolean seen) {
        /** Returns whether the item was drawn rather than ranked there. */
        public boolean explored() {
            return propensity < 1;
        }
    }

    public ShownList {
        arms = List.copyOf(arms);
        places = List.copyOf(places);
        if (places.size() > Event.Impression.MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "a list has at most " + Event.Impression.MAX_ITEMS + " places");
        }
    }

    /** Returns the list of a response, of which a page showed these items. */
    static ShownList of(ExposureToken token, List<String> seenIds) {
        Set<String> seen = new HashSet<>(seenIds);
        List<Place> places = new ArrayList<>();
        for (ExposureToken.Shown shown : token.items()) {
            places.add(
                    new Place(
                            shown.itemId(),
                            (float) shown.propensity(),
                            shown.sources(),
                            seen.contains(shown.itemId())));
        }
        return new ShownList(token.placement(), token.arms(), token.modelVersion(), places);
    }

    /** Returns a list that came with no token, and so was made by somebody else. */
    static ShownList of(Event.Impression impression) {
        String placement = impression.placement();
        return new ShownList(
                placement == null ? "" : placement,
                List.of(),
                0,
                impression.itemIds().stream().map(id -> new Place(id, 1, 0, true)).toList());
    }

    /** Returns the names under which outcomes of the list are summed beside the placement's. */
    List<String> labels() {
        return arms.stream().map(ListArm::label).toList();
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
