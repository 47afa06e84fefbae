package dev.freshet.infra;

import java.util.List;
import java.util.function.Predicate;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.constructs.Construct;

/**
 * Policies for those who call the API signed with IAM, to attach to a site's own roles: one for
 * serving readers, one for keeping the catalogue and the profiles. The stack attaches them to
 * nobody.
 */
final class Callers extends Construct {
    /** The permission of the operations that serve the users of a site. */
    private static final String PAGES = "pages";

    final ManagedPolicy reading;
    final ManagedPolicy keeping;

    Callers(Construct scope, Api api) {
        super(scope, "Callers");
        reading =
                policy(
                        "ClientPolicy",
                        "Send events and ask for recommendations",
                        api,
                        PAGES::equals);
        String purpose = "Keep the catalogue and the profiles, export and erase persons";
        keeping =
                policy("MaintenancePolicy", purpose, api, permission -> !permission.equals(PAGES));
    }

    private ManagedPolicy policy(String id, String purpose, Api api, Predicate<String> which) {
        List<String> arns =
                api.routes.stream()
                        .filter(route -> which.test(route.permission()))
                        .map(api::arnOf)
                        .toList();
        ManagedPolicy policy =
                ManagedPolicy.Builder.create(this, id)
                        .description("Freshet: " + purpose)
                        .statements(List.of(Access.allow(arns, List.of("execute-api:Invoke"))))
                        .build();
        FreshetStack.pin(policy, id);
        Acknowledged.routes(policy, arns);
        return policy;
    }
}
