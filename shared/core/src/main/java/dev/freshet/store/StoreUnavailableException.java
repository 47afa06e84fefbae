package dev.freshet.store;

/**
 * A store that did not answer, throttled or failed: the call is to be retried later. Never thrown
 * for an error of the caller.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String store;

    /**
     * Creates an exception for a store whose call failed.
     *
     * @param store what the store is called, which logs have: a constant, without data of users
     */
    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is unavailable: " + cause.getMessage(), cause);
        this.store = store;
    }

    /** Creates an exception for a store that answered, but not what it has to. */
    public StoreUnavailableException(String store, String why) {
        super(store + " is unavailable: " + why);
        this.store = store;
    }

    /** Returns what the store is called, such as {@code The table of users}. */
    public String store() {
        return store;
    }
}
