package dev.freshet.generator;

import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * An article, with the truth about it that a recommender has to find out.
 *
 * @param item what the catalogue is told
 * @param topic index in {@link Topic#ALL}
 * @param secondTopic a section it touches too, or the same one
 * @param quality 0.2 to 1: how much readers of the topic like it
 */
public record Article(Item item, int topic, int secondTopic, double quality) {
    /**
     * After this long an article is worth half as much to a reader; it never falls below a third.
     */
    static final Duration HALF_LIFE = Duration.ofHours(36);

    private static final double SECOND_TOPIC_SHARE = 0.3;

    /** How well it fits a taste, 0 to 1. */
    double affinity(double[] taste) {
        return (1 - SECOND_TOPIC_SHARE) * taste[topic] + SECOND_TOPIC_SHARE * taste[secondTopic];
    }

    /** 1 when just published, falling to a third. */
    double freshness(Instant now) {
        Instant published = Objects.requireNonNull(item.publishedAt());
        double halves =
                Math.max(0, Duration.between(published, now).toSeconds())
                        / (double) HALF_LIFE.toSeconds();
        return Math.max(1 / 3.0, StrictMath.pow(2, -halves));
    }
}
