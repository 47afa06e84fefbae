package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemPatch;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.functions.PageRequest.PageCursor;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.itemflow.CatalogFlow;
import dev.freshet.json.Identifier;
import java.util.Map;

/** Reads and changes stored items: {@code GET|PATCH /v1/items/{id}} and {@code GET /v1/items}. */
record StoredItemsApi(Catalog catalog, CatalogFlow flow) {
    private static final String LIST = "items";

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "getItem", request -> get(request.id(Identifier.ANY, "bad-item-id")),
                "listCatalogue", this::list,
                "patchItem", this::patch);
    }

    private HttpResponse get(String id) {
        Item item =
                catalog.get(id)
                        .filter(stored -> !stored.deleted())
                        .orElseThrow(StoredItemsApi::unknown);
        return HttpResponse.json(200, ItemWriter.write(item));
    }

    private HttpResponse list(HttpRequest request) {
        PageRequest asked = PageRequest.of(request, LIST);
        Catalog.Page page = catalog.page(asked.after().orElse(null), asked.count());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        page.items().forEach(item -> items.add(ItemWriter.write(item)));
        String last = page.last();
        if (last != null) {
            answer.put("next", PageCursor.of(LIST, last));
        }
        return HttpResponse.json(200, answer);
    }

    private HttpResponse patch(HttpRequest request) {
        String id = request.id(Identifier.ANY, "bad-item-id");
        JsonNode body = request.mergePatch(CatalogHandler.MAX_ITEM_BYTES);
        CatalogFlow.Stored stored;
        try {
            stored = flow.patch(id, ItemPatch.read(id, body)).orElseThrow(StoredItemsApi::unknown);
        } catch (InvalidItemException invalid) {
            throw CatalogHandler.problem(invalid).asException();
        }
        CatalogHandler.require(stored.result());
        return HttpResponse.json(200, ItemWriter.write(stored.item()));
    }

    private static ProblemException unknown() {
        return ProblemException.of(404, "unknown-item", "The catalogue has no item with this id.");
    }
}
