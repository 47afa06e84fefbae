package dev.freshet.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.demo.SimulatedSession.SessionScript;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A site of the demo as the API takes it: its items, {@value #USERS} users with their attributes,
 * and what they did without recommendations in the six days before a time. In the last day many
 * people look at {@value #FASHION} of the shop.
 *
 * @param events in the order of their times
 */
record ExampleSite(List<ObjectNode> items, List<ObjectNode> users, List<ObjectNode> events) {
    private static final int USERS = 500;

    /** The product that becomes a fashion. */
    private static final String FASHION = "product-0042";

    private static final Duration FASHION_SINCE = Duration.ofHours(24);
    private static final double FASHION_SHARE = 0.06;

    /** Time over which visits begin, within the seven days of events without a permit. */
    private static final Duration SPAN = Duration.ofDays(6);

    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(45);

    /** How many items a user glances at before taking one that does not attract. */
    private static final int GLANCES = 60;

    /**
     * Returns a site with so many events.
     *
     * @param end no visit begins within the hour before it; seconds count
     */
    static ExampleSite of(DemoWorld world, long seed, int events, Instant end) {
        Instant last = end.truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        GeneratedSite site = world.site(seed, USERS, last);
        RandomGenerator random = new SplittableRandom(seed);
        List<ObjectNode> all = new ArrayList<>();
        for (int visit = 0; all.size() < events; visit++) {
            all.addAll(visit(world, site, "visit-" + visit, last, random));
        }
        all.sort(Comparator.comparing(event -> event.path("occurredAt").asText()));
        return new ExampleSite(
                site.items().stream().map(each -> item(world, each.item())).toList(),
                site.users().stream().map(user -> user(world, site, user)).toList(),
                all.subList(0, events));
    }

    private static List<ObjectNode> visit(
            DemoWorld world, GeneratedSite site, String id, Instant last, RandomGenerator random) {
        SimulatedUser user = site.users().get(random.nextInt(USERS));
        Instant at = last.minusSeconds(random.nextLong(SPAN.toSeconds()));
        boolean fashion = at.isAfter(last.minus(FASHION_SINCE));
        SessionScript script = new SessionScript(id, user, "", at, BETWEEN_EVENTS);
        for (int clicks = 1 + random.nextInt(5); clicks > 0; clicks--) {
            GeneratedItem item = fashion ? site.item(FASHION) : null;
            if (item == null || random.nextDouble() >= FASHION_SHARE) {
                item = chosen(site, user, at, random);
            }
            script.onItem("click", item.item().itemId());
            world.afterClick(script, item, site.fit(user, item, at), random);
        }
        return script.events();
    }

    private static GeneratedItem chosen(
            GeneratedSite site, SimulatedUser user, Instant at, RandomGenerator random) {
        GeneratedItem item;
        int glances = 0;
        do {
            item = site.items().get(random.nextInt(site.items().size()));
        } while (++glances < GLANCES
                && random.nextDouble() >= site.clickProbability(user, item, 0, at));
        return item;
    }

    private static ObjectNode item(DemoWorld world, Item item) {
        ObjectNode json = ItemWriter.write(item);
        String address = "https://" + world + ".example.org/";
        ObjectNode attributes = json.withObjectProperty("attributes");
        attributes
                .put("url", address + item.itemId())
                .put("imageUrl", address + "images/" + item.itemId() + ".jpg");
        if (world == DemoWorld.SHOP) {
            attributes.put("brand", item.author());
        }
        return json;
    }

    private static ObjectNode user(DemoWorld world, GeneratedSite site, SimulatedUser user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("userId", user.userId());
        ObjectNode attributes = json.putObject("attributes");
        attributes.put("country", user.country()).put("profession", user.profession());
        if (world == DemoWorld.SHOP) {
            attributes.putArray("interests").add(site.favourite(user));
        }
        return json;
    }
}
