package dev.freshet.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;

/**
 * What runs by the clock: compaction, every minute. One that fails is not tried again; the next
 * minute does the same.
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
                                "Freshet: a snapshot of the model, when enough has been learned")
                        .schedule(Schedule.rate(EVERY))
                        .targets(List.of(target))
                        .build();
        LogicalIds.pin(rule, "CompactEveryMinute");
    }
}
