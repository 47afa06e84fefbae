package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.Signer;
import dev.freshet.event.Event;
import dev.freshet.event.UserIdentity;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the list that an event names is to the event's user. */
enum ListUse {
    /** The event names no list. */
    NONE,
    /** The id of the event asked for it. */
    OWN,
    /**
     * Another id of the user asked for it: the event's other id, or one that is linked to its id.
     * It counts as a list of the user, and enrols nobody, so that a list enrols one id at most.
     */
    LINKED,
    /** It was asked for without an id, or before its user counted. */
    OF_NOBODY,
    /** Somebody else asked for it. */
    OF_OTHERS;

    /**
     * Returns what a list is to the user of an event, as far as links are known by now. Aliases are
     * looked at only for a list that the event's id did not ask for.
     *
     * @param profiles returns the profile of an id
     * @param exposures returns the signer derived by {@link Signer#EXPOSURE}
     */
    static ListUse of(
            Event event, Function<String, UserProfile> profiles, Supplier<Signer> exposures) {
        ExposureToken list = event.header().list();
        if (list == null) {
            return NONE;
        }
        if (list.asker() == null) {
            return OF_NOBODY;
        }
        UserIdentity user = event.header().user();
        Signer signer = exposures.get();
        if (list.isAskedBy(List.of(user.id()), signer)) {
            return OWN;
        }
        return list.isAskedBy(linked(user, profiles), signer) ? LINKED : OF_OTHERS;
    }

    private static List<String> linked(UserIdentity user, Function<String, UserProfile> profiles) {
        UserProfile profile = profiles.apply(user.id());
        String owner = profile.aliasOf();
        List<String> ids = new ArrayList<>();
        Stream.of(user.anonymousId(), owner).filter(Objects::nonNull).forEach(ids::add);
        ids.addAll((owner == null ? profile : profiles.apply(owner)).aliases());
        return ids;
    }

    /** Returns whether the event counts for the list; else it is an event without one. */
    boolean counts() {
        return this == NONE || this == OWN || this == LINKED;
    }
}
