package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/**
 * What runs by the clock: compaction every hour, besides the trainer's requests for it, a look at
 * the retention of the streams every hour, where shards scale themselves a look at them every
 * minute, and a daily invocation of the functions that start from a snapshot. Lambda deletes the
 * snapshot of a version that was not invoked for 14 days, and the version then fails until a
 * deployment publishes another.
 *
 * <p>A failed run is not retried, because the next one does the work. Two services would retry:
 * EventBridge, where it cannot reach Lambda, and Lambda itself, where the function throws.
 */
final class Schedules extends Construct {
    private static final Duration COMPACT = Duration.hours(1);
    private static final Duration RETAIN = Duration.hours(1);
    private static final Duration SCALE = Duration.minutes(1);
    private static final Duration CANARY = Duration.minutes(5);
    private static final Duration KEEP_SNAPSHOTS = Duration.days(1);

    /** The time after which a run that could not begin is dropped; Lambda allows no less. */
    private static final Duration TOO_LATE = Duration.minutes(1);

    Schedules(Construct scope, StackSettings settings, Functions functions) {
        super(scope, "Schedules");
        rule(
                "CompactEveryHour",
                "Freshet: compaction, which writes a snapshot of the model when enough was learned",
                COMPACT,
                List.of(functions.compact.alias()));
        String waiting =
                "Freshet: looks whether records wait, and how long the streams have to keep them";
        rule("RetainEveryHour", waiting, RETAIN, List.of(functions.retain.function));
        String full =
                "Freshet: looks how full the shards of the events are, and changes their number";
        functions.scale.ifPresent(
                scale -> rule("ScaleEveryMinute", full, SCALE, List.of(scale.function)));
        String asks = "Freshet: asks the API for a list";
        functions.canary.ifPresent(
                canary -> rule("CanaryEveryFiveMinutes", asks, CANARY, List.of(canary.function)));
        if (settings.get(StackOptions.SNAP_START)) {
            rule(
                    "KeepSnapshotsDaily",
                    "Freshet: invokes the functions whose snapshots Lambda deletes when they are"
                            + " idle",
                    KEEP_SNAPSHOTS,
                    List.of(functions.recommend.alias(), functions.authorize.alias()));
        }
    }

    private void rule(String id, String description, Duration every, List<IFunction> functions) {
        EventInvokeConfigOptions once =
                EventInvokeConfigOptions.builder().retryAttempts(0).maxEventAge(TOO_LATE).build();
        functions.forEach(function -> function.configureAsyncInvoke(once));
        Rule rule =
                Rule.Builder.create(this, id)
                        .description(description)
                        .schedule(Schedule.rate(every))
                        .targets(functions.stream().map(Schedules::target).toList())
                        .build();
        FreshetStack.pin(rule, id);
    }

    private static LambdaFunction target(IFunction function) {
        return LambdaFunction.Builder.create(function)
                .retryAttempts(0)
                .maxEventAge(TOO_LATE)
                .build();
    }
}
