package dev.freshet.bench.jmh;

import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.History;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A {@link World} in the form that the model reads: examples one second apart, histories, a
 * catalogue.
 */
final class Behaviour {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final String SHARD = "events/shardId-000000000000";
    private static final List<String> COUNTRIES = List.of("BR", "PT", "US", "DE", "FR", "IN");
    private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");
    private static final int TAGS = 200;
    private static final int AUTHORS = 1_000;
    private static final int WORDS = 20_000;
    private static final int WORDS_OF_ONE = 12;
    private static final int MAX_ROWS = 200;

    private final World world;

    Behaviour(World world) {
        this.world = world;
    }

    /**
     * Returns the examples of the interactions {@code from} (inclusive) to {@code to} (exclusive).
     */
    List<Example> examples(int from, int to) {
        List<Example> examples = new ArrayList<>(to - from);
        for (int n = from; n < to; n++) {
            examples.add(example(n, n));
        }
        return examples;
    }

    /**
     * Returns the example of interaction {@code n}, dated and numbered as interaction {@code turn}.
     */
    Example example(int n, long turn) {
        int user = world.user()[n];
        return new Example.Interaction(
                new ShardPosition(SHARD, BigInteger.valueOf(turn + 1)),
                new Pseudonym(user * 0x9E3779B97F4A7C15L),
                Target.item(name(world.item()[n])),
                EventType.VIEW,
                1,
                0,
                START.plusSeconds(turn),
                Context.of(
                        DEVICES.get(user % DEVICES.size()),
                        country(user),
                        (int) (turn / 3_600 % 24)));
    }

    static String country(int user) {
        return COUNTRIES.get(user % COUNTRIES.size());
    }

    static String device(int user) {
        return DEVICES.get(user % DEVICES.size());
    }

    /**
     * Returns the history of each user from the first {@code interactions}: the latest 200, newest
     * first.
     */
    Map<Integer, History> histories(int interactions, int maxUsers) {
        Map<Integer, List<History.Entry>> entries = new HashMap<>();
        for (int n = interactions - 1; n >= 0; n--) {
            int user = world.user()[n];
            if (!entries.containsKey(user) && entries.size() >= maxUsers) {
                continue;
            }
            List<History.Entry> own = entries.computeIfAbsent(user, key -> new ArrayList<>());
            if (own.size() < MAX_ROWS) {
                own.add(
                        new History.Entry(
                                "e" + n,
                                EventType.VIEW,
                                Target.item(name(world.item()[n])),
                                1,
                                0,
                                START.plusSeconds(n),
                                null));
            }
        }
        Map<Integer, History> histories = new HashMap<>();
        entries.forEach((user, own) -> histories.put(user, new History(own)));
        return histories;
    }

    /**
     * Returns a generated catalogue of all items, each with up to two tags, an author and the words
     * of a title.
     */
    List<Example> catalogue(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example> changes = new ArrayList<>(world.items());
        for (int item = 0; item < world.items(); item++) {
            Map<Integer, Integer> words = new HashMap<>();
            for (int n = 0; n < WORDS_OF_ONE; n++) {
                words.merge((int) (WORDS * Math.pow(random.nextDouble(), 3)), 1, Integer::sum);
            }
            changes.add(new Example.ItemChanged(item(item, random), words, START));
        }
        return Collections.unmodifiableList(changes);
    }

    private static Item item(int item, SplittableRandom random) {
        int topic = item / 100 % TAGS;
        return Item.of(
                name(item),
                1,
                Item.Content.of(
                                "article",
                                "The title of item " + item,
                                List.of("tag-" + topic, "tag-" + random.nextInt(TAGS)))
                        .published(
                                "author-" + random.nextInt(AUTHORS),
                                START.minusSeconds(random.nextInt(1_000_000))));
    }

    static String name(int item) {
        return "item-" + item;
    }
}
