package dev.freshet.infra;

import java.util.Locale;
import software.amazon.awscdk.RemovalPolicy;

/** What a stack is for, which decides how carefully it keeps its state. */
enum Stage {
    /** For trying things: nothing outlives the stack, and nothing protects it. */
    DEV(RemovalPolicy.DESTROY, false, 7, 14),
    /**
     * For readers: state survives the stack, tables can be restored to any second of the last 35
     * days.
     */
    PROD(RemovalPolicy.RETAIN, true, 90, 90);

    private final RemovalPolicy removalPolicy;
    private final boolean guarded;
    private final int logDays;
    private final int quarantineDays;

    Stage(RemovalPolicy removalPolicy, boolean guarded, int logDays, int quarantineDays) {
        this.removalPolicy = removalPolicy;
        this.guarded = guarded;
        this.logDays = logDays;
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
     * Whether what guards state against loss and reading costs money and haste here too; {@link
     * Guards} says what.
     */
    boolean guarded() {
        return guarded;
    }

    /** Days that logs are kept. */
    int logDays() {
        return logDays;
    }

    /**
     * Days that a quarantined record is kept; it holds what a reader did, so not longer than a row
     * would be.
     */
    int quarantineDays() {
        return quarantineDays;
    }
}
