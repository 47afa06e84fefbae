package dev.freshet.local.gateway;

import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Access control before a function is invoked: first the authorizer of the route, then the usage
 * plan of the admitted caller. A request that the authorizer refuses is not counted against a plan.
 */
final class GatewayAccess {

    private final TokenAuthorizer authorizer;
    private final UsagePlanLimits plans;

    GatewayAccess(TokenAuthorizer authorizer, UsagePlanLimits plans) {
        this.authorizer = authorizer;
        this.plans = plans;
    }

    /**
     * Decides whether a request is admitted.
     *
     * @param rawPath path as sent, percent-encoded
     * @param headers values of each header by name
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

    /**
     * Returns the ARN that is passed to authorizers and matched with policies: API, stage, method
     * and path.
     */
    static String arn(String method, String rawPath) {
        return Arns.of(
                "execute-api", ProxyEvent.API + "/" + ProxyEvent.STAGE + "/" + method + rawPath);
    }

    /**
     * Returns a header name as the JDK's server spells it: the first letter in upper case, the
     * others in lower case.
     */
    private static String headerName(String name) {
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
