package dev.freshet.generator;

import java.time.Duration;
import java.time.Instant;

/**
 * A reader with a taste that drifts from one mixture of topics to another.
 *
 * @param readerId the id that events carry
 * @param country where the reader lives, alpha-2
 * @param device desktop or mobile
 * @param early the taste at {@code since}, by topic; the strongest is 1
 * @param late the taste one {@link #DRIFT} later and from then on
 * @param since when the drift begins
 */
public record SimulatedUser(
        String readerId,
        String country,
        String device,
        double[] early,
        double[] late,
        Instant since) {
    /** How long it takes for the early taste to become the late one. */
    public static final Duration DRIFT = Duration.ofMinutes(30);

    /** The taste at this time, by topic, each 0 to 1. */
    public double[] taste(Instant now) {
        double gone = Duration.between(since, now).toMillis() / (double) DRIFT.toMillis();
        double w = Math.clamp(gone, 0, 1);
        double[] taste = new double[early.length];
        for (int i = 0; i < taste.length; i++) {
            taste[i] = (1 - w) * early[i] + w * late[i];
        }
        return taste;
    }
}
