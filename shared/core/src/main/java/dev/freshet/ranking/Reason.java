package dev.freshet.ranking;

import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.model.signal.Source;
import org.jspecify.annotations.Nullable;

/**
 * One reason why an item was chosen.
 *
 * @param share the source's part of the score, greater than 0, at most 1; the shares of an item sum
 *     to one
 * @param contribution what the source adds to the item's log odds above the mean candidate; 0 where
 *     nothing sets the item apart, and in lists that are not scored by signals
 * @param message a sentence for users: "Because you read Rain in Porto"
 * @param because id of the item of the user's history, or of the item being looked at, that led to
 *     this one; or null
 * @param event the user's event with the largest effect through this source, its part relative to
 *     the source's events; null where there is none
 */
public record Reason(
        Source source,
        double share,
        double contribution,
        ReasonMessage message,
        @Nullable String because,
        @Nullable Moved event) {
    /** The source of items to which a rule of the site gave their place. No token names it. */
    public static final Source RULE = new Source(Source.MAX, "rule");

    /** Returns a reason that no action of the user led to. */
    static Reason plain(Source source, double share, double contribution, ReasonMessage message) {
        return new Reason(source, share, contribution, message, null, null);
    }

    /** Returns the sentence in English. */
    public String text() {
        return ReasonLanguage.ENGLISH.text(message);
    }
}
