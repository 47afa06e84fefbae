package dev.freshet.bench.load;

/** How one request ended. */
enum Reply {
    /** As it should. */
    SERVED,
    /** Served, with something left out for lack of time. */
    DEGRADED,
    /** Turned away with 429: nothing of it was done. */
    SHED,
    /** Any other answer, or none. */
    FAILED
}
