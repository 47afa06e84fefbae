package dev.freshet.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an experiment shows at a look. */
public enum Conclusion {
    /** The primary metric is better than the control's. */
    BETTER,
    /** The primary metric is worse than the control's. */
    WORSE,
    /** The difference is smaller than what matters. */
    WITHIN_MARGIN,
    /** Neither is known yet. */
    RUNNING,
    /** Users were not split as intended, so nothing can be concluded. */
    INVALID,
    /** Nobody was enrolled, since impressions enrol. */
    NO_IMPRESSIONS;

    /** Returns the name in answers: {@code within-margin}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the experiment has answered its question and may end. */
    public boolean decided() {
        return this == BETTER || this == WORSE || this == WITHIN_MARGIN;
    }
}
