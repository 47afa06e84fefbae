package dev.freshet.cli.connection;

import dev.freshet.cli.CommandException;
import java.net.URI;
import java.util.Locale;

/** Checks addresses of an API. */
final class Endpoint {
    private Endpoint() {}

    /**
     * Returns the address without slashes at its end; the output {@code ApiUrl} of a stack has one.
     *
     * @param source what gave the address, for the message
     * @throws CommandException unless it is an http or https address with a host, and without query
     */
    static URI of(URI address, String source) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https"))
                || address.getHost() == null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw wrong(address.toString(), source);
        }
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }

    /** Returns the address that a text holds, checked as {@link #of} does. */
    static URI parse(String text, String source) {
        try {
            return of(URI.create(text), source);
        } catch (IllegalArgumentException e) {
            throw wrong(text, source);
        }
    }

    private static CommandException wrong(String text, String source) {
        return new CommandException(
                source
                        + " must be an address such as https://api.example.org/prod, not '"
                        + text
                        + "'.");
    }
}
