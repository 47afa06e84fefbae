package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.gateway.Gateway.Functions;
import dev.freshet.local.template.Cloud.Authorizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * API Gateway's Lambda authorizer of type TOKEN: shows one header's value to a function and does as
 * its policy says. It fails closed: whatever is no grant is a refusal.
 *
 * <p>A header that is missing, is there twice or does not look as the document says is refused
 * without asking. The grant serves again for the same value as long as the document says, for any
 * route; so its policy has to hold for all.
 */
final class TokenAuthorizer {

    /** How long the function may take (API Gateway: what an integration may). */
    private static final Duration PATIENCE = Duration.ofSeconds(29);

    /** The error by which a function says that a credential is not one. */
    private static final String UNAUTHORIZED = "Unauthorized";

    private final Functions functions;
    private final InstantSource clock;
    private final Map<String, GrantCache> caches = new ConcurrentHashMap<>();

    TokenAuthorizer(Functions functions, InstantSource clock) {
        this.functions = functions;
        this.clock = clock;
    }

    /**
     * Decides.
     *
     * @param values of the authorizer's header, none where the request has none
     * @param arn the method's ARN
     */
    AccessOutcome decide(Authorizer authorizer, List<String> values, String arn)
            throws InterruptedException {
        if (values.size() != 1
                || values.getFirst().isEmpty()
                || !authorizer
                        .wellFormed()
                        .map(form -> form.matcher(values.getFirst()).matches())
                        .orElse(true)) {
            return new AccessOutcome.Refused(GatewayResponses.Kind.UNAUTHORIZED);
        }
        String credential = values.getFirst();
        GrantCache cache =
                caches.computeIfAbsent(authorizer.function(), function -> new GrantCache());
        Instant now = clock.instant();
        Optional<Grant> kept = cache.find(credential, now);
        if (kept.isPresent()) {
            return judged(kept.get(), arn);
        }
        return switch (functions.invoke(authorizer.function(), event(credential, arn), PATIENCE)) {
            case Invocation.Answer(var payload) -> {
                Optional<Grant> grant = Grant.read(payload);
                grant.ifPresent(
                        given -> cache.keep(credential, given, now, authorizer.remembered()));
                yield grant.map(given -> judged(given, arn))
                        .orElse(
                                new AccessOutcome.Refused(
                                        GatewayResponses.Kind.AUTHORIZER_CONFIGURATION_ERROR));
            }
            case Invocation.Failed(var type, var message) ->
                    new AccessOutcome.Refused(
                            message.equals(UNAUTHORIZED)
                                    ? GatewayResponses.Kind.UNAUTHORIZED
                                    : GatewayResponses.Kind.AUTHORIZER_FAILURE);
            case Invocation.TimedOut ignored ->
                    new AccessOutcome.Refused(GatewayResponses.Kind.AUTHORIZER_FAILURE);
            case Invocation.Throttled() ->
                    new AccessOutcome.Refused(GatewayResponses.Kind.THROTTLED);
        };
    }

    private static AccessOutcome judged(Grant grant, String arn) {
        return grant.policy().allows(arn)
                ? new AccessOutcome.Admitted(grant)
                : new AccessOutcome.Refused(GatewayResponses.Kind.ACCESS_DENIED);
    }

    private static String event(String credential, String arn) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "TOKEN")
                .put("methodArn", arn)
                .put("authorizationToken", credential)
                .toString();
    }
}
