package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * API Gateway's Lambda authorizer of type TOKEN, or of type REQUEST with one header as its identity
 * source: passes the header's value to a function and applies the policy that it returns. It fails
 * closed: anything other than a grant is a refusal.
 *
 * <p>A header that is missing, repeated or does not match the expression in the document is refused
 * without invoking the function. A grant is cached for its header value, for all routes, for the
 * time given in the document; so its policy has to hold for all routes.
 */
final class TokenAuthorizer {

    /** Time limit of the function (API Gateway: the limit of an integration). */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(29);

    /** Error message with which a function rejects a credential. */
    private static final String UNAUTHORIZED = "Unauthorized";

    private final Functions functions;
    private final InstantSource clock;
    private final Map<String, GrantCache> caches = new ConcurrentHashMap<>();

    TokenAuthorizer(Functions functions, InstantSource clock) {
        this.functions = functions;
        this.clock = clock;
    }

    /**
     * Decides whether a request is admitted.
     *
     * @param values values of the authorizer's header, empty if the request has none
     * @param arn ARN of the method
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
        return switch (functions.invoke(
                authorizer.function(), event(authorizer, credential, arn), TIME_LIMIT)) {
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
                            message.equals(UNAUTHORIZED) && !authorizer.ofRequests()
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

    private static String event(Authorizer authorizer, String credential, String arn) {
        ObjectNode event =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", authorizer.ofRequests() ? "REQUEST" : "TOKEN")
                        .put("methodArn", arn)
                        .put("authorizationToken", credential);
        if (authorizer.ofRequests()) {
            event.put("version", "1.0").put("identitySource", credential);
        }
        return event.toString();
    }
}
