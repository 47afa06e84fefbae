package dev.freshet.bench.baseline;

import java.time.Instant;
import java.util.Arrays;

/**
 * Decayed popularity: event counts per item, halved every half-life. Ji, Sun, Zhang and Li, "A
 * Re-visit of the Popularity Baseline in Recommender Systems" (SIGIR 2020), show how much of the
 * published leads vanishes once popularity is counted at the time of the request.
 *
 * <p>Counts are kept as logarithms of forward decay (Cormode et al., ICDE 2009): no event is
 * processed twice, and no half-life is too short for a long stream. Learning costs O(1), scoring
 * O(items).
 */
final class DecayedPopularity implements Baseline {
    /** Score of an item without an event: finite, and below that of any item with one. */
    private static final float NEVER = -1e30f;

    private final double halfLifeSeconds;

    /** log₂ of Σ 2^(t / half-life). */
    private final double[] weights;

    /**
     * Creates a baseline.
     *
     * @param halfLifeSeconds above 0; infinite for counts that do not decay
     */
    DecayedPopularity(int items, double halfLifeSeconds) {
        if (!(halfLifeSeconds > 0)) {
            throw new IllegalArgumentException("a half-life must be positive: " + halfLifeSeconds);
        }
        this.halfLifeSeconds = halfLifeSeconds;
        weights = new double[items];
        Arrays.fill(weights, Double.NEGATIVE_INFINITY);
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        double now = age(request.at());
        for (int item = 0; item < scores.length; item++) {
            scores[item] = (float) Math.max(NEVER, weights[item] - now);
        }
    }

    @Override
    public void learn(FirstInteraction interaction) {
        double one = age(interaction.at());
        double sum = weights[interaction.item()];
        double higher = Math.max(one, sum);
        double difference = Math.min(one, sum) - higher;
        weights[interaction.item()] = higher + Math.log1p(Math.pow(2, difference)) / Math.log(2);
    }

    /** Returns a time in half-lives. */
    private double age(Instant at) {
        return (at.getEpochSecond() + at.getNano() / 1e9) / halfLifeSeconds;
    }
}
