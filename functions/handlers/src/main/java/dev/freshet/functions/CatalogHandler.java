package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Settings;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.experiment.DefinitionRegistry;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.itemflow.CatalogFlow;
import dev.freshet.itemflow.CatalogFlow.ItemResult;
import dev.freshet.json.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The handler of what servers of the site put: {@code PUT|POST|GET /v1/items}, {@code
 * GET|PATCH|DELETE /v1/items/{id}}, {@code PUT|GET|DELETE /v1/experiments/{id}}, {@code GET
 * /v1/experiments}, {@code PUT|GET|DELETE /v1/rules/{id}} and {@code GET /v1/rules}.
 */
public final class CatalogHandler extends HttpHandler {
    /** Maximum size of a request with one item, in bytes. */
    static final int MAX_ITEM_BYTES = 512 << 10;

    /** Maximum size of a request with many items, in bytes; Lambda accepts 6 MB. */
    static final int MAX_ITEMS_BYTES = 4 << 20;

    private final CatalogFlow flow;
    private final StoredItemsApi stored;
    private final DefinitionsApi definitions;
    private final Metrics metrics;

    public CatalogHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public CatalogHandler(Wiring wiring) {
        this(wiring.stores().items(), wiring.catalog(), wiring.definitions(), wiring.metrics());
    }

    CatalogHandler(
            Catalog items, CatalogFlow flow, DefinitionRegistry definitions, Metrics metrics) {
        this.flow = flow;
        this.stored = new StoredItemsApi(items, flow);
        this.definitions = new DefinitionsApi(definitions);
        this.metrics = metrics;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        Map<String, OperationHandler> operations = new HashMap<>(definitions.operations());
        operations.putAll(stored.operations());
        operations.put("putItem", request -> putOne(request.json(MAX_ITEM_BYTES)));
        operations.put("putItems", request -> putMany(request.json(MAX_ITEMS_BYTES).path("items")));
        operations.put("deleteItem", this::delete);
        return operations;
    }

    private HttpResponse putOne(JsonNode json) {
        Item item;
        try {
            item = ItemReader.read(json);
        } catch (InvalidItemException invalid) {
            throw problem(invalid).asException();
        }
        ArrayNode unembedded = JsonNodeFactory.instance.arrayNode();
        if (require(flow.put(List.of(item)).getFirst()) == ItemResult.UNEMBEDDED) {
            unembedded.add(0);
        }
        count(unembedded);
        return taken(1, JsonNodeFactory.instance.arrayNode(), unembedded);
    }

    private HttpResponse putMany(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw ProblemException.of(
                    400, "missing-items", "Send the items as a list: {\"items\": [\u2026]}.");
        }
        if (list.size() > CatalogFlow.MAX_ITEMS) {
            throw ProblemException.of(
                    400,
                    "too-many-items",
                    "The request has %,d items; the maximum is %,d. Send them in several requests."
                            .formatted(list.size(), CatalogFlow.MAX_ITEMS));
        }
        ArrayNode rejected = JsonNodeFactory.instance.arrayNode();
        List<Item> items = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            try {
                items.add(ItemReader.read(list.get(i)));
                indexes.add(i);
            } catch (InvalidItemException invalid) {
                reject(
                        rejected,
                        i,
                        list.get(i).path("itemId").asText(""),
                        invalid.code(),
                        sentence(invalid));
            }
        }
        return answer(flow.put(items), items, indexes, rejected);
    }

    private HttpResponse answer(
            List<ItemResult> results, List<Item> items, List<Integer> indexes, ArrayNode rejected) {
        int accepted = 0;
        ArrayNode notStored = JsonNodeFactory.instance.arrayNode();
        ArrayNode unembedded = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case ACCEPTED -> accepted++;
                case UNEMBEDDED -> {
                    accepted++;
                    unembedded.add(indexes.get(i));
                }
                case OLDER ->
                        reject(
                                rejected,
                                indexes.get(i),
                                items.get(i).itemId(),
                                "older-version",
                                OLDER);
                case UNAVAILABLE -> notStored.add(indexes.get(i));
            }
        }
        count(unembedded);
        if (notStored.isEmpty()) {
            return taken(accepted, rejected, unembedded);
        }
        Map<String, JsonNode> members =
                Map.of(
                        "notStored", notStored,
                        "accepted", JsonNodeFactory.instance.numberNode(accepted),
                        "rejected", rejected);
        throw new Problem(
                        503,
                        "items-not-stored",
                        "Some items could not be stored; send those in notStored again, the others"
                                + " are stored.",
                        members)
                .asException();
    }

    private HttpResponse delete(HttpRequest request) {
        require(
                flow.delete(
                        request.id(Identifier.ANY, "bad-item-id"),
                        request.query("version").map(CatalogHandler::version)));
        return HttpResponse.noContent();
    }

    private static long version(String text) {
        if (text.matches("[0-9]{1,19}")) {
            try {
                long version = Long.parseLong(text);
                if (version <= ItemReader.MAX_VERSION) {
                    return version;
                }
            } catch (NumberFormatException tooLarge) {
                throw badVersion();
            }
        }
        throw badVersion();
    }

    private static ProblemException badVersion() {
        return ProblemException.of(
                400, "bad-version", "version must be a whole number from 0 to 2^62.");
    }

    private static final String OLDER =
            "The catalogue has a higher version of this item, or another content under this"
                    + " version; send a version above it to change it.";

    /**
     * Returns the result of an item that is stored.
     *
     * @throws ProblemException 409 or 503 for another
     */
    static ItemResult require(ItemResult result) {
        return switch (result) {
            case ACCEPTED, UNEMBEDDED -> result;
            case OLDER -> throw ProblemException.of(409, "older-version", OLDER);
            case UNAVAILABLE ->
                    throw ProblemException.of(
                            503,
                            "store-unavailable",
                            "The item could not be stored; sending the request again is safe.");
        };
    }

    private void count(ArrayNode unembedded) {
        if (!unembedded.isEmpty()) {
            metrics.line().add(MetricName.ITEMS_WITHOUT_EMBEDDING, unembedded.size()).write();
        }
    }

    private static HttpResponse taken(int accepted, ArrayNode rejected, ArrayNode unembedded) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("accepted", accepted);
        body.set("rejected", rejected);
        if (!unembedded.isEmpty()) {
            body.set("unembedded", unembedded);
        }
        return HttpResponse.json(200, body);
    }

    private static void reject(
            ArrayNode rejected, int index, String itemId, String code, String detail) {
        ObjectNode rejection = rejected.addObject().put("index", index);
        if (!itemId.isEmpty() && itemId.length() <= Identifier.MAX_LENGTH) {
            rejection.put("itemId", itemId);
        }
        rejection.put("code", code).put("detail", detail);
    }

    static Problem problem(InvalidItemException invalid) {
        return new Problem(400, invalid.code(), sentence(invalid));
    }

    private static String sentence(InvalidItemException invalid) {
        return Optional.ofNullable(invalid.getMessage()).orElse("The item is not valid.");
    }
}
