package dev.freshet.ranking;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.RequestContext;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SignalFamily;
import dev.freshet.model.signal.SignalFamily.Lead;
import dev.freshet.model.signal.Source;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reasons of an item: the family of each source writes the sentence. A title is named
 * only where the item is available to the user: whoever asks chooses the items of the session and
 * the item being looked at, and could otherwise read the title of any item.
 */
final class ReasonText {
    private final RequestContext request;
    private final IntPredicate available;

    ReasonText(RequestContext request) {
        this.request = request;
        available = CandidateFilter.AVAILABILITY.passing(request);
    }

    /** Returns the reason that a source gives for an item. */
    Reason reason(
            Source source,
            double share,
            double contribution,
            int index,
            Attributors.Attribution attribution) {
        SignalFamily family = SignalFamilies.of(source);
        boolean personal = family.lead() == Lead.ACTION;
        Moved moved = personal ? attribution.most(source) : null;
        UserAction action =
                moved != null ? moved.action() : personal ? attribution.mainstay(source) : null;
        int led = led(family.lead(), action);
        Item item = request.model().items().item(index);
        // Of an item that comes back, its own title is no news.
        @Nullable String title = led == index ? null : title(led);
        ReasonMessage message =
                family.reason(
                        new ReasonMessage.Facts(
                                request.signals().context(),
                                item,
                                title,
                                verb(led, action),
                                action == null ? null : action.at()));
        return new Reason(
                source,
                share,
                contribution,
                message,
                led < 0 ? null : request.model().items().id(led),
                moved);
    }

    /** Returns the reason that a source gives for an item in a list without scores. */
    Reason plain(Source source, int index) {
        Item item = request.model().items().item(index);
        return Reason.plain(
                source,
                1,
                0,
                SignalFamilies.of(source)
                        .reason(
                                new ReasonMessage.Facts(
                                        request.signals().context(), item, null, null, null)));
    }

    /** Returns whether the action is no more than that the page shows this item. */
    boolean isLook(UserAction action) {
        return action.eventId() == null
                && action.target().isItem()
                && request.lookedAt() >= 0
                && request.model().items().index(action.target().id()) == request.lookedAt();
    }

    /** Returns the item that led to the explained one, or a negative number for none. */
    private int led(Lead lead, @Nullable UserAction action) {
        if (action != null && action.target().isItem()) {
            return request.model().items().index(action.target().id());
        }
        boolean byLook =
                switch (lead) {
                    case LOOKED_AT -> true;
                    case ACTION -> request.actions().isEmpty();
                    case NONE -> false;
                };
        return byLook ? request.lookedAt() : RequestContext.NO_ITEM;
    }

    private ReasonMessage.@Nullable Verb verb(int led, @Nullable UserAction action) {
        if (led < 0 || action == null || isLook(action)) {
            return null;
        }
        return verb(action.type(), request.model().items().item(led).type());
    }

    private @Nullable String title(int index) {
        if (index < 0 || !available.test(index)) {
            return null;
        }
        String title = request.model().items().item(index).title();
        return title.isEmpty() ? request.model().items().id(index) : title;
    }

    /**
     * Returns the verb of an event type, for sentences such as "Because you …". That of an owner's
     * type has the name of its slot, and says no more than that the user chose the item where the
     * owner gives no text.
     *
     * @param itemType decides the verb of types that have none of their own
     */
    static ReasonMessage.Verb verb(EventType type, String itemType) {
        if (type.isOwn()) {
            return new ReasonMessage.Verb("verb." + type.wireName(), "chose");
        }
        return type.verb()
                .map(verb -> new ReasonMessage.Verb("verb." + type.wireName(), verb))
                .orElseGet(() -> seen(itemType));
    }

    /** Returns the verb for having seen an item of this type. */
    static ReasonMessage.Verb seen(String itemType) {
        return switch (itemType) {
            case "video", "movie", "film", "series", "episode" ->
                    new ReasonMessage.Verb("verb.watched", "watched");
            case "song", "track", "podcast", "album" ->
                    new ReasonMessage.Verb("verb.listened", "listened to");
            case "product" -> new ReasonMessage.Verb("verb.looked", "looked at");
            default -> new ReasonMessage.Verb("verb.read", "read");
        };
    }
}
