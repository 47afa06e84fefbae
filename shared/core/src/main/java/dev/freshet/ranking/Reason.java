package dev.freshet.ranking;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.model.signal.Source;
import java.time.Instant;
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
        @Nullable EventAttribution event) {
    /** The source of items to which a rule of the site gave their place. No token names it. */
    public static final Source RULE = new Source(Source.MAX, "rule");

    /**
     * One of the user's own events and its effect on an item: how much lower the item's score would
     * be without the event, everything else unchanged.
     *
     * @param eventId of the stored row; null for an action that only the request reports
     * @param target the item interacted with, or the author or tag followed
     * @param at when, corrected for the skew of the sender's clock
     * @param lift loss of score without the event, in log odds, greater than 0
     * @param part the event's share in the sum of the lifts of all events, greater than 0, at most
     *     1
     */
    public record EventAttribution(
            @Nullable String eventId,
            EventType type,
            Target target,
            Instant at,
            double lift,
            double part) {
        static EventAttribution of(Attributors.Attribution.Moved moved) {
            return new EventAttribution(
                    moved.action().eventId(),
                    moved.action().type(),
                    moved.action().target(),
                    moved.action().at(),
                    moved.lift(),
                    moved.part());
        }
    }

    /** Returns a reason that no action of the user led to. */
    static Reason plain(Source source, double share, double contribution, ReasonMessage message) {
        return new Reason(source, share, contribution, message, null, null);
    }

    /** Returns the sentence in English. */
    public String text() {
        return ReasonLanguage.ENGLISH.text(message);
    }
}
