package dev.freshet.cli.imports.known;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of e-commerce events in the tracking plans of Segment and RudderStack, and Freshet's
 * types for them.
 *
 * @see <a href="https://segment.com/docs/connections/spec/ecommerce/v2/">E-commerce spec</a>
 */
final class CommerceEvents {
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("product viewed", "view"),
                    Map.entry("product clicked", "click"),
                    Map.entry("product added", "cart"),
                    Map.entry("product added to wishlist", "bookmark"),
                    Map.entry("wishlist product added to cart", "cart"),
                    Map.entry("product shared", "share"),
                    Map.entry("product reviewed", "rating"),
                    Map.entry("order completed", "purchase"),
                    Map.entry("product list viewed", "impression"),
                    Map.entry("article viewed", "view"),
                    Map.entry("article shared", "share"),
                    Map.entry("article bookmarked", "bookmark"),
                    Map.entry("content viewed", "view"));

    private CommerceEvents() {}

    /** Returns Freshet's type for an event; case and the kind of separators do not count. */
    static Optional<String> type(String event) {
        return Optional.ofNullable(
                TYPES.get(event.strip().toLowerCase(Locale.ROOT).replaceAll("[_\\s-]+", " ")));
    }
}
