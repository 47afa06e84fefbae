package dev.freshet.simulation;

/** A process dies here. An error, so that no code under test takes it for something to handle. */
final class Death extends Error {
    @java.io.Serial private static final long serialVersionUID = 1L;

    Death() {
        super("the process died", null, false, false);
    }

    /** Whether this is a death, or was caused by one. */
    static boolean causedBy(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Death) {
                return true;
            }
        }
        return false;
    }
}
