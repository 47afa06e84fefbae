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
 * The usage plans of the API, one for each kind of access key. A plan limits the requests of each
 * key by itself, under the usage key that the authorizer returns; {@code ./freshet keys} adds a key
 * to its plan.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
 *     plans and API keys</a>
 */
final class StackUsagePlans extends Construct {
    /** The plans by the name of the output that holds their id. */
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
        plan(settings, api, "Insights", "insights", dashboard());
        plan(settings, api, "Experiments", "experiments", dashboard());
    }

    /**
     * The rate of one key of the dashboard: some tabs that ask every ten seconds, each page for a
     * few figures at once.
     */
    private static ThrottleSettings dashboard() {
        return ThrottleSettings.builder().rateLimit(20).burstLimit(100).build();
    }

    private static ThrottleSettings throttle(
            StackSettings settings, StackOption<Integer> rate, StackOption<Integer> burst) {
        return ThrottleSettings.builder()
                .rateLimit(settings.get(rate))
                .burstLimit(settings.get(burst))
                .build();
    }

    /** Adds a plan, named by the kind of key that {@code ./freshet keys} uses. */
    private void plan(
            StackSettings settings, Api api, String id, String kind, ThrottleSettings throttle) {
        UsagePlanPerApiStage stage =
                UsagePlanPerApiStage.builder()
                        .api(api.api)
                        .stage(api.api.getDeploymentStage())
                        .build();
        UsagePlan plan =
                UsagePlan.Builder.create(this, id)
                        .name(settings.get(StackOptions.STACK_NAME) + "-" + kind)
                        .apiStages(List.of(stage))
                        .throttle(throttle)
                        .build();
        FreshetStack.pin(plan, id + "Plan");
        plans.put(id + "PlanId", plan);
    }

    /** Returns the ids of the plans by the name of their output. */
    Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        plans.forEach((name, plan) -> ids.put(name, plan.getUsagePlanId()));
        return ids;
    }
}
