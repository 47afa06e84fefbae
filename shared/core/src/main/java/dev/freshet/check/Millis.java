package dev.freshet.check;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The precision of times that are stored, which the constructors of their records apply. */
public final class Millis {
    private Millis() {}

    /** Returns a time to the millisecond that it is in. */
    public static Instant of(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns a time to the millisecond that it is in; null where there is none. */
    public static @Nullable Instant ofNullable(@Nullable Instant time) {
        return time == null ? null : of(time);
    }
}
