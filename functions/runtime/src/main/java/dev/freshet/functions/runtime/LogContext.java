package dev.freshet.functions.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freshet.event.TraceId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What stands in every line of the log while one invocation is worked on, also in those of threads
 * that it starts: the function, the request's id, its trace. Closed when the invocation ends.
 */
public final class LogContext implements AutoCloseable {
    static final String FUNCTION = "function";
    static final String REQUEST = "requestId";
    static final String TRACE = "traceId";

    private LogContext() {}

    /** Begins an invocation of a handler, under the request id that Lambda gave it. */
    public static LogContext of(Object handler, @Nullable Context context) {
        LogContext begun = of(nameOf(handler));
        if (context != null) {
            begun.request(context.getAwsRequestId());
        }
        return begun;
    }

    /** Begins an invocation of the function of this name. */
    public static LogContext of(String function) {
        MDC.put(FUNCTION, function);
        return new LogContext();
    }

    /** Puts another request's id in its place: the gateway's. */
    public void request(String requestId) {
        MDC.put(REQUEST, requestId);
    }

    public void trace(TraceId trace) {
        MDC.put(TRACE, trace.digits());
    }

    /** What stands in every line now. */
    public static Map<String, String> now() {
        Map<String, String> all = MDC.getCopyOfContextMap();
        return all == null ? Map.of() : all;
    }

    /** {@code collect} for {@code CollectHandler}. */
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
