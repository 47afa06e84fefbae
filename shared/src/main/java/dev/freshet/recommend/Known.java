package dev.freshet.recommend;

import dev.freshet.event.Consent;
import dev.freshet.feature.History;
import dev.freshet.feature.StoredInteraction;
import dev.freshet.feature.UserProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stores told of a reader.
 *
 * @param missing codes of what they did not tell: {@code history-late}, {@code
 *     profile-unavailable}, …
 */
record Known(UserProfile profile, History history, Reflects reflects, List<String> missing) {
    /** A page without any id, and a reader who is not to be known. */
    static final Known NOBODY =
            new Known(UserProfile.absent(""), History.EMPTY, Reflects.NOTHING, List.of());

    Known {
        missing = List.copyOf(missing);
    }

    /**
     * Nothing of an erased reader, or of one who refuses personalisation, gets further than this. A
     * profile that could not be read refuses nothing: rows exist only where there was consent.
     */
    static Known of(
            UserProfile profile, List<StoredInteraction> newestFirst, List<String> missing) {
        Consent consent = profile.consent() == null ? Consent.GIVEN : profile.consent();
        if (profile.erasedAt() != null || !consent.personalisation()) {
            return new Known(
                    UserProfile.absent(profile.userId()), History.EMPTY, Reflects.NOTHING, missing);
        }
        return new Known(profile, History.of(newestFirst), Reflects.of(newestFirst), missing);
    }

    /** The same with one more thing left out, if so. */
    Known without(boolean left, String code) {
        if (!left) {
            return this;
        }
        List<String> more = new ArrayList<>(missing);
        more.add(code);
        return new Known(profile, history, reflects, more);
    }
}
