package dev.freshet.cli.client;

import java.net.URI;

/** Nobody answers at the address; the message says what to do. */
public final class ApiUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiUnreachableException(URI address, Throwable cause) {
        super(
                "Nothing answers at "
                        + address
                        + ". Start the local cloud with ./freshet up, or name another --api.",
                cause);
    }
}
