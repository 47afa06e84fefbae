package dev.freshet.infra;

import java.util.Locale;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;

/** What a stack is for, which decides how carefully it keeps its state. */
enum Stage {
    /** For trying things: nothing outlives the stack, and nothing protects it. */
    DEV(RemovalPolicy.DESTROY, false, RetentionDays.ONE_WEEK, 14),
    /**
     * For readers: state survives the stack, tables can be restored to any second of the last 35
     * days.
     */
    PROD(RemovalPolicy.RETAIN, true, RetentionDays.THREE_MONTHS, 90);

    private final RemovalPolicy removalPolicy;
    private final boolean guarded;
    private final RetentionDays logRetention;
    private final int quarantineDays;

    Stage(
            RemovalPolicy removalPolicy,
            boolean guarded,
            RetentionDays logRetention,
            int quarantineDays) {
        this.removalPolicy = removalPolicy;
        this.guarded = guarded;
        this.logRetention = logRetention;
        this.quarantineDays = quarantineDays;
    }

    /** As it is written in context, in the environment and in the API's address. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What becomes of tables, streams, buckets and the secret when the stack goes. */
    RemovalPolicy removalPolicy() {
        return removalPolicy;
    }

    /**
     * Whether tables have point-in-time recovery and deletion protection, and the stack termination
     * protection.
     */
    boolean guarded() {
        return guarded;
    }

    RetentionDays logRetention() {
        return logRetention;
    }

    /**
     * Days that a quarantined record is kept; it holds what a reader did, so not longer than a row
     * would be.
     */
    int quarantineDays() {
        return quarantineDays;
    }
}
