package dev.freshet.ingest;

/**
 * The number of unknown user agents that one request may still have parsed. A parse takes
 * milliseconds, and a request can name as many agents as it has events; a browser sends one, and a
 * server that passes on events of its users meets agents that were seen before. Used by one thread.
 */
public final class AgentQuota {
    /** Most agents parsed for one request. */
    public static final int MAX_PARSED = 20;

    private int left = MAX_PARSED;

    /** Takes one parse, and returns whether there was one left. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
