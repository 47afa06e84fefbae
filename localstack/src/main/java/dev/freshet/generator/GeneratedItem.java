package dev.freshet.generator;

import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

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
