package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Source;
import dev.freshet.catalog.Item;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attribution;
import dev.freshet.model.signal.Signal;
import org.jspecify.annotations.Nullable;

/** Puts a reason into a sentence for readers. */
final class ReasonText {
    private final RequestContext request;

    ReasonText(RequestContext request) {
        this.request = request;
    }

    /** The reason that a source gives for an item. */
    Reason reason(
            Source source, double share, double contribution, int index, Attribution attribution) {
        Item item = request.model().items().item(index);
        String plain =
                switch (source) {
                    case CO_OCCURRENCE -> "Chosen by readers like you";
                    case CONTENT -> "Close to what you like";
                    case NEXT_ITEM -> "Often next";
                    case SIMILAR -> "Goes with " + title(request.lookedAt());
                    case TRENDING -> "Trending now";
                    case POPULARITY -> "Popular this week";
                    case COUNTRY -> "Trending in " + request.context().country();
                    case DEVICE -> "Popular on " + request.context().device();
                    case NEW -> item.tags().isEmpty() ? "New" : "New in " + tag(item);
                    case CATALOGUE -> "From the catalogue";
                    case FOLLOWED -> followed(item);
                    case FACTORS -> "Fits what you met lately";
                };
        Signal.Source mover = mover(source);
        Attribution.Moved moved = mover == null ? null : attribution.most(mover);
        UserAction action =
                moved != null ? moved.action() : mover == null ? null : attribution.mainstay(mover);
        int led = led(source, action);
        return new Reason(
                source,
                share,
                contribution,
                led < 0 ? plain : owed(source, led, action, plain),
                led < 0 ? null : request.model().items().id(led),
                moved == null ? null : EventAttribution.of(moved));
    }

    /** Whether the act is no more than that the page shows this item. */
    boolean isLook(UserAction action) {
        return action.eventId() == null
                && action.target().isItem()
                && request.lookedAt() >= 0
                && request.model().items().index(action.target().id()) == request.lookedAt();
    }

    /** The source of signals behind it, where what the reader did has a part in that. */
    private static Signal.@Nullable Source mover(Source source) {
        return switch (source) {
            case CO_OCCURRENCE -> Signal.Source.TOGETHER;
            case NEXT_ITEM -> Signal.Source.NEXT;
            case CONTENT -> Signal.Source.CONTENT;
            case FOLLOWED -> Signal.Source.FOLLOWED;
            case FACTORS -> Signal.Source.FACTORS;
            case SIMILAR, TRENDING, POPULARITY, NEW, COUNTRY, DEVICE, CATALOGUE -> null;
        };
    }

    /** The item that led here: of the act, else the one being looked at. */
    private int led(Source source, @Nullable UserAction action) {
        if (action != null && action.target().isItem()) {
            return request.model().items().index(action.target().id());
        }
        boolean isAboutLook =
                source == Source.SIMILAR || (mover(source) != null && request.actions().isEmpty());
        return isAboutLook ? request.lookedAt() : RequestContext.NO_ITEM;
    }

    private String owed(Source source, int led, @Nullable UserAction action, String plain) {
        String title = title(led);
        if (action == null || isLook(action)) {
            return switch (source) {
                case CO_OCCURRENCE -> "Goes with " + title;
                case CONTENT -> "Close to " + title;
                case NEXT_ITEM -> "Often next after " + title;
                case FACTORS -> "Fits with " + title;
                default -> plain;
            };
        }
        String did = Verb.of(action.type(), Verb.seen(request.model().items().item(led).type()));
        return switch (source) {
            case CO_OCCURRENCE -> "Because you " + did + " " + title;
            case CONTENT -> "Close to what you " + did + ": " + title;
            case NEXT_ITEM -> "Often next for those who " + did + " " + title;
            case FACTORS -> "Fits what you " + did + ": " + title;
            default -> plain;
        };
    }

    private String title(int index) {
        if (index < 0) {
            return "this";
        }
        String title = request.model().items().item(index).title();
        return title.isEmpty() ? request.model().items().id(index) : title;
    }

    /** The item's tag that means most to the reader, else its first. */
    private String tag(Item item) {
        return request.tags().stream()
                .filter(item.tags()::contains)
                .findFirst()
                .orElseGet(() -> item.tags().getFirst());
    }

    private String followed(Item item) {
        String author = item.author();
        if (author != null && request.preferences().authors().contains(author)) {
            return "By " + author + ", whom you follow";
        }
        return item.tags().stream()
                .filter(request.preferences().tags()::contains)
                .findFirst()
                .map(tag -> "In " + tag + ", which you follow")
                .orElse("By your choice");
    }
}
