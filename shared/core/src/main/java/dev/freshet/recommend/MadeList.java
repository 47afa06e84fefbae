package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.RequestContext;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.policy.SplitMix64;
import dev.freshet.recommend.Recommendations.ReadTrace;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A list for a user with what the stages that made it left behind. */
record MadeList(
        RecommendationId id,
        ListPlan plan,
        RankedList list,
        ServedModel served,
        HydratedUser user,
        ReadTrace trace) {
    /**
     * The id of one response, 128 random bits. It is also the seed of the response's own
     * randomness, which can be replayed.
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
            return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
        }
    }

    RequestContext request() {
        return plan.context();
    }

    /** Returns the position of the first item, from 0. */
    int first() {
        ListCursor cursor = plan.cursor();
        return cursor == null ? 0 : cursor.first();
    }

    /** Returns the version of the model that ranked the list. */
    long modelVersion() {
        ListCursor cursor = plan.cursor();
        return cursor == null ? served.version() : cursor.modelVersion();
    }
}
