package dev.freshet.store;

/**
 * A store did not answer, throttled or failed: retry later. Never thrown for what the caller did
 * wrong.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is unavailable: " + cause.getMessage(), cause);
    }
}
