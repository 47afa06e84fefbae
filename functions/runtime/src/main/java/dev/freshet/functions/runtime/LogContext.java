package dev.freshet.functions.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.event.TraceId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The fields that every log line has during one invocation, including lines of threads that the
 * invocation starts: name of the function, id of the request, id of the trace. Closed when the
 * invocation ends.
 */
public final class LogContext implements AutoCloseable {
    static final String FUNCTION = "function";
    static final String REQUEST = "requestId";
    static final String TRACE = "traceId";

    private LogContext() {}

    /** Begins an invocation of a handler, with the request id that Lambda assigned. */
    public static LogContext of(Object handler, @Nullable Context context) {
        LogContext begun = of(nameOf(handler));
        if (context != null) {
            begun.request(context.getAwsRequestId());
        }
        return begun;
    }

    /** Begins an invocation of the function with this name. */
    public static LogContext of(String function) {
        MDC.put(FUNCTION, function);
        return new LogContext();
    }

    /** Replaces the request id, with the id that the gateway assigned. */
    public void request(String requestId) {
        MDC.put(REQUEST, requestId);
    }

    /** Sets the trace id. */
    public void trace(TraceId trace) {
        MDC.put(TRACE, trace.digits());
    }

    /** Returns the current fields by name. */
    public static Map<String, String> now() {
        Map<String, String> all = MDC.getCopyOfContextMap();
        return all == null ? Map.of() : all;
    }

    /** Returns the name of a function, {@code collect} for {@code CollectHandler}. */
    private static String nameOf(Object handler) {
        return handler.getClass().getSimpleName().replace("Handler", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        MDC.remove(FUNCTION);
        MDC.remove(REQUEST);
        MDC.remove(TRACE);
    }
}
