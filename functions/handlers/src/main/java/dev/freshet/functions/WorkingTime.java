package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The part of an invocation's time in which new work may be started. */
final class WorkingTime {
    private static final Duration DEFAULT = Duration.ofSeconds(60);
    private static final Duration MAX_RESERVE = Duration.ofSeconds(10);

    private WorkingTime() {}

    /**
     * Returns the time within which new work may be started: the remaining time, less a reserve for
     * finishing it and responding, which is a quarter of it and at most ten seconds. A function
     * that is stopped at its timeout returns nothing, and its whole batch is delivered again.
     *
     * @param context if null, the remaining time is assumed to be 60 seconds
     */
    static Duration workingTime(@Nullable Context context) {
        Duration left =
                context == null ? DEFAULT : Duration.ofMillis(context.getRemainingTimeInMillis());
        Duration quarter = left.dividedBy(4);
        return left.minus(quarter.compareTo(MAX_RESERVE) < 0 ? quarter : MAX_RESERVE);
    }
}
