package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freshet.functions.runtime.LogContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base class of the functions that a stream or a schedule invokes. An exception fails the
 * invocation. The log has its class and stack frames; Lambda, which prints the message of whatever
 * is thrown, gets only the class name.
 */
abstract class LoggedHandler implements RequestStreamHandler {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(60);
    private static final Duration MAX_RESERVE = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(getClass());

    /** Thrown to fail an invocation whose cause has been logged. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(Throwable why) {
            super(why.getClass().getName(), null, false, false);
        }
    }

    /** Processes one invocation. */
    abstract void work(InputStream in, OutputStream out, @Nullable Context context)
            throws IOException;

    @Override
    public final void handleRequest(InputStream in, OutputStream out, @Nullable Context context) {
        LogContext lines = LogContext.of(this, context);
        try {
            work(in, out, context);
        } catch (IOException | RuntimeException thrown) {
            log.error("The invocation failed", thrown);
            throw new FailedException(thrown);
        } finally {
            lines.close();
        }
    }

    /**
     * Returns the time within which new work may be started: the remaining time, less a reserve for
     * finishing it and responding, which is a quarter of it and at most ten seconds. A function
     * that is stopped at its timeout returns nothing, and its whole batch is delivered again.
     *
     * @param context if null, the remaining time is assumed to be 60 seconds
     */
    static Duration workingTime(@Nullable Context context) {
        Duration left =
                context == null
                        ? DEFAULT_TIME
                        : Duration.ofMillis(context.getRemainingTimeInMillis());
        Duration quarter = left.dividedBy(4);
        return left.minus(quarter.compareTo(MAX_RESERVE) < 0 ? quarter : MAX_RESERVE);
    }
}
