package dev.freshet.examplesite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.generator.GeneratedItem;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The newspaper of the demo with 500 users who read what they like: each visit is a click, the time
 * spent reading, and sometimes a like.
 */
final class PaperSite {
    static final int USERS = 500;

    /** How many articles a user glances at before clicking none. */
    private static final int GLANCES = 60;

    private PaperSite() {}

    /** Returns the newspaper with so many events, which end an hour before {@code end}. */
    static ExampleSite of(long seed, int events, Instant end) {
        GeneratedSite paper = Newspaper.of(seed, USERS, end.minus(Duration.ofHours(1)));
        RandomGenerator random = new SplittableRandom(seed);
        EventLines lines = new EventLines(end, random);
        while (lines.size() < events) {
            SimulatedUser user = paper.users().get(random.nextInt(USERS));
            EventLines.Session session = lines.session(user.userId(), user.country());
            for (int clicks = 1 + random.nextInt(5); clicks > 0; clicks--) {
                read(paper, user, session, random);
            }
        }
        List<ObjectNode> items = new ArrayList<>();
        paper.items().forEach(article -> items.add(item(article.item())));
        List<ObjectNode> users = new ArrayList<>();
        paper.users().forEach(user -> users.add(user(user)));
        return new ExampleSite(items, users, lines.sorted(events));
    }

    private static void read(
            GeneratedSite paper,
            SimulatedUser user,
            EventLines.Session session,
            RandomGenerator random) {
        for (int glance = 0; glance < GLANCES; glance++) {
            GeneratedItem article = paper.items().get(random.nextInt(Newspaper.ARTICLES));
            String id = article.item().itemId();
            double chance = paper.clickProbability(user, article, 0, session.at());
            if (random.nextDouble() < chance) {
                double fit = paper.fit(user, article, session.at());
                session.add("click", id);
                session.add("dwell", id).put("value", 5 + (int) (fit * random.nextInt(240)));
                if (random.nextDouble() < fit / 4) {
                    session.add("like", id);
                }
                return;
            }
        }
    }

    private static ObjectNode item(Item article) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("itemId", article.itemId())
                .put("type", article.type())
                .put("title", article.title())
                .put("text", article.text())
                .put("author", article.author())
                .put("publishedAt", Objects.requireNonNull(article.publishedAt()).toString());
        article.tags().forEach(item.putArray("tags")::add);
        String address = "https://paper.example.org/" + article.itemId();
        item.putObject("attributes")
                .put("section", article.tags().getFirst())
                .put("url", address)
                .put("imageUrl", address + ".jpg");
        return item;
    }

    private static ObjectNode user(SimulatedUser reader) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("userId", reader.userId());
        user.putObject("attributes")
                .put("country", reader.country())
                .put("profession", reader.profession());
        return user;
    }
}
