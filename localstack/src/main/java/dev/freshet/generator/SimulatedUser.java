package dev.freshet.generator;

import java.time.Duration;
import java.time.Instant;

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
