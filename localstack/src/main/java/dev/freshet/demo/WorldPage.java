package dev.freshet.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.local.host.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Route that serves a site's words and items to the playground: the members of its file of words,
 * and {@code "catalogue": [{itemId, title, text, section, author, tags, publishedAt, price, stock,
 * picture}]}, ordered by id. {@code picture} is a {@code data:} address; it and the two before it
 * are there for a shop.
 */
final class WorldPage {
    private final DemoWorld world;
    private final GeneratedSite site;
    private final Supplier<Optional<String>> otherSite;
    private int written;
    private Optional<String> linked = Optional.empty();
    private HttpReply page = HttpReply.json(200, JsonNodeFactory.instance.objectNode());

    /**
     * Creates the page.
     *
     * @param otherSite returns the address of another site that is shown now, if there is one
     */
    WorldPage(DemoWorld world, GeneratedSite site, Supplier<Optional<String>> otherSite) {
        this.world = world;
        this.site = site;
        this.otherSite = otherSite;
    }

    /**
     * Returns the page with the items so far, made anew where there are more than before or another
     * site is shown beside it.
     */
    synchronized HttpReply reply() {
        List<GeneratedItem> items = site.items();
        Optional<String> address = otherSite.get();
        if (items.size() == written && address.equals(linked)) {
            return page;
        }
        written = items.size();
        linked = address;
        ObjectNode json = world.words();
        json.remove(DemoWorld.REASON_TEXTS);
        address.ifPresent(link -> json.put("otherSiteAt", link));
        ArrayNode catalogue = json.putArray("catalogue");
        for (GeneratedItem each : items) {
            ObjectNode one = ItemWriter.write(each.item());
            one.setAll((ObjectNode) one.path("attributes"));
            one.remove("attributes");
            one.remove("repeat");
            world.picture(each.item()).ifPresent(svg -> one.put("picture", address(svg)));
            catalogue.add(one);
        }
        page = HttpReply.json(200, json);
        return page;
    }

    private static String address(String svg) {
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
