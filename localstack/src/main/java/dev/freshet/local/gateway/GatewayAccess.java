package dev.freshet.local.gateway;

import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands between a route and its function: first the authorizer that the document names, then
 * the usage plan of whom it let in. A request that is refused is not counted against a plan.
 */
final class GatewayAccess {

    private final TokenAuthorizer authorizer;
    private final UsagePlanLimits plans;

    GatewayAccess(TokenAuthorizer authorizer, UsagePlanLimits plans) {
        this.authorizer = authorizer;
        this.plans = plans;
    }

    /**
     * Decides about a request.
     *
     * @param rawPath as sent, still percent-encoded
     * @param headers by name
     */
    AccessOutcome admit(
            Route route, String method, String rawPath, Map<String, List<String>> headers)
            throws InterruptedException {
        if (route.authorizer().isEmpty()) {
            return new AccessOutcome.Open();
        }
        AccessOutcome admission =
                authorizer.decide(
                        route.authorizer().get(),
                        headers.getOrDefault(
                                headerName(route.authorizer().get().header()), List.of()),
                        arn(method, rawPath));
        if (admission instanceof AccessOutcome.Admitted(var grant) && route.keyed()) {
            Optional<GatewayResponses.Kind> refusal = plans.refusal(grant.usageKey());
            return refusal.<AccessOutcome>map(AccessOutcome.Refused::new).orElse(admission);
        }
        return admission;
    }

    /** The ARN that authorizers are shown and policies name: api, stage, method, path. */
    static String arn(String method, String rawPath) {
        return Arns.of(
                "execute-api", ProxyEvent.API + "/" + ProxyEvent.STAGE + "/" + method + rawPath);
    }

    /** As the JDK's server writes header names: the first letter large, the others small. */
    private static String headerName(String name) {
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
