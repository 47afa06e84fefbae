package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freshet.functions.runtime.LogContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that is fed by a stream or the clock. What it throws fails the invocation; the log
 * gets classes and places of it, and Lambda, which prints whatever it is handed, the class alone.
 */
abstract class LoggedHandler implements RequestStreamHandler {
    private final Logger log = LoggerFactory.getLogger(getClass());

    /** An invocation failed; why is in the log. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(Throwable why) {
            super(why.getClass().getName(), null, false, false);
        }
    }

    /** Works one invocation off. */
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
}
