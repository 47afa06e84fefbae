package dev.freshet.simulation;

/**
 * Simulated death of a process. It is an error, so that no code under test handles it as an
 * exception.
 */
final class Death extends Error {
    @java.io.Serial private static final long serialVersionUID = 1L;

    Death() {
        super("the process died", null, false, false);
    }

    /** Returns whether a throwable is a death or was caused by one. */
    static boolean causedBy(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Death) {
                return true;
            }
        }
        return false;
    }
}
