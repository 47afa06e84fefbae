package dev.freshet.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.generator.GeneratedItem;
import dev.freshet.generator.GeneratedSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * HTTP handler that serves a site's words and items to the playground: the members of its file of
 * words, and {@code "catalogue": [{itemId, title, text, section, author, tags, publishedAt, price,
 * stock, picture}]}, ordered by id. {@code picture} is a {@code data:} address; it and the two
 * before it are there for a shop.
 */
final class WorldPage implements HttpHandler {
    private final DemoWorld world;
    private final GeneratedSite site;
    private int written;
    private byte[] contents = {};

    WorldPage(DemoWorld world, GeneratedSite site) {
        this.world = world;
        this.site = site;
    }

    /** Returns the page with the items so far, made anew where there are more than before. */
    private synchronized byte[] contents() {
        List<GeneratedItem> items = site.items();
        if (items.size() == written) {
            return contents;
        }
        written = items.size();
        ObjectNode json = world.words();
        json.remove(DemoWorld.REASON_TEXTS);
        ArrayNode catalogue = json.putArray("catalogue");
        for (GeneratedItem each : items) {
            ObjectNode one = ItemWriter.write(each.item());
            one.setAll((ObjectNode) one.path("attributes"));
            one.remove("attributes");
            one.remove("repeat");
            world.picture(each.item()).ifPresent(svg -> one.put("picture", address(svg)));
            catalogue.add(one);
        }
        contents = json.toString().getBytes(StandardCharsets.UTF_8);
        return contents;
    }

    private static String address(String svg) {
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = contents();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
