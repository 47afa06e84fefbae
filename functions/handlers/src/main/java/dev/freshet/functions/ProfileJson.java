package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.attribute.Attributes;
import dev.freshet.event.Consent;
import dev.freshet.profile.UserProfile;

/** What a site stated of a user, as responses have it. */
final class ProfileJson {
    private ProfileJson() {}

    /** Adds {@code attributes}, {@code consent} where one was stated, and {@code aliases}. */
    static void addStated(UserProfile profile, ObjectNode json) {
        json.set("attributes", Attributes.write(profile.attributes()));
        Consent consent = profile.consent();
        if (consent != null) {
            json.putObject("consent")
                    .put("personalisation", consent.personalisation())
                    .put("analytics", consent.analytics());
        }
        profile.aliases().forEach(json.putArray("aliases")::add);
    }
}
