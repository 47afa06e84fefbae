package dev.freshet.cli.client;

import java.net.URI;

/** Nothing answers at the address of an API; the message says what to do. */
public final class ApiUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiUnreachableException(URI address, Throwable cause) {
        super(
                "Nothing answers at %s. Check --endpoint or the profile; a local cloud is started with './freshet up'."
                        .formatted(address),
                cause);
    }
}
