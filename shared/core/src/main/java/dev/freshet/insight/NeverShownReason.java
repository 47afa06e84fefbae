package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an item that could be shown was not, as far as the model knows; the first that holds. */
public enum NeverShownReason {
    /** Nothing was read in the countries and regions where it is available. */
    NO_REGION,
    /** It has no words and no vector, so that it is like no other item. */
    NO_TEXT,
    /** Nobody interacted with it, so that only sources of new items propose it. */
    NEVER_A_CANDIDATE,
    /** People interacted with it, and others ranked higher or filters left it out. */
    OUTRANKED;

    /** Returns the name in answers. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
