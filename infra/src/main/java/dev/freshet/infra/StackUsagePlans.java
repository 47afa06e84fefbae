package dev.freshet.infra;

import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigateway.UsagePlan;
import software.amazon.awscdk.services.apigateway.UsagePlanPerApiStage;
import software.constructs.Construct;

/**
 * How much each key may ask: one usage plan for each kind. Its throttle counts per key, under the
 * usage key that the authorizer names; {@code ./freshet keys} ties a key to its plan.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
 *     plans and API keys</a>
 */
final class StackUsagePlans extends Construct {
    /** By the name of their output. */
    private final Map<String, UsagePlan> plans = new TreeMap<>();

    StackUsagePlans(Construct scope, StackSettings settings, Api api) {
        super(scope, "UsagePlans");
        ThrottleSettings publishable =
                throttle(settings, StackOptions.PUBLISHABLE_RATE, StackOptions.PUBLISHABLE_BURST);
        ThrottleSettings secret =
                throttle(settings, StackOptions.SECRET_RATE, StackOptions.SECRET_BURST);
        plan(settings, api, "Publishable", "publishable", publishable);
        plan(settings, api, "Secret", "secret", secret);
        plan(settings, api, "UserTokens", "user-tokens", secret);
    }

    private static ThrottleSettings throttle(
            StackSettings settings, StackOption<Integer> rate, StackOption<Integer> burst) {
        return ThrottleSettings.builder()
                .rateLimit(settings.get(rate))
                .burstLimit(settings.get(burst))
                .build();
    }

    /** Named by the kind of key, as {@code ./freshet keys} calls it. */
    private void plan(
            StackSettings settings, Api api, String id, String kind, ThrottleSettings throttle) {
        UsagePlan plan =
                UsagePlan.Builder.create(this, id)
                        .name(settings.get(StackOptions.STACK_NAME) + "-" + kind)
                        .apiStages(
                                List.of(
                                        UsagePlanPerApiStage.builder()
                                                .api(api.api)
                                                .stage(api.api.getDeploymentStage())
                                                .build()))
                        .throttle(throttle)
                        .build();
        LogicalIds.pin(plan, id + "Plan");
        plans.put(id + "PlanId", plan);
    }

    /** The plans' ids, by the name of their output. */
    Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        plans.forEach((name, plan) -> ids.put(name, plan.getUsagePlanId()));
        return ids;
    }
}
