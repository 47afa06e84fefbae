package dev.freshet.recommend;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The articles and preferences of {@link NewSite} and the probabilities of clicks that follow from
 * them, which a recommender has to discover. Topics are skewed: both articles and preferences
 * concentrate on the first few of them.
 */
final class NewSiteWorld {
    private static final int TOPICS = 8;
    private static final double FRESHNESS_HALF_LIFE_HOURS = 24;
    private static final double LEAST_FRESHNESS = 1 / 3.0;

    /** An article with what decides how attractive it is; quality is 0.2 to 1. */
    private record Article(int topic, double quality, Instant published) {}

    private final RandomGenerator random;
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Article> articles = new HashMap<>();

    NewSiteWorld(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the ids of all articles published so far. */
    List<String> ids() {
        return ids;
    }

    /** Returns random preferences by topic: one at 1, one more at 0.6, the others below 0.15. */
    double[] preferences() {
        double[] preferences = new double[TOPICS];
        for (int i = 0; i < TOPICS; i++) {
            preferences[i] = 0.15 * random.nextDouble();
        }
        preferences[topic()] = 0.6;
        preferences[topic()] = 1;
        return preferences;
    }

    /** Publishes an article and returns its catalogue record. */
    Example.ItemChanged publish(Instant at) {
        Article article = new Article(topic(), random.nextDouble(0.2, 1), at);
        String id = "article-" + ids.size();
        ids.add(id);
        articles.put(id, article);
        Map<Integer, Integer> terms = new HashMap<>(Map.of(article.topic, 1));
        for (int i = 0; i < 5; i++) {
            terms.merge(100 + 40 * article.topic + random.nextInt(40), 1, Integer::sum);
        }
        String author = "author-" + article.topic + random.nextInt(3);
        Item item = Examples.article(id, List.of("topic-" + article.topic), author, at);
        return new Example.ItemChanged(item, terms, at);
    }

    private int topic() {
        return (int) (random.nextDouble() * random.nextDouble() * TOPICS);
    }

    /** Returns the probability of a click on an article that a visitor examines. */
    double attraction(double[] preferences, String id, Instant now) {
        Article article = requireNonNull(articles.get(id));
        double hoursOld =
                Math.max(0, Duration.between(article.published, now).toSeconds() / 3_600.0);
        double freshness =
                Math.max(LEAST_FRESHNESS, StrictMath.pow(2, -hoursOld / FRESHNESS_HALF_LIFE_HOURS));
        return 0.02 + 0.5 * preferences[article.topic] * article.quality * freshness;
    }
}
