package dev.freshet.infra;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * Policies for those who call the API signed with IAM, to attach to a site's own roles: one for
 * serving readers, one for keeping the catalogue and the profiles. The stack attaches them to
 * nobody.
 */
final class Callers extends Construct {
    private static final Set<String> READING =
            Set.of("collectEvents", "recommend", "similarItems", "trendingItems");

    final ManagedPolicy reading;
    final ManagedPolicy keeping;

    Callers(Construct scope, Api api) {
        super(scope, "Callers");
        reading =
                policy(
                        "ReadingPolicy",
                        "Send events and ask for recommendations",
                        api,
                        READING::contains);
        keeping =
                policy(
                        "KeepingPolicy",
                        "Keep the catalogue and the profiles, export and erase persons",
                        api,
                        operation -> !READING.contains(operation));
    }

    private ManagedPolicy policy(String id, String purpose, Api api, Predicate<String> operations) {
        List<String> arns =
                api.routes.stream()
                        .filter(route -> operations.test(route.operationId()))
                        .map(api::arnOf)
                        .toList();
        ManagedPolicy policy =
                ManagedPolicy.Builder.create(this, id)
                        .description("Freshet: " + purpose)
                        .statements(
                                List.of(
                                        PolicyStatement.Builder.create()
                                                .actions(List.of("execute-api:Invoke"))
                                                .resources(arns)
                                                .build()))
                        .build();
        LogicalIds.pin(policy, id);
        Acknowledged.routes(policy, arns);
        return policy;
    }
}
