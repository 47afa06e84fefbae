package dev.freshet.recommend;

import dev.freshet.ranking.policy.SplitMix64;
import java.util.random.RandomGenerator;

/**
 * The id of one response, 128 random bits. It is also the seed of the response's own randomness,
 * which can be replayed.
 */
record RecommendationId(long high, long low) {
    static RecommendationId draw(RandomGenerator random) {
        return new RecommendationId(random.nextLong(), random.nextLong());
    }

    /** Returns the id of {@link #toString}. */
    static RecommendationId parse(String text) {
        return new RecommendationId(
                Long.parseUnsignedLong(text.substring(0, 16), 16),
                Long.parseUnsignedLong(text.substring(16), 16));
    }

    RandomGenerator random() {
        return new SplitMix64(low);
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
