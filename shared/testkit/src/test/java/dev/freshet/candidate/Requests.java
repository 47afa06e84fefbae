package dev.freshet.candidate;

import dev.freshet.features.History;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.Site;

/** Requests for lists of a site, from which tests gather and rank candidates. */
public final class Requests {
    private Requests() {}

    /** Returns a request without a user, conditions or context. */
    public static RequestContext ofNobody(Site site) {
        return RequestContext.of(
                Site.query("{}"),
                RequestContext.NO_ITEM,
                UserProfile.absent(""),
                History.EMPTY,
                site.model(),
                Site.NOW);
    }
}
