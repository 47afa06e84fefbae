package dev.freshet.access;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An origin whose pages may use a key, as browsers write it in the header {@code Origin}: {@code
 * https://host[:port]}, in lower case, without a path (RFC 6454). The scheme {@code http} is
 * allowed only for {@code localhost} and {@code 127.0.0.1}.
 */
public record Origin(String text) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|http://(localhost|127\\.0\\.0\\.1))"
                            + "(:[0-9]{1,5})?");

    public Origin {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "an origin is https://host or https://host:port, in lower case and without a"
                            + " path");
        }
    }

    /** Returns the origin of a text, or empty if the text is not an origin. */
    public static Optional<Origin> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Origin(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
