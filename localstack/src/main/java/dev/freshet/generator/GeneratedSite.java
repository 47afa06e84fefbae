package dev.freshet.generator;

import dev.freshet.catalog.Item;
import dev.freshet.generator.Newspaper.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A generated catalogue with its users, and the ground truth of click probabilities. Items may be
 * added as time passes ({@link #appear}).
 *
 * <p>Users examine a list from the top: a position is examined with probability {@code 1 / (1 +
 * 0.15 · position)}. The probability of a click on an examined item depends on its fit, quality and
 * age. The parameters are not fitted to any site; with them a list ranked by the true preferences
 * gets about six times as many clicks as a random one.
 */
public final class GeneratedSite {
    private static final List<String> COUNTRIES =
            List.of("BR", "BR", "BR", "US", "US", "DE", "FR", "IN");
    private static final List<String> PROFESSIONS =
            List.of("teacher", "engineer", "nurse", "trader", "cook", "student");
    private static final double OTHER_PROFESSION = 0.3;

    /** Odd number that spreads seeds of neighbouring numbers (Steele et al. 2014). */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final double POSITION_DECAY = 0.15;
    private static final double BASE_ATTRACTION = 0.02;
    private static final double FIT_WEIGHT = 0.6;

    /** Maker of the items of a site, in the order of their numbers. */
    @FunctionalInterface
    interface ItemMaker {

        /**
         * Returns an item.
         *
         * @param random source of what the ground truth rests on
         * @param forText source of titles and texts
         */
        GeneratedItem make(int number, RandomGenerator random, RandomGenerator forText);
    }

    /**
     * Items that appear while the site is used.
     *
     * @param maker maker of the items, by the numbers that follow those of the first ones
     * @param start the site begins at this time
     * @param every time between two of them, from the start on
     * @param seed of every such item, together with its number
     */
    record LaterItems(ItemMaker maker, Instant start, Duration every, long seed) {}

    private final Map<String, GeneratedItem> byId = new ConcurrentHashMap<>();
    private final List<Topic> topics;
    private final List<SimulatedUser> users;
    private final @Nullable LaterItems later;
    private final int atFirst;
    private volatile List<GeneratedItem> items;

    private GeneratedSite(
            List<Topic> topics,
            List<GeneratedItem> items,
            List<SimulatedUser> users,
            @Nullable LaterItems later) {
        this.topics = topics;
        this.items = List.copyOf(items);
        this.users = List.copyOf(users);
        this.later = later;
        atFirst = items.size();
        for (GeneratedItem item : items) {
            byId.put(item.item().itemId(), item);
        }
    }

    /**
     * Generates a site.
     *
     * @param seed equal seeds and starts give equal sites
     * @param topics with their shares among the preferences of users
     * @param items number of items
     * @param users number of users, 1 to 100,000
     * @param start preferences begin to drift at this time
     * @param later items that appear later, or null for none
     */
    static GeneratedSite of(
            long seed,
            List<Topic> topics,
            int items,
            ItemMaker maker,
            int users,
            Instant start,
            @Nullable LaterItems later) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom forItems = random.split();
        SplittableRandom forUsers = random.split();
        SplittableRandom forProfessions = random.split();
        SplittableRandom forTexts = random.split();
        List<GeneratedItem> made = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            made.add(maker.make(i, forItems, forTexts));
        }
        List<SimulatedUser> people = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            people.add(user(i, topics, forUsers, forProfessions, start));
        }
        return new GeneratedSite(topics, made, people, later);
    }

    /** Returns numbers that differ from those of other seeds, and of neighbouring numbers. */
    public static SplittableRandom random(long seed, long number) {
        return new SplittableRandom(seed + GOLDEN * number);
    }

    /** Returns the items so far, in the order of their numbers. */
    public List<GeneratedItem> items() {
        return items;
    }

    /**
     * Adds the next item of those that appear while the site is used and returns it; empty if none
     * is due. What it is depends on the seed and its number alone. Safe for many threads.
     */
    public synchronized Optional<GeneratedItem> appear(Instant now) {
        int number = items.size();
        if (later == null
                || now.isBefore(
                        later.start.plus(later.every.multipliedBy(number - atFirst + 1L)))) {
            return Optional.empty();
        }
        SplittableRandom random = random(later.seed, number);
        GeneratedItem item = later.maker.make(number, random.split(), random.split());
        List<GeneratedItem> more = new ArrayList<>(items);
        more.add(item);
        byId.put(item.item().itemId(), item);
        items = List.copyOf(more);
        return Optional.of(item);
    }

    public List<SimulatedUser> users() {
        return users;
    }

    /** Returns the name of the topic that a user likes most at first. */
    public String favourite(SimulatedUser user) {
        return topics.get(strongest(user.early())).name();
    }

    public @Nullable GeneratedItem item(String itemId) {
        return byId.get(itemId);
    }

    /**
     * Returns the probability that the user clicks the item when a list shows it at the position.
     *
     * @param position from 0
     */
    public double clickProbability(
            SimulatedUser user, GeneratedItem item, int position, Instant now) {
        return attraction(user, item, now) / (1 + POSITION_DECAY * position);
    }

    /**
     * Returns how well the item fits the user's preferences at this time, 0 to 1; reading time and
     * likes depend on it.
     */
    public double fit(SimulatedUser user, GeneratedItem item, Instant now) {
        return item.affinity(user.preferences(now));
    }

    /**
     * Returns the probability of a click on the item once the user has examined it, from fit,
     * quality and age.
     */
    public double attraction(SimulatedUser user, GeneratedItem item, Instant now) {
        return BASE_ATTRACTION
                + FIT_WEIGHT * fit(user, item, now) * item.quality() * item.freshness(now);
    }

    private static SimulatedUser user(
            int number,
            List<Topic> topics,
            RandomGenerator random,
            RandomGenerator forProfession,
            Instant start) {
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        String device = random.nextDouble() < 0.6 ? "mobile" : "desktop";
        double[] early = preferences(topics, random);
        double[] late = early.clone();
        late[topicByShare(topics, random)] = 1;
        return new SimulatedUser(
                "user-%04d".formatted(number),
                country,
                device,
                profession(early, forProfession),
                early,
                late,
                Objects.requireNonNull(start));
    }

    /**
     * Returns the profession that goes with a user's first topic, or by a chance of {@value
     * #OTHER_PROFESSION} any.
     */
    private static String profession(double[] preferences, RandomGenerator random) {
        int first = strongest(preferences);
        boolean any = random.nextDouble() < OTHER_PROFESSION;
        int other = random.nextInt(PROFESSIONS.size());
        return PROFESSIONS.get(any ? other : first % PROFESSIONS.size());
    }

    private static int strongest(double[] preferences) {
        int first = 0;
        for (int topic = 1; topic < preferences.length; topic++) {
            first = preferences[topic] > preferences[first] ? topic : first;
        }
        return first;
    }

    /**
     * Returns random preferences: one topic at 1, up to two at 0.4 to 0.7, the others at 0.1 or
     * less.
     */
    private static double[] preferences(List<Topic> topics, RandomGenerator random) {
        double[] preferences = new double[topics.size()];
        for (int i = 0; i < preferences.length; i++) {
            preferences[i] = 0.1 * random.nextDouble();
        }
        int liked = 1 + random.nextInt(2);
        for (int i = 0; i < liked; i++) {
            preferences[topicByShare(topics, random)] = 0.4 + 0.3 * random.nextDouble();
        }
        preferences[topicByShare(topics, random)] = 1;
        return preferences;
    }

    private static int topicByShare(List<Topic> topics, RandomGenerator random) {
        double total = topics.stream().mapToDouble(Topic::share).sum();
        double at = random.nextDouble() * total;
        for (int i = 0; i < topics.size(); i++) {
            at -= topics.get(i).share();
            if (at < 0) {
                return i;
            }
        }
        return topics.size() - 1;
    }

    /**
     * A generated item together with the ground truth that a recommender has to discover.
     *
     * @param item the catalogue entry
     * @param topic index in the topics of its site
     * @param secondTopic index of a secondary topic, possibly equal to {@code topic}
     * @param quality 0.2 to 1: scales the click probability of users interested in the topic
     * @param halfLife age at which the freshness has halved; it never falls below a third
     */
    public record GeneratedItem(
            Item item, int topic, int secondTopic, double quality, Duration halfLife) {
        private static final double SECOND_TOPIC_SHARE = 0.3;

        /** Returns how well the item fits a user's preferences, 0 to 1. */
        double affinity(double[] preferences) {
            return (1 - SECOND_TOPIC_SHARE) * preferences[topic]
                    + SECOND_TOPIC_SHARE * preferences[secondTopic];
        }

        /** Returns the freshness: 1 at publication, falling to a third with age. */
        double freshness(Instant now) {
            Instant published = Objects.requireNonNull(item.publishedAt());
            double halves =
                    Math.max(0, Duration.between(published, now).toSeconds())
                            / (double) halfLife.toSeconds();
            return Math.max(1 / 3.0, StrictMath.pow(2, -halves));
        }
    }

    /**
     * A user whose preferences drift linearly from one mixture of topics to another.
     *
     * @param userId the user id that events carry
     * @param country country of residence, ISO 3166-1 alpha-2
     * @param device desktop or mobile
     * @param profession an attribute that goes with the early preferences more often than by chance
     * @param early preferences at {@code since}, by topic, each 0 to 1; the strongest is 1
     * @param late preferences from one {@link #DRIFT} after {@code since} on
     * @param since when the drift begins
     */
    public record SimulatedUser(
            String userId,
            String country,
            String device,
            String profession,
            double[] early,
            double[] late,
            Instant since) {
        /** Duration of the drift from the early to the late preferences. */
        public static final Duration DRIFT = Duration.ofMinutes(30);

        /** Returns the preferences at this time, by topic, each 0 to 1. */
        public double[] preferences(Instant now) {
            double progress = Duration.between(since, now).toMillis() / (double) DRIFT.toMillis();
            double w = Math.clamp(progress, 0, 1);
            double[] preferences = new double[early.length];
            for (int i = 0; i < preferences.length; i++) {
                preferences[i] = (1 - w) * early[i] + w * late[i];
            }
            return preferences;
        }
    }
}
