package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * An error of the API, as a problem document (RFC 9457). Its type is {@code about:blank}; programs
 * distinguish problems by {@code code}.
 *
 * @param status HTTP status, 400 to 599
 * @param code stable, in kebab case: {@code too-many-events}
 * @param detail one sentence for a person that says what to do; it names no user and no place in
 *     the code
 * @param extensions further members of the document
 */
public record Problem(int status, String code, String detail, Map<String, JsonNode> extensions) {
    /** The media type of error responses. */
    public static final String CONTENT_TYPE = "application/problem+json";

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem has a status from 400 to 599");
        }
        extensions = Map.copyOf(extensions);
    }

    public Problem(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    /** Returns an exception that {@link HttpHandler} answers with this problem. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /**
     * Returns the response for this problem.
     *
     * @param requestId the gateway's id of the request, which is also in the logs
     */
    public HttpResponse toResponse(String requestId) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail)
                .put("instance", requestId)
                .put("code", code);
        document.setAll(extensions);
        HttpResponse response = new HttpResponse(status, CONTENT_TYPE, Map.of(), document);
        return switch (status) {
            case 401 -> response.with("WWW-Authenticate", "Bearer");
            case 429, 503 -> response.with("Retry-After", "1");
            default -> response;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Conflict";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 429 -> "Too many requests";
            case 503 -> "Unavailable";
            case 504 -> "Timed out";
            default -> status < 500 ? "Bad request" : "Internal error";
        };
    }

    /**
     * Thrown to end a request with a problem, which {@link HttpHandler} turns into the response.
     */
    public static final class ProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        ProblemException(Problem problem) {
            super(problem.code(), null, false, false);
            this.problem = problem;
        }

        /**
         * Returns the exception that {@link HttpHandler} answers with a problem.
         *
         * @param status HTTP status
         * @param code stable, for programs
         * @param detail a sentence for people
         */
        static ProblemException of(int status, String code, String detail) {
            return new ProblemException(new Problem(status, code, detail));
        }

        /** Returns the problem. */
        public Problem problem() {
            return problem;
        }
    }
}
