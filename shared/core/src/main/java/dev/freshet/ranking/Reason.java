package dev.freshet.ranking;

import dev.freshet.model.signal.Source;
import org.jspecify.annotations.Nullable;

/**
 * One part of why an item was chosen.
 *
 * @param share its part of the score, over 0 to 1; the shares of an item sum to one
 * @param contribution what the source adds to the item's log odds above what it adds to the mean
 *     candidate; 0 where nothing sets the item apart, and in lists that are not scored so
 * @param text a sentence for readers: "EventAttribution you read Rain in Porto"
 * @param because id of the item of the reader's own history, or of the item looked at, that led
 *     here; or null
 * @param event the reader's event that moved the item most through this source, its part being that
 *     of what the source's events lift; null where none did
 */
public record Reason(
        Source source,
        double share,
        double contribution,
        String text,
        @Nullable String because,
        @Nullable EventAttribution event) {
    /** A reason that is nobody's doing. */
    static Reason plain(Source source, double share, double contribution, String text) {
        return new Reason(source, share, contribution, text, null, null);
    }
}
