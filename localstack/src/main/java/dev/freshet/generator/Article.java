package dev.freshet.generator;

import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A generated article together with the ground truth that a recommender has to discover.
 *
 * @param item the catalogue entry
 * @param topic index in {@link Topic#ALL}
 * @param secondTopic index of a secondary topic, possibly equal to {@code topic}
 * @param quality 0.2 to 1: scales the click probability of users interested in the topic
 */
public record Article(Item item, int topic, int secondTopic, double quality) {
    /** Age at which the freshness of an article has halved; freshness never falls below a third. */
    static final Duration HALF_LIFE = Duration.ofHours(36);

    private static final double SECOND_TOPIC_SHARE = 0.3;

    /** Returns how well the article fits a user's preferences, 0 to 1. */
    double affinity(double[] preferences) {
        return (1 - SECOND_TOPIC_SHARE) * preferences[topic]
                + SECOND_TOPIC_SHARE * preferences[secondTopic];
    }

    /** Returns the freshness: 1 at publication, falling to a third with age. */
    double freshness(Instant now) {
        Instant published = Objects.requireNonNull(item.publishedAt());
        double halves =
                Math.max(0, Duration.between(published, now).toSeconds())
                        / (double) HALF_LIFE.toSeconds();
        return Math.max(1 / 3.0, StrictMath.pow(2, -halves));
    }
}
