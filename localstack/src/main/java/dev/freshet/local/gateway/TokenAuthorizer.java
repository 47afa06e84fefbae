package dev.freshet.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.gateway.Gateway.Functions;
import dev.freshet.local.gateway.GatewayResponses.Kind;
import dev.freshet.local.template.Cloud.Authorizer;
import dev.freshet.store.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Functions functions;
    private final InstantSource clock;
    private final Map<String, GrantCache> caches = new ConcurrentHashMap<>();

    TokenAuthorizer(Functions functions, InstantSource clock) {
        this.functions = functions;
        this.clock = clock;
    }

    /** Decision whether a request is passed to its function. */
    sealed interface Decision {
        /** The authorizer admitted the request with this grant. */
        record Admitted(Grant grant) implements Decision {}

        /** The request is refused. */
        record Refused(Kind kind) implements Decision {}
    }

    /**
     * Answer of an authorizer about a valid credential.
     *
     * @param principal owner of the credential
     * @param policy what the credential may call
     * @param context values passed to the function, as text as in API Gateway
     * @param usageKey key by which requests are counted against a usage plan, if the authorizer
     *     names one
     */
    record Grant(
            String principal,
            Policy policy,
            Map<String, String> context,
            Optional<String> usageKey) {
        Grant {
            context = Map.copyOf(context);
        }

        /** Parses the answer; empty if API Gateway would not accept it. */
        static Optional<Grant> read(String payload) {
            try {
                JsonNode answer = JSON.readTree(payload);
                String principal = answer.path("principalId").asText("");
                Map<String, String> context = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry : answer.path("context").properties()) {
                    if (!entry.getValue().isValueNode()) {
                        return Optional.empty();
                    }
                    if (!entry.getValue().isNull()) {
                        context.put(entry.getKey(), entry.getValue().asText());
                    }
                }
                return principal.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Grant(
                                        principal,
                                        Policy.of(answer.path("policyDocument")),
                                        context,
                                        Optional.ofNullable(
                                                answer.path("usageIdentifierKey").textValue())));
            } catch (JsonProcessingException | IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    }

    /**
     * LRU cache of grants by credential, with an expiry for each entry and at most {@value
     * #MAX_ENTRIES} entries. Refusals are not cached.
     */
    static final class GrantCache {
        /** Maximum number of entries. */
        static final int MAX_ENTRIES = 10_000;

        private final Map<String, Kept> entries = new LruMap<>(MAX_ENTRIES);

        private record Kept(Grant grant, Instant until) {}

        synchronized Optional<Grant> find(String credential, Instant now) {
            Kept found = entries.get(credential);
            if (found != null && !now.isBefore(found.until())) {
                entries.remove(credential);
                found = null;
            }
            return Optional.ofNullable(found).map(Kept::grant);
        }

        /**
         * Caches a grant.
         *
         * @param timeToLive time to live; zero caches nothing
         */
        synchronized void keep(String credential, Grant grant, Instant now, Duration timeToLive) {
            if (timeToLive.isPositive()) {
                entries.put(credential, new Kept(grant, now.plus(timeToLive)));
            }
        }

        synchronized int size() {
            return entries.size();
        }
    }

    /**
     * Decides whether a request is admitted.
     *
     * @param values values of the authorizer's header, empty if the request has none
     * @param arn ARN of the method
     */
    Decision decide(Authorizer authorizer, List<String> values, String arn)
            throws InterruptedException {
        if (values.size() != 1
                || values.getFirst().isEmpty()
                || !authorizer
                        .wellFormed()
                        .map(form -> form.matcher(values.getFirst()).matches())
                        .orElse(true)) {
            return new Decision.Refused(Kind.UNAUTHORIZED);
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
                        .orElse(new Decision.Refused(Kind.AUTHORIZER_CONFIGURATION_ERROR));
            }
            case Invocation.Failed(var _, var message) ->
                    new Decision.Refused(
                            message.equals(UNAUTHORIZED) && !authorizer.ofRequests()
                                    ? Kind.UNAUTHORIZED
                                    : Kind.AUTHORIZER_FAILURE);
            case Invocation.TimedOut _ -> new Decision.Refused(Kind.AUTHORIZER_FAILURE);
            case Invocation.Throttled() -> new Decision.Refused(Kind.THROTTLED);
        };
    }

    private static Decision judged(Grant grant, String arn) {
        return grant.policy().allows(arn)
                ? new Decision.Admitted(grant)
                : new Decision.Refused(Kind.ACCESS_DENIED);
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
