package dev.freshet.generator;

import dev.freshet.attribute.AttributeValue;
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
 * A generated newspaper with its users, and the ground truth of click probabilities.
 *
 * <p>Users examine a list from the top: a position is examined with probability {@code 1 / (1 +
 * 0.15 · position)}. The probability of a click on an examined article depends on its fit, quality
 * and age. The parameters are not fitted to any site; with them a list ranked by the true
 * preferences gets about six times as many clicks as a random one.
 */
public final class Newspaper {
    public static final int ARTICLES = 600;

    private static final Duration ARCHIVE = Duration.ofDays(4);
    private static final List<String> COUNTRIES =
            List.of("BR", "BR", "BR", "US", "US", "DE", "FR", "IN");
    private static final List<String> PROFESSIONS =
            List.of("teacher", "engineer", "nurse", "trader", "cook", "student");
    private static final double OTHER_PROFESSION = 0.3;
    private static final double POSITION_DECAY = 0.15;
    private static final double BASE_ATTRACTION = 0.02;
    private static final double FIT_WEIGHT = 0.6;

    /**
     * Texts were once drawn from the same numbers as authors and qualities. So many numbers are
     * left out in their place, so that published measurements hold for the same articles.
     */
    private static final int UNUSED_DRAWS = 35;

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
     * Generates a newspaper.
     *
     * @param seed equal seeds and starts give equal newspapers
     * @param users number of users, 1 to 100,000
     * @param start articles are published in the four days before this time, and preferences begin
     *     to drift at it
     */
    public static Newspaper of(long seed, int users, Instant start) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom forArticles = random.split();
        SplittableRandom forUsers = random.split();
        SplittableRandom forProfessions = random.split();
        SplittableRandom forTexts = random.split();
        List<Article> articles = new ArrayList<>();
        for (int i = 0; i < ARTICLES; i++) {
            articles.add(article(i, forArticles, forTexts, start));
        }
        List<SimulatedUser> people = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            people.add(user(i, forUsers, forProfessions, start));
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
     * Returns the probability that the user clicks the article when a list shows it at the
     * position.
     *
     * @param position from 0
     */
    public double clickProbability(SimulatedUser user, Article article, int position, Instant now) {
        return attraction(user, article, now) / (1 + POSITION_DECAY * position);
    }

    /**
     * Returns how well the article fits the user's preferences at this time, 0 to 1; reading time
     * and likes depend on it.
     */
    public double fit(SimulatedUser user, Article article, Instant now) {
        return article.affinity(user.preferences(now));
    }

    /**
     * Returns the probability of a click on the article once the user has examined it, from fit,
     * quality and age.
     */
    public double attraction(SimulatedUser user, Article article, Instant now) {
        return BASE_ATTRACTION
                + FIT_WEIGHT * fit(user, article, now) * article.quality() * article.freshness(now);
    }

    private static Article article(
            int number, RandomGenerator random, RandomGenerator forText, Instant start) {
        int topic = random.nextInt(Topic.ALL.size());
        int second = random.nextInt(Topic.ALL.size());
        Topic section = Topic.ALL.get(topic);
        double age = random.nextDouble();
        Instant published = start.minusMillis((long) (age * age * ARCHIVE.toMillis()));
        String tag = section.tags().get(random.nextInt(section.tags().size()));
        Story story = Story.write(section, tag, Topic.ALL.get(second), forText);
        for (int draw = 0; draw < UNUSED_DRAWS; draw++) {
            random.nextInt();
        }
        List<String> tags = List.of(section.name(), tag, Topic.ALL.get(second).name());
        Item item =
                new Item(
                        "article-%03d".formatted(number),
                        1,
                        false,
                        "article",
                        null,
                        story.title(),
                        story.text(),
                        tags.stream().distinct().toList(),
                        section.name() + "-desk-" + (1 + random.nextInt(4)),
                        published,
                        Map.of("section", AttributeValue.of(section.name())),
                        List.of(),
                        Item.RepeatRule.NEVER,
                        List.of());
        return new Article(item, topic, second, 0.2 + 0.8 * random.nextDouble());
    }

    private static SimulatedUser user(
            int number, RandomGenerator random, RandomGenerator forProfession, Instant start) {
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        String device = random.nextDouble() < 0.6 ? "mobile" : "desktop";
        double[] early = preferences(random);
        double[] late = early.clone();
        late[topicByShare(random)] = 1;
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
        int first = 0;
        for (int topic = 1; topic < preferences.length; topic++) {
            first = preferences[topic] > preferences[first] ? topic : first;
        }
        boolean any = random.nextDouble() < OTHER_PROFESSION;
        int other = random.nextInt(PROFESSIONS.size());
        return PROFESSIONS.get(any ? other : first % PROFESSIONS.size());
    }

    /**
     * Returns random preferences: one topic at 1, up to two at 0.4 to 0.7, the others at 0.1 or
     * less.
     */
    private static double[] preferences(RandomGenerator random) {
        double[] preferences = new double[Topic.ALL.size()];
        for (int i = 0; i < preferences.length; i++) {
            preferences[i] = 0.1 * random.nextDouble();
        }
        int liked = 1 + random.nextInt(2);
        for (int i = 0; i < liked; i++) {
            preferences[topicByShare(random)] = 0.4 + 0.3 * random.nextDouble();
        }
        preferences[topicByShare(random)] = 1;
        return preferences;
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
