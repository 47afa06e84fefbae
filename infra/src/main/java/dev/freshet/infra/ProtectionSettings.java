package dev.freshet.infra;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * How carefully a stack is guarded. The stage decides, and CDK context decides otherwise.
 *
 * @param customerKey {@code customerKey}: whether tables, streams, buckets, secrets, logs and the
 *     alarms' topic are encrypted under a key of the stack's own ($1 a month and $0.03 for 10,000
 *     requests, in us-east-1); prod
 * @param tracing {@code tracing}: whether X-Ray traces the functions' invocations ($5 a million
 *     traces, of which it takes one a second and one in twenty beyond); both. Never the gateway's
 *     requests, of which it would keep callers' addresses and paths with ids in them
 * @param protection {@code protection}: point-in-time recovery and deletion protection for tables,
 *     termination protection for the stack; prod
 * @param objectLogs {@code objectLogs}: whether S3 writes down who asked for which object; prod
 * @param logDays {@code logDays}: days that logs are kept, one of those that CloudWatch knows; 7 in
 *     dev, 90 in prod
 */
record ProtectionSettings(
        boolean customerKey, boolean tracing, boolean protection, boolean objectLogs, int logDays) {
    private static final Map<Integer, RetentionDays> LOG_DAYS =
            new TreeMap<>(
                    Map.of(
                            1, RetentionDays.ONE_DAY,
                            3, RetentionDays.THREE_DAYS,
                            7, RetentionDays.ONE_WEEK,
                            14, RetentionDays.TWO_WEEKS,
                            30, RetentionDays.ONE_MONTH,
                            60, RetentionDays.TWO_MONTHS,
                            90, RetentionDays.THREE_MONTHS,
                            180, RetentionDays.SIX_MONTHS,
                            365, RetentionDays.ONE_YEAR));

    ProtectionSettings {
        if (!LOG_DAYS.containsKey(logDays)) {
            throw new IllegalArgumentException(
                    "logDays must be one of "
                            + LOG_DAYS.keySet().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** What the stage decides by itself. */
    static ProtectionSettings of(Stage stage) {
        boolean prod = stage.guarded();
        return new ProtectionSettings(prod, true, prod, prod, stage.logDays());
    }

    /**
     * The stage's, where the context says nothing else.
     *
     * @throws IllegalArgumentException with a sentence that names the setting
     */
    static ProtectionSettings from(CdkContext context, Stage stage) {
        ProtectionSettings stages = of(stage);
        return new ProtectionSettings(
                context.flag("customerKey", stages.customerKey),
                context.flag("tracing", stages.tracing),
                context.flag("protection", stages.protection),
                context.flag("objectLogs", stages.objectLogs),
                context.number("logDays", stages.logDays));
    }

    /** How long logs are kept, in CloudWatch's words. */
    RetentionDays logRetention() {
        return Optional.ofNullable(LOG_DAYS.get(logDays)).orElseThrow();
    }
}
