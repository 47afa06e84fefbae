package dev.freshet.event;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request's name through all logs, from the API to the version of the model: 32 hexadecimal
 * digits, lower case, not all 0. Says nothing of a reader, and is never part of a key: a client
 * that sends its events again sends them under another.
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
        if (!valid(digits)) {
            throw new IllegalArgumentException("a trace id has 32 hexadecimal digits, not all 0");
        }
    }

    /** The one that a {@code traceparent} header names, if that is well-formed. */
    public static Optional<TraceId> ofTraceparent(String header) {
        Matcher parts = TRACEPARENT.matcher(header.strip());
        return parts.matches() && !header.strip().startsWith("ff")
                ? of(parts.group(1))
                : Optional.empty();
    }

    /**
     * The root of an {@code X-Amzn-Trace-Id} header, in W3C's form: X-Ray's without its hyphens.
     */
    public static Optional<TraceId> ofXray(String header) {
        Matcher root = XRAY_ROOT.matcher(header);
        return root.find() ? of(root.group(1) + root.group(2)) : Optional.empty();
    }

    /** That of a request's own id, where that is a UUID, as API Gateway's is. */
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

    /** The digits. */
    @Override
    public String toString() {
        return digits;
    }
}
