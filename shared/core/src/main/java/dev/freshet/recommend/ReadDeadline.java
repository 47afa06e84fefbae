package dev.freshet.recommend;

import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the time that the reads of one request may take together. */
final class ReadDeadline {
    private static final Logger LOG = LoggerFactory.getLogger(ReadDeadline.class);

    private final long start = System.nanoTime();
    private final long nanos;
    private final List<Future<?>> late = new ArrayList<>();

    /** Starts the time. */
    ReadDeadline(Duration budget) {
        nanos = budget.toNanos();
    }

    /**
     * Returns the result of a read, or a substitute where the read failed or did not end in time.
     *
     * @param what the name of the read
     * @param missing receives the name of a read without a result, followed by the reason: {@code
     *     -late}, {@code -busy}, {@code -unavailable} or {@code -failed}
     */
    <T> T await(Future<T> read, String what, T otherwise, List<String> missing) {
        try {
            long left = nanos - (System.nanoTime() - start);
            return read.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException spent) {
            late.add(read);
            missing.add(what + "-late");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            late.add(read);
            missing.add(what + "-late");
        } catch (ExecutionException failed) {
            missing.add(what + codeOf(what, failed.getCause()));
        }
        return otherwise;
    }

    /** Returns the reads that did not end in time. They go on. */
    List<Future<?>> late() {
        return List.copyOf(late);
    }

    private static String codeOf(String what, @Nullable Throwable cause) {
        return switch (cause) {
            case RejectedExecutionException busy -> "-busy";
            case StoreUnavailableException down -> {
                LOG.warn("The {} could not be read", what, down);
                yield "-unavailable";
            }
            case null, default -> {
                LOG.error("Reading the {} failed for a reason that is ours", what, cause);
                yield "-failed";
            }
        };
    }
}
