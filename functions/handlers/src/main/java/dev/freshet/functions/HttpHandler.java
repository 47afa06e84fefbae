package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Operations;
import dev.freshet.event.TraceId;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.functions.runtime.LogContext;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base class of the functions behind the REST API. It checks the caller before anything else
 * ({@link CallerCheck}). Every exception becomes a problem document: the response has a code and a
 * sentence, the log the id of the request and the place in the code ({@link
 * dev.freshet.functions.runtime.JsonLog}). Neither has an exception's message, which could quote a
 * user id.
 *
 * <p>Every response has the trace id of the request, if there is one, in the header {@value
 * #TRACE_HEADER}.
 */
public abstract class HttpHandler implements RequestStreamHandler {
    /** Response header with the trace id under which all logs have the request. */
    public static final String TRACE_HEADER = "Freshet-Trace-Id";

    private final Logger log = LoggerFactory.getLogger(getClass());

    /** Answers the requests of one operation. */
    @FunctionalInterface
    protected interface OperationHandler {
        /**
         * Answers one request of a caller who may call the operation. The implementation checks the
         * ids in the body and the query.
         *
         * @throws ProblemException to respond with a problem document
         * @throws InvalidQueryException which becomes a 400
         * @throws MalformedJsonException which becomes a 400
         * @throws StoreUnavailableException which becomes a 503
         */
        HttpResponse answer(HttpRequest request) throws Exception;
    }

    /** Returns the operations that this function answers, by their ids in the OpenAPI document. */
    protected abstract Map<String, OperationHandler> operations();

    /** Returns the ids of the operations that this function answers. */
    public final Set<String> operationIds() {
        return operations().keySet();
    }

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        String requestId = context == null ? "unknown" : context.getAwsRequestId();
        try (LogContext line = LogContext.of(this, context)) {
            HttpResponse response;
            Optional<TraceId> trace = Optional.empty();
            try {
                JsonNode event = HttpRequest.event(in);
                requestId = HttpRequest.requestId(event);
                line.request(requestId);
                trace = HttpRequest.trace(event);
                trace.ifPresent(line::trace);
                HttpRequest request =
                        HttpRequest.of(event, CallerCheck.caller(event), timeLeft(context));
                CallerCheck.check(request);
                response = handlerOf(request).answer(request);
            } catch (Exception thrown) {
                response = problem(thrown).toResponse(requestId);
            }
            traced(response, trace).write(out);
        }
    }

    private OperationHandler handlerOf(HttpRequest request) {
        return Operations.find(request.method(), request.resource())
                .map(operation -> operations().get(operation.id()))
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        405,
                                        "method-not-allowed",
                                        "The route does not have this method."));
    }

    private static HttpResponse traced(HttpResponse response, Optional<TraceId> trace) {
        return trace.map(id -> response.with(TRACE_HEADER, id.digits())).orElse(response);
    }

    private Problem problem(Exception thrown) {
        return switch (thrown) {
            case ProblemException known -> known.problem();
            case InvalidQueryException query -> new Problem(400, query.code(), detail(query));
            case MalformedJsonException json -> new Problem(400, json.code(), json.detail());
            case StoreUnavailableException store -> {
                log.warn("A store did not respond", store);
                yield new Problem(
                        503,
                        "store-unavailable",
                        "A store did not respond in time; sending the request again is safe.");
            }
            default -> {
                log.error("The request failed", thrown);
                yield new Problem(
                        500,
                        "internal-error",
                        "The request failed; sending it again is safe. Quote the instance when you"
                                + " report this.");
            }
        };
    }

    private static Duration timeLeft(Context context) {
        return Duration.ofMillis(context == null ? 29_000 : context.getRemainingTimeInMillis());
    }

    private static String detail(Exception thrown) {
        String message = thrown.getMessage();
        return message == null ? "The request is not valid." : message;
    }
}
