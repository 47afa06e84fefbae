package dev.freshet.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.generator.Article;
import dev.freshet.generator.Newspaper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * HTTP handler that serves the newspaper's articles to the playground: {@code {"articles":[{itemId,
 * title, text, section, author, tags, publishedAt}]}}, ordered by id.
 */
final class NewspaperPage implements HttpHandler {
    private final byte[] contents;

    NewspaperPage(Newspaper paper) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode articles = json.putArray("articles");
        for (Article article : paper.articles()) {
            ObjectNode one = ItemWriter.write(article.item());
            one.put("section", one.path("attributes").path("section").asText());
            one.remove("attributes");
            one.remove("repeat");
            articles.add(one);
        }
        contents = json.toString().getBytes(StandardCharsets.UTF_8);
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
