package dev.freshet.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;

/**
 * The schedule of compaction, which runs every minute. A failed run is not retried, because the
 * next one does the work.
 */
final class Schedules extends Construct {
    private static final Duration EVERY = Duration.minutes(1);

    Schedules(Construct scope, FreshetFunction compact) {
        super(scope, "Schedules");
        LambdaFunction target =
                LambdaFunction.Builder.create(compact.function)
                        .retryAttempts(0)
                        .maxEventAge(EVERY)
                        .build();
        Rule rule =
                Rule.Builder.create(this, "Compact")
                        .description(
                                "Freshet: compaction, which writes a snapshot of the model when enough was learned")
                        .schedule(Schedule.rate(EVERY))
                        .targets(List.of(target))
                        .build();
        LogicalIds.pin(rule, "CompactEveryMinute");
    }
}
