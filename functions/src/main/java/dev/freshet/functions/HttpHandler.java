package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.MalformedJsonException;
import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.query.InvalidQueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function behind the REST API. Whatever is thrown becomes a problem document: the caller learns
 * the code and a sentence, the log the request's id and where in the code it happened, neither of
 * them a message that could quote a reader.
 */
public abstract class HttpHandler implements RequestStreamHandler {
    private static final int MAX_FRAMES = 12;

    private final Logger log = LoggerFactory.getLogger(getClass());

    /**
     * Answers one request.
     *
     * @throws ProblemException to end with a problem document
     * @throws InvalidQueryException which becomes a 400
     * @throws MalformedJsonException which becomes a 400
     * @throws StoreUnavailableException which becomes a 503
     */
    protected abstract HttpResponse answer(HttpRequest request) throws Exception;

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        String requestId = context == null ? "unknown" : context.getAwsRequestId();
        HttpResponse response;
        try {
            JsonNode event = HttpRequest.event(in);
            requestId = HttpRequest.requestId(event);
            response = answer(HttpRequest.of(event, timeLeft(context)));
        } catch (Exception thrown) {
            response = problem(thrown, requestId).toResponse(requestId);
        }
        response.write(out);
    }

    private Problem problem(Exception thrown, String requestId) {
        return switch (thrown) {
            case ProblemException known -> known.problem();
            case InvalidQueryException query -> new Problem(400, query.code(), said(query));
            case MalformedJsonException json -> new Problem(400, json.code(), json.detail());
            case StoreUnavailableException store -> {
                log.warn("request {}: a store did not answer: {}", requestId, trace(store));
                yield new Problem(
                        503,
                        "store-unavailable",
                        "A store did not answer in time; sending the request again is safe.");
            }
            default -> {
                log.error("request {} failed: {}", requestId, trace(thrown));
                yield new Problem(
                        500,
                        "internal-error",
                        "The request could not be answered; sending it again is safe. Quote the"
                                + " instance when you report this.");
            }
        };
    }

    private static Duration timeLeft(Context context) {
        return Duration.ofMillis(context == null ? 29_000 : context.getRemainingTimeInMillis());
    }

    private static String said(Exception thrown) {
        String message = thrown.getMessage();
        return message == null ? "The request cannot be read." : message;
    }

    /** Classes and places, innermost cause last; no messages. */
    private static String trace(Throwable thrown) {
        StringBuilder trace = new StringBuilder();
        int causes = 0;
        for (Throwable cause = thrown; cause != null && causes < 5; cause = cause.getCause()) {
            trace.append(causes++ == 0 ? "" : " caused by ").append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                trace.append(" < ").append(frames[i]);
            }
        }
        return trace.toString();
    }
}
