package dev.freshet.candidate;

import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import java.time.Instant;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Passes items that match the filter of the request. */
public final class RequestFilter implements CandidateFilter {
    @Override
    public IntPredicate passing(RequestContext request) {
        return passing(request.filter(), request.model().items());
    }

    /** Returns a filter as a predicate over item indexes; used for boosts as well. */
    public static IntPredicate passing(Filter filter, ItemTable items) {
        if (filter.equals(Filter.EVERYTHING)) {
            return item -> true;
        }
        Predicate<Item> matches = matching(filter);
        return item -> matches.test(items.item(item));
    }

    private static Predicate<Item> matching(Filter filter) {
        return switch (filter) {
            case Filter.All all ->
                    all.parts().stream()
                            .map(RequestFilter::matching)
                            .reduce(item -> true, Predicate::and);
            case Filter.Any any ->
                    any.parts().stream()
                            .map(RequestFilter::matching)
                            .reduce(item -> false, Predicate::or);
            case Filter.Not not -> matching(not.part()).negate();
            case Filter.In in ->
                    item -> {
                        String value = valueOf(item, in.field());
                        return value != null && in.values().contains(value);
                    };
            case Filter.Contains contains ->
                    item ->
                            contains.field().equals(Filter.Field.TAGS)
                                    && item.tags().contains(contains.value());
            case Filter.Published published -> item -> within(item.publishedAt(), published);
        };
    }

    private static boolean within(@Nullable Instant at, Filter.Published published) {
        return at != null
                && (published.from() == null || !at.isBefore(published.from()))
                && (published.to() == null || at.isBefore(published.to()));
    }

    private static @Nullable String valueOf(Item item, Filter.Field field) {
        return switch (field.name()) {
            case "itemId" -> item.itemId();
            case "type" -> item.type();
            case "group" -> item.group();
            case "author" -> item.author();
            default ->
                    field.isAttribute()
                            ? item.attributes()
                                    .get(
                                            field.name()
                                                    .substring(
                                                            Filter.Field.ATTRIBUTE_PREFIX.length()))
                            : null;
        };
    }
}
