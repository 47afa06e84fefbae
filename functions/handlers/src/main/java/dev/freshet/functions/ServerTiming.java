package dev.freshet.functions;

import dev.freshet.ranking.ReadStage;
import dev.freshet.recommend.Recommendations;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The response header {@code Server-Timing} of recommendations: the time of each stage, in
 * milliseconds with three decimals.
 *
 * @see <a href="https://www.w3.org/TR/server-timing/">Server Timing</a>
 */
final class ServerTiming {
    static final String HEADER = "Server-Timing";

    private ServerTiming() {}

    /** Returns the value of the header, such as {@code hydrate;dur=8.120, gather;dur=0.954}. */
    static String of(Recommendations answer) {
        Map<ReadStage, Duration> times = answer.trace().times();
        return Arrays.stream(ReadStage.values())
                .map(stage -> metric(stage, times.getOrDefault(stage, Duration.ZERO)))
                .collect(Collectors.joining(", "));
    }

    private static String metric(ReadStage stage, Duration time) {
        long micros = TimeUnit.NANOSECONDS.toMicros(time.toNanos());
        return String.format(
                Locale.ROOT, "%s;dur=%d.%03d", stage.wireName(), micros / 1_000, micros % 1_000);
    }
}
