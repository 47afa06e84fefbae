package dev.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.History;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.Signals;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes examples for tests, numbered along one shard, and models that learned them. */
public final class Examples {
    /** A Tuesday noon. */
    public static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final String shard;
    private long sequence;

    public Examples(String shard) {
        this.shard = shard;
    }

    public Examples() {
        this("events/shardId-000000000000");
    }

    /** Returns an empty model with a k-anonymity of this many people. */
    public static Model empty(int k) {
        return Model.empty(ModelSettings.DEFAULT.withKAnonymity(k));
    }

    /** Returns so many examples, each made from its number from 0. */
    public static List<Example> times(int count, IntFunction<? extends Example> example) {
        return IntStream.range(0, count).<Example>mapToObj(example).toList();
    }

    /** Returns the examples of all shards in a random order that keeps that of each shard. */
    public static List<Example> interleaved(List<List<Example>> shards, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int shard = 0; shard < shards.size(); shard++) {
            turns.addAll(Collections.nCopies(shards.get(shard).size(), shard));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[shards.size()];
        return turns.stream().map(shard -> shards.get(shard).get(next[shard]++)).toList();
    }

    public static Model learned(Model from, List<? extends Example> examples) {
        return Trainer.train(from, List.copyOf(examples)).model();
    }

    public static Model learned(Model from, Example... examples) {
        return learned(from, List.of(examples));
    }

    public static Model learned(List<? extends Example> examples) {
        return learned(Model.EMPTY, examples);
    }

    public static Model learned(Example... examples) {
        return learned(Model.EMPTY, List.of(examples));
    }

    /** Returns a model as it comes back from its snapshot. */
    public static Model reread(Model model) {
        return SnapshotCodec.decode(SnapshotCodec.encode(model));
    }

    public static void assertSameBytes(Model model, Model expected) {
        assertThat(SnapshotCodec.encode(model)).isEqualTo(SnapshotCodec.encode(expected));
    }

    /** Returns the ids of items in the order of their scores. */
    public static List<String> ids(Model model, ItemScores scores) {
        return Arrays.stream(scores.items()).mapToObj(model.items()::id).toList();
    }

    /** Returns the log odds of an item by the weights of a blend. */
    public static float score(BlendState blend, Signals signals, int item) {
        float[] weights = blend.weights(signals.bucket())[signals.itemClass(item)];
        float[] vector = signals.of(item);
        float score = 0;
        for (int at = 0; at < vector.length; at++) {
            score += weights[at] * vector[at];
        }
        return score;
    }

    /** Returns something that a user did with an item this long before noon. */
    public static History.Entry entry(
            String item, EventType type, double strength, Duration beforeNoon) {
        return new History.Entry(
                item + type, type, Target.item(item), strength, 0, NOON.minus(beforeNoon), null);
    }

    public ShardPosition next() {
        return new ShardPosition(shard, BigInteger.valueOf(++sequence));
    }

    public Example.Interaction interaction(long user, String item, Duration afterNoon) {
        return interaction(user, item, EventType.CLICK, 1f, afterNoon);
    }

    public Example.Interaction interaction(
            long user, String item, EventType type, float strength, Duration afterNoon) {
        return interaction(user, item, type, strength, 0, afterNoon);
    }

    public Example.Interaction interaction(
            long user,
            String item,
            EventType type,
            float strength,
            float value,
            Duration afterNoon) {
        Context noonInBrazil = Context.of("mobile", "BR", 12);
        return interaction(user, item, type, strength, value, afterNoon, noonInBrazil);
    }

    private Example.Interaction interaction(
            long user,
            String item,
            EventType type,
            float strength,
            float value,
            Duration afterNoon,
            Context context) {
        return new Example.Interaction(
                next(),
                new Pseudonym(user),
                Target.item(item),
                type,
                strength,
                value,
                NOON.plus(afterNoon),
                context);
    }

    public Example.Interaction interaction(long user, String item) {
        return interaction(user, item, Duration.ZERO);
    }

    /** Returns a click of a user in a country. */
    public Example.Interaction clickIn(String country, long user, String item, Duration afterNoon) {
        Context context = Context.of("mobile", country, 12);
        return interaction(user, item, EventType.CLICK, 1, 0, afterNoon, context);
    }

    /** Returns a rating, whose strength is its stars minus 2.5. */
    public Example.Interaction rated(long user, String item, float stars, Duration afterNoon) {
        Context unknown = Context.UNKNOWN;
        return interaction(user, item, EventType.RATING, stars - 2.5f, stars, afterNoon, unknown);
    }

    public Example.Retraction takenBack(Example.Interaction interaction) {
        return new Example.Retraction(next(), interaction);
    }

    public Example.Merge merge(long from, long into) {
        return new Example.Merge(next(), new Pseudonym(from), new Pseudonym(into), List.of());
    }

    public Example.Forget forget(long user) {
        return new Example.Forget(next(), new Pseudonym(user));
    }

    public static Example.ItemChanged item(
            String id, long version, List<String> tags, Integer... terms) {
        Map<Integer, Integer> frequencies = new HashMap<>();
        for (Integer term : terms) {
            frequencies.merge(term, 1, Integer::sum);
        }
        Item item =
                new Item(
                        id,
                        version,
                        false,
                        Item.Content.of("article", "Title of " + id, tags)
                                .published("author-" + id.length(), NOON)
                                .with(
                                        Map.of(
                                                "section", AttributeValue.of("news"),
                                                "paid", AttributeValue.of(false),
                                                "price", AttributeValue.of(9.5 + version),
                                                "colours",
                                                        AttributeValue.of(List.of("red", "blue")))),
                        List.of(new Item.Availability(Set.of("BR", "PT"), NOON, null)),
                        new Item.RepeatRule.After(Duration.ofDays(3)),
                        Embedding.NONE);
        return new Example.ItemChanged(item, frequencies, NOON);
    }

    /** Returns an article without text and attributes. */
    public static Item article(
            String id, List<String> tags, @Nullable String author, @Nullable Instant publishedAt) {
        String title = "Title of " + id;
        return Item.of(
                id, 1, Item.Content.of("article", title, tags).published(author, publishedAt));
    }

    /** Returns an item with an embedding vector. */
    public static Example.ItemChanged with(Embedding embedding, Example.ItemChanged changed) {
        return new Example.ItemChanged(
                changed.item().with(embedding), changed.terms(), changed.putAt());
    }

    private static Embedding embedding(RandomGenerator random) {
        float[] vector = new float[2 + random.nextInt(3)];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = random.nextFloat() - 0.5f;
        }
        return Embedding.of("model-" + random.nextInt(4), vector);
    }

    public static Example.ItemChanged deleted(String id, long version) {
        return new Example.ItemChanged(Item.tombstone(id, version), Map.of(), NOON);
    }

    /**
     * Returns a sequence of examples of every kind, mostly interactions and ratings of 40 users
     * with 60 items over ten days.
     */
    public List<Example> mixed(RandomGenerator random, int count) {
        List<Example> examples = new ArrayList<>();
        List<Example.Interaction> interactions = new ArrayList<>();
        Duration after = Duration.ZERO;
        for (int i = 0; i < count; i++) {
            after = after.plusSeconds(random.nextInt(864_000 / count * 2));
            int dice = random.nextInt(100);
            String item = "item-" + random.nextInt(60);
            if (dice < 5) {
                Example.ItemChanged changed =
                        item(
                                item,
                                i,
                                List.of("tag-" + random.nextInt(4)),
                                random.nextInt(30),
                                random.nextInt(30));
                examples.add(random.nextInt(3) == 0 ? changed : with(embedding(random), changed));
            } else if (dice < 6) {
                examples.add(deleted(item, i));
            } else if (dice < 10 && !interactions.isEmpty()) {
                examples.add(takenBack(interactions.remove(random.nextInt(interactions.size()))));
            } else if (dice < 11) {
                examples.add(merge(random.nextInt(40), random.nextInt(40)));
            } else if (dice < 12) {
                examples.add(forget(random.nextInt(40)));
            } else if (dice < 40) {
                float stars = random.nextInt(1, 11) / 2f;
                Example.Interaction one = rated(random.nextInt(40), item, stars, after);
                interactions.add(one);
                examples.add(one);
            } else {
                EventType type = dice < 20 ? EventType.HIDE : EventType.CLICK;
                float strength = dice < 20 ? -1 : random.nextFloat(0.1f, 3);
                Example.Interaction one =
                        interaction(random.nextInt(40), item, type, strength, after);
                interactions.add(one);
                examples.add(one);
            }
        }
        return examples;
    }
}
