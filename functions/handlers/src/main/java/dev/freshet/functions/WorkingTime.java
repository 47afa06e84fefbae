package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time that Lambda gives. */
final class WorkingTime {
    private static final Duration UNTOLD = Duration.ofSeconds(60);
    private static final Duration MOST_RESERVE = Duration.ofSeconds(10);

    private WorkingTime() {}

    /**
     * How long new work may be begun: the time left less what is kept for ending it and answering,
     * a quarter of it and ten seconds at most. A function that is stopped instead answers nothing,
     * and all of its batch comes again.
     */
    static Duration workingTime(@Nullable Context context) {
        Duration left =
                context == null ? UNTOLD : Duration.ofMillis(context.getRemainingTimeInMillis());
        Duration quarter = left.dividedBy(4);
        return left.minus(quarter.compareTo(MOST_RESERVE) < 0 ? quarter : MOST_RESERVE);
    }
}
