package dev.freshet.functions;

import dev.freshet.insight.CatalogueInsights;
import dev.freshet.insight.ItemInsights;
import dev.freshet.insight.ItemOrder;
import dev.freshet.insight.ItemReport;
import dev.freshet.insight.SegmentInsights;
import dev.freshet.insight.TopicInsights;
import dev.freshet.insight.TopicQuery;
import dev.freshet.json.JsonRecords;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.query.InvalidQueryException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The operations that answer what the catalogue, its topics and its items are worth to users, and
 * which segments of users there are.
 */
final class CatalogueInsightsApi {
    private static final Set<String> PARAMETERS = Set.of("order", "limit", "after");
    private static final int MAX_ITEMS = 100;
    private static final String USUAL_ITEMS = "50";
    private static final int HEX = 16;

    private final CatalogueInsights catalogue;
    private final TopicInsights topics;
    private final ItemInsights items;
    private final SegmentInsights segments;

    CatalogueInsightsApi(Supplier<Versioned> model) {
        catalogue = new CatalogueInsights(model);
        topics = new TopicInsights(model);
        items = new ItemInsights(model);
        segments = new SegmentInsights(model);
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "getCatalogueInsight", this::catalogue,
                "listTopicInsights", this::topics,
                "listItemInsights", this::items,
                "listSegments", this::segments);
    }

    private HttpResponse segments(HttpRequest request) {
        request.requireNoParameters();
        return InsightsResponse.of(request, segments.answer(), "segments");
    }

    private HttpResponse catalogue(HttpRequest request) {
        request.requireNoParameters();
        return InsightsResponse.of(request, catalogue.answer());
    }

    private HttpResponse topics(HttpRequest request) {
        return InsightsResponse.of(
                request, topics.answer(TopicQuery.of(request.query())), "topics");
    }

    private HttpResponse items(HttpRequest request) {
        if (!PARAMETERS.containsAll(request.query().keySet())) {
            throw new InvalidQueryException(
                    "unknown-parameter",
                    "The parameters are order, limit and after; leave out any other.");
        }
        ItemOrder order =
                ItemOrder.ofName(request.query("order").orElse(ItemOrder.ATTENTION.wireName()))
                        .orElseThrow(
                                () ->
                                        new InvalidQueryException(
                                                "malformed-order",
                                                "order is attention, rising, never-shown or"
                                                        + " shown-in-vain."));
        String list = "insights/items/" + order.wireName();
        ItemReport report =
                items.answer(
                        order,
                        request.query("after")
                                .map(cursor -> position(PageCursor.position(list, cursor))),
                        limit(request.query("limit").orElse(USUAL_ITEMS)));
        ItemReport.Position next = report.next();
        return InsightsResponse.of(
                request,
                JsonRecords.tree(report)
                        .put("next", next == null ? null : PageCursor.of(list, position(next))),
                "items");
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,3}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MAX_ITEMS) {
            throw new InvalidQueryException(
                    "limit-out-of-range", "limit is a whole number from 1 to " + MAX_ITEMS + ".");
        }
        return Integer.parseInt(text);
    }

    private static String position(ItemReport.Position position) {
        return Long.toHexString(Double.doubleToLongBits(position.worth()))
                + ' '
                + position.itemId();
    }

    /**
     * Returns the position of a cursor. Its checksum is no signature: whoever makes a cursor of
     * their own gets another part of the same list, or the problem.
     */
    private static ItemReport.Position position(String text) {
        int space = text.indexOf(' ');
        if (space < 1 || space > HEX || !text.substring(0, space).matches("[0-9a-f]+")) {
            throw new InvalidQueryException(
                    "bad-cursor",
                    "The cursor is not one that this list returned as next; begin without it.");
        }
        return new ItemReport.Position(
                Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(0, space), HEX)),
                text.substring(space + 1));
    }
}
