package dev.freshet.bench.load;

/** Outcome of one request. */
enum Reply {
    /** Successful. */
    SERVED,
    /** Successful, but degraded for lack of time. */
    DEGRADED,
    /** Refused with 429 without any effect. */
    SHED,
    /** Any other answer, or none. */
    FAILED
}
