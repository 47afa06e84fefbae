package dev.freshet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API refused a request, failed, or did not answer. Programs go by {@link #code()}, people by
 * the message.
 */
public final class FreshetProblem extends RuntimeException {
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FAILED = 500;

    private final int status;
    private final String code;
    private final transient JsonNode problem;
    private final Duration retryAfter;
    private final @Nullable String traceId;

    FreshetProblem(
            int status,
            String code,
            String detail,
            JsonNode problem,
            Duration retryAfter,
            @Nullable String traceId) {
        super((status == 0 ? "no answer" : Integer.toString(status)) + " " + code + ": " + detail);
        this.status = status;
        this.code = code;
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.traceId = traceId;
    }

    /** There was no answer in time. */
    static FreshetProblem noAnswer(String what, @Nullable Throwable cause) {
        FreshetProblem problem =
                new FreshetProblem(
                        0,
                        "no-answer",
                        cause == null ? what : what + ": " + cause,
                        MissingNode.getInstance(),
                        Duration.ZERO,
                        null);
        problem.initCause(cause);
        return problem;
    }

    /** Returns the status of the response, or 0 where there was none in time. */
    public int status() {
        return status;
    }

    /** Returns the code of the problem; {@code no-answer} where there was no response in time. */
    public String code() {
        return code;
    }

    /** Returns the whole problem document (RFC 9457), or a missing node. */
    public JsonNode problem() {
        return problem;
    }

    /** Returns for how long the API asked to wait; zero where it did not. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Returns the name of the request in the logs of the stack. */
    public Optional<String> traceId() {
        return Optional.ofNullable(traceId);
    }

    /**
     * Returns whether the same request may succeed later: it was not answered, came too often, or
     * the API failed.
     */
    public boolean isTemporary() {
        return status == 0
                || status == TIMED_OUT
                || status == TOO_MANY_REQUESTS
                || status >= FAILED;
    }
}
