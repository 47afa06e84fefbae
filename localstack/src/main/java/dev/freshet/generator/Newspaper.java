package dev.freshet.generator;

import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The whole made-up world, and the one place that knows the truth about clicks.
 *
 * <p>Readers look at a list from the top: a position is examined with probability {@code 1 / (1 +
 * 0.15 · position)}. What is examined is clicked by fit, quality and age. The numbers are not
 * fitted to any site; they make a list of perfect taste about six times as good as a random one.
 */
public final class Newspaper {
    public static final int ARTICLES = 600;

    private static final Duration ARCHIVE = Duration.ofDays(4);
    private static final List<String> COUNTRIES =
            List.of("BR", "BR", "BR", "US", "US", "DE", "FR", "IN");
    private static final double POSITION_COST = 0.15;
    private static final double CURIOSITY = 0.02;
    private static final double APPETITE = 0.6;

    private final List<Article> articles;
    private final Map<String, Article> byId;
    private final List<SimulatedUser> users;

    private Newspaper(List<Article> articles, List<SimulatedUser> users) {
        this.articles = List.copyOf(articles);
        this.users = List.copyOf(users);
        this.byId = new HashMap<>();
        for (Article article : articles) {
            byId.put(article.item().itemId(), article);
        }
    }

    /**
     * Makes a world.
     *
     * @param seed the same seed and start give the same world
     * @param users how many readers, 1 to 100,000
     * @param start articles were published in the four days before it; tastes begin to drift at it
     */
    public static Newspaper of(long seed, int users, Instant start) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom forArticles = random.split();
        SplittableRandom forUsers = random.split();
        List<Article> articles = new ArrayList<>();
        for (int i = 0; i < ARTICLES; i++) {
            articles.add(article(i, forArticles, start));
        }
        List<SimulatedUser> people = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            people.add(user(i, forUsers, start));
        }
        return new Newspaper(articles, people);
    }

    public List<Article> articles() {
        return articles;
    }

    public List<SimulatedUser> users() {
        return users;
    }

    public @Nullable Article article(String itemId) {
        return byId.get(itemId);
    }

    /**
     * The probability that this reader clicks this article when a list shows it at this position.
     *
     * @param position from 0
     */
    public double clickProbability(SimulatedUser user, Article article, int position, Instant now) {
        return attraction(user, article, now) / (1 + POSITION_COST * position);
    }

    /**
     * How well the article fits the reader's taste now, 0 to 1: what reading time and likes follow.
     */
    public double fit(SimulatedUser user, Article article, Instant now) {
        return article.affinity(user.taste(now));
    }

    /** The probability of a click once the reader has looked: fit, quality and age. */
    public double attraction(SimulatedUser user, Article article, Instant now) {
        return CURIOSITY
                + APPETITE * fit(user, article, now) * article.quality() * article.freshness(now);
    }

    private static Article article(int number, RandomGenerator random, Instant start) {
        TextWriter writer = new TextWriter(random);
        int topic = random.nextInt(Topic.ALL.size());
        int second = random.nextInt(Topic.ALL.size());
        Topic section = Topic.ALL.get(topic);
        double age = random.nextDouble();
        Instant published = start.minusMillis((long) (age * age * ARCHIVE.toMillis()));
        List<String> tags =
                List.of(section.name(), writer.pick(section.tags()), Topic.ALL.get(second).name());
        Item item =
                new Item(
                        "article-%03d".formatted(number),
                        1,
                        false,
                        "article",
                        null,
                        writer.title(section),
                        writer.paragraph(section, Topic.ALL.get(second)),
                        tags.stream().distinct().toList(),
                        section.name() + "-desk-" + (1 + random.nextInt(4)),
                        published,
                        Map.of("section", section.name()),
                        List.of(),
                        Item.RepeatRule.NEVER,
                        List.of());
        return new Article(item, topic, second, 0.2 + 0.8 * random.nextDouble());
    }

    private static SimulatedUser user(int number, RandomGenerator random, Instant start) {
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        String device = random.nextDouble() < 0.6 ? "mobile" : "desktop";
        double[] early = taste(random);
        double[] late = early.clone();
        late[topicByShare(random)] = 1;
        return new SimulatedUser(
                "reader-%04d".formatted(number),
                country,
                device,
                early,
                late,
                Objects.requireNonNull(start));
    }

    /** One topic loved, one or two liked, the rest at a tenth or less. */
    private static double[] taste(RandomGenerator random) {
        double[] taste = new double[Topic.ALL.size()];
        for (int i = 0; i < taste.length; i++) {
            taste[i] = 0.1 * random.nextDouble();
        }
        int liked = 1 + random.nextInt(2);
        for (int i = 0; i < liked; i++) {
            taste[topicByShare(random)] = 0.4 + 0.3 * random.nextDouble();
        }
        taste[topicByShare(random)] = 1;
        return taste;
    }

    private static int topicByShare(RandomGenerator random) {
        double total = Topic.ALL.stream().mapToDouble(Topic::share).sum();
        double at = random.nextDouble() * total;
        for (int i = 0; i < Topic.ALL.size(); i++) {
            at -= Topic.ALL.get(i).share();
            if (at < 0) {
                return i;
            }
        }
        return Topic.ALL.size() - 1;
    }
}
