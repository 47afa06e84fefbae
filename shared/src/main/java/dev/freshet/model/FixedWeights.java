package dev.freshet.model;

import java.util.Map;

/** The numbers behind {@link BlendWeights}. */
final class FixedWeights {
    private FixedWeights() {}

    static Map<Signal, Float> of(Situation situation) {
        return switch (situation) {
            case THIN ->
                    Map.of(
                            Signal.LOG_TWO_HOURS, 0.4f,
                            Signal.LOG_TWELVE_HOURS, 0.3f,
                            Signal.LOG_THREE_DAYS, 0.2f,
                            Signal.LOG_TOGETHER, 0.3f,
                            Signal.NEXT, 0.3f,
                            Signal.CONTENT, 1.5f,
                            Signal.LOG_AGE, -0.2f,
                            Signal.UNMET, 2f,
                            Signal.LOG_COUNTRY_LONG, 0.2f,
                            Signal.FOLLOWED, 1f);
            case MEDIUM ->
                    Map.of(
                            Signal.LOG_TWO_HOURS, 0.3f,
                            Signal.LOG_TWELVE_HOURS, 0.3f,
                            Signal.LOG_THREE_DAYS, 0.2f,
                            Signal.LOG_TOGETHER, 0.4f,
                            Signal.NEXT, 0.3f,
                            Signal.CONTENT, 2.5f,
                            Signal.LOG_AGE, -0.2f,
                            Signal.UNMET, 2f,
                            Signal.LOG_COUNTRY_LONG, 0.1f,
                            Signal.FOLLOWED, 1f);
            case LONG ->
                    Map.of(
                            Signal.LOG_TWO_HOURS, 0.3f,
                            Signal.LOG_TWELVE_HOURS, 0.3f,
                            Signal.LOG_THREE_DAYS, 0.2f,
                            Signal.LOG_TOGETHER, 0.5f,
                            Signal.NEXT, 0.3f,
                            Signal.CONTENT, 3f,
                            Signal.LOG_AGE, -0.2f,
                            Signal.UNMET, 2f,
                            Signal.LOG_COUNTRY_LONG, 0.1f,
                            Signal.FOLLOWED, 1f);
        };
    }
}
