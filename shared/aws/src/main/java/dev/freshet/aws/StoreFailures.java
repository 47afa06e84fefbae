package dev.freshet.aws;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * The warnings of the log about stores that fail: the store, the operation of the SDK and the error
 * code, such as {@code The table of users is unavailable: getItem, AccessDeniedException}. Never a
 * message of the failure, which may quote an id of a user.
 *
 * <p>Of warnings that are equal, one is written in {@link #INTERVAL} by each function, so that an
 * outage under load does not fill the log.
 */
final class StoreFailures {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Most different warnings remembered; then all are forgotten, and may be repeated early. */
    static final int MAX_REMEMBERED = 256;

    private static final Logger LOG = LoggerFactory.getLogger(StoreFailures.class);
    private static final String SERVICES = "software.amazon.awssdk.services.";

    private final Map<String, Long> written = new HashMap<>();
    private final LongSupplier nanos;

    /**
     * Creates the warnings of a process that has written none.
     *
     * @param nanos the time, as {@link System#nanoTime} gives it
     */
    StoreFailures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Writes a warning about a call that failed, unless its caller gave it up. */
    void log(String store, Exception cause) {
        if (!(cause instanceof AbortedException || cause instanceof InterruptedException)) {
            log(store, operation(cause) + code(cause));
        }
    }

    /** Writes a warning and returns true, unless an equal one was written just now. */
    boolean log(String store, String failure) {
        String warning = "%s %s %s".formatted(MDC.get("function"), store, failure);
        synchronized (written) {
            long now = nanos.getAsLong();
            Long last = written.get(warning);
            if (last != null && now - last < INTERVAL.toNanos()) {
                return false;
            }
            if (written.size() >= MAX_REMEMBERED) {
                written.clear();
            }
            written.put(warning, now);
        }
        LOG.warn("{} is unavailable: {}", store, failure);
        return true;
    }

    /** Returns the method of the SDK's client that threw, and a comma; empty if none did. */
    private static String operation(Exception cause) {
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(SERVICES))
                .filter(frame -> frame.getClassName().contains(".Default"))
                .map(frame -> frame.getMethodName() + ", ")
                .findFirst()
                .orElse("");
    }

    /** Returns the error code of a service; else the class of the first cause. */
    private static String code(Exception thrown) {
        if (thrown instanceof AwsServiceException refused) {
            return AwsCalls.errorCode(refused).orElse("status " + refused.statusCode());
        }
        if (thrown instanceof JsonService.RefusedException refused) {
            return refused.code();
        }
        Throwable first = thrown;
        for (int depth = 0; depth < 10 && first.getCause() != null; depth++) {
            first = first.getCause();
        }
        return first.getClass().getSimpleName();
    }
}
