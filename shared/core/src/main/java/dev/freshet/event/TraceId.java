package dev.freshet.event;

import static dev.freshet.check.Check.require;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a request in all logs, from the API to the version of the model: 32 hexadecimal digits,
 * lower case, not all 0. It identifies no user and is never part of a key, because a client that
 * sends its events again sends them with another trace id.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#trace-id">W3C Trace Context</a>
 */
public record TraceId(String digits) {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{32}");
    private static final String NONE = "0".repeat(32);
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern XRAY_ROOT =
            Pattern.compile("(?:^|;)\\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)");

    public TraceId {
        require(valid(digits), "a trace id has 32 hexadecimal digits, not all 0");
    }

    /** Returns the trace id of a {@code traceparent} header, or empty if it is malformed. */
    public static Optional<TraceId> ofTraceparent(String header) {
        Matcher parts = TRACEPARENT.matcher(header.strip());
        return parts.matches() && !header.strip().startsWith("ff")
                ? of(parts.group(1))
                : Optional.empty();
    }

    /**
     * Returns the root of an {@code X-Amzn-Trace-Id} header in the form of W3C, which has no
     * hyphens, or empty if it is malformed.
     */
    public static Optional<TraceId> ofXray(String header) {
        Matcher root = XRAY_ROOT.matcher(header);
        return root.find() ? of(root.group(1) + root.group(2)) : Optional.empty();
    }

    /** Returns the trace id made of a request's id, or empty if the request id is not a UUID. */
    public static Optional<TraceId> ofRequest(String requestId) {
        return requestId.length() == 36
                ? of(requestId.replace("-", "").toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static Optional<TraceId> of(String digits) {
        return valid(digits) ? Optional.of(new TraceId(digits)) : Optional.empty();
    }

    private static boolean valid(String digits) {
        return DIGITS.matcher(digits).matches() && !digits.equals(NONE);
    }

    /** Returns the digits. */
    @Override
    public String toString() {
        return digits;
    }
}
