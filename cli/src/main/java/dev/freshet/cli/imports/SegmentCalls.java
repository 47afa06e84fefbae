package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An export of Segment or RudderStack: one call on each line, as JSON. {@code track} calls with the
 * names of {@link #TYPES} are events, one for each product; {@code page} and {@code screen} calls
 * that name an item are views; {@code identify} calls are users. What identifies a person, such as
 * name and address, is not taken over.
 *
 * @see <a href="https://segment.com/docs/connections/spec/common/">Common fields</a>
 */
final class SegmentCalls {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ANONYMOUS = "anon-";

    /**
     * Types by the names of events in the tracking plans of Segment and RudderStack.
     *
     * @see <a href="https://segment.com/docs/connections/spec/ecommerce/v2/">E-commerce spec</a>
     */
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

    /** Members that name an item, in the order in which they are looked for. */
    private static final List<String> ITEM_IDS =
            List.of(
                    "product_id",
                    "productId",
                    "item_id",
                    "itemId",
                    "article_id",
                    "content_id",
                    "sku");

    /** Traits of the specification that identify a person or describe it freely. */
    private static final Set<String> PERSONAL =
            Set.of(
                    "address",
                    "avatar",
                    "birthday",
                    "company",
                    "createdAt",
                    "created_at",
                    "description",
                    "email",
                    "firstName",
                    "first_name",
                    "id",
                    "lastName",
                    "last_name",
                    "name",
                    "phone",
                    "title",
                    "username",
                    "website");

    private SegmentCalls() {}

    /** Returns what a call says: events, a user, or why it says nothing to a recommender. */
    static List<ImportEntry> entries(InputLine line, ObjectNode call) {
        return switch (call.path("type").asText()) {
            case "track" -> track(line, call);
            case "page", "screen" -> page(line, call);
            case "identify" -> List.of(identify(line, call));
            case "" -> List.of(new ImportEntry.Unreadable(line, "The call has no type."));
            default -> skipped(line, "call is neither track, page, screen nor identify");
        };
    }

    private static List<ImportEntry> track(InputLine line, JsonNode call) {
        String name = call.path("event").asText().strip().toLowerCase(Locale.ROOT);
        Optional<String> type = Optional.ofNullable(TYPES.get(name.replaceAll("[_\\s-]+", " ")));
        if (type.isEmpty()) {
            return skipped(line, "track event without a type of Freshet");
        }
        JsonNode properties = call.path("properties");
        List<JsonNode> products = products(properties);
        if (products.isEmpty()) {
            return skipped(line, "no product is named");
        }
        if (type.get().equals("impression")) {
            ObjectNode event = event(line, call, type.get(), "");
            ArrayNode items = event.putArray("items");
            products.stream()
                    .limit(Event.Impression.MAX_ITEMS)
                    .forEach(product -> items.add(itemId(product).orElseThrow()));
            return List.of(new ImportEntry.OfEvent(line, event));
        }
        List<ImportEntry> events = new ArrayList<>();
        for (JsonNode product : products) {
            String suffix = events.isEmpty() ? "" : "-" + events.size();
            ObjectNode event = event(line, call, type.get(), suffix);
            event.put("itemId", itemId(product).orElseThrow());
            value(event, type.get(), product, properties);
            events.add(new ImportEntry.OfEvent(line, event));
        }
        return events;
    }

    /**
     * Returns the products of a call that have ids: those of its list, or the one that it names.
     */
    private static List<JsonNode> products(JsonNode properties) {
        List<JsonNode> products = new ArrayList<>();
        for (JsonNode product : properties.path("products")) {
            if (itemId(product).isPresent()) {
                products.add(product);
            }
        }
        if (products.isEmpty() && itemId(properties).isPresent()) {
            products.add(properties);
        }
        return products;
    }

    private static Optional<String> itemId(JsonNode json) {
        return ITEM_IDS.stream()
                .map(name -> json.path(name).asText(""))
                .filter(id -> !id.isBlank())
                .findFirst();
    }

    private static void value(
            ObjectNode event, String type, JsonNode product, JsonNode properties) {
        if (type.equals("rating")) {
            Optional.of(properties.path("rating"))
                    .filter(JsonNode::isNumber)
                    .ifPresent(stars -> event.put("value", stars.doubleValue()));
            return;
        }
        boolean money = type.equals("purchase") || type.equals("cart");
        String currency = properties.path("currency").asText(product.path("currency").asText(""));
        double amount =
                product.path("price").asDouble(Double.NaN) * product.path("quantity").asDouble(1);
        if (money && !currency.isBlank() && Double.isFinite(amount)) {
            event.putObject("value").put("amount", amount).put("currency", currency);
        }
    }

    private static List<ImportEntry> page(InputLine line, JsonNode call) {
        Optional<String> item = itemId(call.path("properties"));
        return item.isEmpty()
                ? skipped(line, "page names no item")
                : List.of(
                        new ImportEntry.OfEvent(
                                line, event(line, call, "view", "").put("itemId", item.get())));
    }

    private static ImportEntry identify(InputLine line, JsonNode call) {
        String userId = call.path("userId").asText("");
        if (userId.isBlank()) {
            return new ImportEntry.Skipped(line, "identify without userId");
        }
        JsonNode traits =
                call.path("traits").isObject() ? call.path("traits") : call.at("/context/traits");
        ObjectNode body = JSON.objectNode();
        ObjectNode attributes = JSON.objectNode();
        traits.properties().stream()
                .filter(trait -> !PERSONAL.contains(trait.getKey()))
                .filter(trait -> trait.getValue().isValueNode() && !trait.getValue().isNull())
                .forEach(trait -> attributes.set(trait.getKey(), trait.getValue()));
        if (attributes.isEmpty()) {
            return new ImportEntry.Skipped(line, "identify without traits to keep");
        }
        body.set("attributes", attributes);
        return new ImportEntry.OfUser(line, userId, body);
    }

    private static ObjectNode event(InputLine line, JsonNode call, String type, String suffix) {
        String id = call.path("messageId").asText("");
        ObjectNode event = JSON.objectNode();
        event.put("eventId", (id.isBlank() ? line.eventId("segment") : id) + suffix)
                .put("type", type);
        String userId = call.path("userId").asText("");
        if (!userId.isBlank()) {
            event.put("userId", userId);
        }
        String anonymousId = call.path("anonymousId").asText("");
        if (!anonymousId.isBlank()) {
            event.put(
                    "anonymousId",
                    anonymousId.startsWith(ANONYMOUS) ? anonymousId : ANONYMOUS + anonymousId);
        }
        for (String member : List.of("timestamp", "originalTimestamp", "receivedAt")) {
            if (!event.has("occurredAt") && call.path(member).isTextual()) {
                event.put("occurredAt", call.path(member).textValue());
            }
        }
        context(event, call.path("context"));
        return event;
    }

    private static void context(ObjectNode event, JsonNode from) {
        ObjectNode context = JSON.objectNode();
        copy(context, "userAgent", from.path("userAgent"));
        copy(context, "locale", from.path("locale"));
        copy(context, "page", from.at("/page/url"));
        copy(context, "referrer", from.at("/page/referrer"));
        if (!context.isEmpty()) {
            event.set("context", context);
        }
    }

    private static void copy(ObjectNode context, String member, JsonNode value) {
        if (value.isTextual() && !value.textValue().isBlank()) {
            context.put(member, value.textValue());
        }
    }

    private static List<ImportEntry> skipped(InputLine line, String reason) {
        return List.of(new ImportEntry.Skipped(line, reason));
    }
}
