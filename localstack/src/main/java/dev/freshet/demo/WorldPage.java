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

/**
 * HTTP handler that serves a site's words and items to the playground: the members of its file of
 * words, and {@code "catalogue": [{itemId, title, text, section, author, tags, publishedAt, price,
 * stock, picture}]}, ordered by id. {@code picture} is a {@code data:} address; it and the two
 * before it are there for a shop.
 */
final class WorldPage implements HttpHandler {
    private final byte[] contents;

    WorldPage(DemoWorld world, GeneratedSite site) {
        ObjectNode json = world.words();
        ArrayNode catalogue = json.putArray("catalogue");
        for (GeneratedItem each : site.items()) {
            ObjectNode one = ItemWriter.write(each.item());
            one.setAll((ObjectNode) one.path("attributes"));
            one.remove("attributes");
            one.remove("repeat");
            world.picture(each.item()).ifPresent(svg -> one.put("picture", address(svg)));
            catalogue.add(one);
        }
        contents = json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String address(String svg) {
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, contents.length);
            exchange.getResponseBody().write(contents);
        }
    }
}
