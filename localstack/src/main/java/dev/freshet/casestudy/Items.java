package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The catalogue as far as the log of actions knows it: the ids of articles, and the first action
 * about each, which stands for its publication. There are no titles, texts and tags.
 */
final class Items {
    private static final int BATCH = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Items() {}

    /**
     * Puts articles into the catalogue.
     *
     * @param published time of publication by id
     * @throws CommandException if they are not accepted
     */
    static void put(FreshetClient client, Map<String, Instant> published) {
        List<String> ids = new ArrayList<>(published.keySet());
        for (int from = 0; from < ids.size(); from += BATCH) {
            ObjectNode body = JSON.createObjectNode();
            ArrayNode items = body.putArray("items");
            for (String id : ids.subList(from, Math.min(from + BATCH, ids.size()))) {
                items.addObject()
                        .put("itemId", id)
                        .put("type", "article")
                        .put("publishedAt", String.valueOf(published.get(id)));
            }
            ApiResponse answer = client.post("/v1/items", body);
            if (!answer.ok() || !answer.body().path("rejected").isEmpty()) {
                throw new CommandException(
                        "The catalogue was not accepted: "
                                + answer.problem()
                                + answer.body().path("rejected"));
            }
        }
    }
}
