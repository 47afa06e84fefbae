package dev.freshet.local.gateway;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.gateway.GatewayResponses.Kind;
import dev.freshet.local.gateway.TokenAuthorizer.Decision;
import dev.freshet.local.gateway.TokenAuthorizer.Grant;
import dev.freshet.local.gateway.TokenAuthorizer.GrantCache;
import dev.freshet.local.template.Cloud.Authorizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAuthorizerTest {
    private static final String GET = Gateway.arn("GET", "/v1/notes/one");
    private static final String PUT = Gateway.arn("PUT", "/v1/notes/one");
    private static final Authorizer GUARD =
            new Authorizer(
                    "guard",
                    "Authorization",
                    Optional.of(Pattern.compile("^Bearer [a-z0-9]+$")),
                    false,
                    Duration.ofSeconds(60));

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Invocation answer = new Invocation.Answer(answer("ann", "GET/v1/notes/*"));
    private final List<JsonNode> asked = new ArrayList<>();
    private final TokenAuthorizer authorizer =
            new TokenAuthorizer(
                    (function, payload, limit) -> {
                        asked.add(json(payload));
                        return answer;
                    },
                    (InstantSource) () -> now);

    @Test
    void anAuthorizerOfRequestsIsAskedInTheFormOfAnHttpApi() throws Exception {
        Authorizer http =
                new Authorizer(
                        "guard", "Authorization", Optional.empty(), true, Duration.ofSeconds(60));

        assertThat(authorizer.decide(http, List.of("Bearer abc"), GET))
                .isInstanceOf(Decision.Admitted.class);
        assertThat(asked.getFirst().path("type").asText()).isEqualTo("REQUEST");
        assertThat(asked.getFirst().path("version").asText()).isEqualTo("1.0");
        assertThat(asked.getFirst().path("authorizationToken").asText()).isEqualTo("Bearer abc");
        answer = new Invocation.Failed("X", "Unauthorized");
        assertThat(authorizer.decide(http, List.of("Bearer other"), GET))
                .isEqualTo(refused(Kind.AUTHORIZER_FAILURE));
    }

    private static String answer(String principal, String resource) {
        return """
        {"principalId":"%s","policyDocument":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"%s"}]},
         "context":{"kind":"secret","since":7,"lost":null},"usageIdentifierKey":"used-by-ann"}"""
                .formatted(
                        principal,
                        "arn:aws:execute-api:us-east-1:000000000000:local/local/" + resource);
    }

    private Decision decide(String credential, String arn) throws InterruptedException {
        return authorizer.decide(GUARD, List.of(credential), arn);
    }

    private static Decision refused(Kind kind) {
        return new Decision.Refused(kind);
    }

    @Test
    void aGrantNamesItsPrincipalAndPassesItsContextAsText() throws Exception {
        assertThat(decide("Bearer abc", GET))
                .isInstanceOfSatisfying(
                        Decision.Admitted.class,
                        admitted -> {
                            assertThat(admitted.grant().principal()).isEqualTo("ann");
                            assertThat(admitted.grant().context())
                                    .isEqualTo(Map.of("kind", "secret", "since", "7"));
                            assertThat(admitted.grant().usageKey()).hasValue("used-by-ann");
                        });
        assertThat(asked.getFirst().path("type").asText()).isEqualTo("TOKEN");
        assertThat(asked.getFirst().path("authorizationToken").asText()).isEqualTo("Bearer abc");
        assertThat(asked.getFirst().path("methodArn").asText()).isEqualTo(GET);
    }

    @Test
    void aRouteOutsideThePolicyIsDeniedFromTheCacheToo() throws Exception {
        decide("Bearer abc", GET);

        assertThat(decide("Bearer abc", PUT)).isEqualTo(refused(Kind.ACCESS_DENIED));
        assertThat(asked).hasSize(1);
    }

    @Test
    void aCachedGrantExpiresExactly() throws Exception {
        decide("Bearer abc", GET);
        answer = new Invocation.Failed("Refused", "Unauthorized");

        now = now.plusMillis(59_999);
        assertThat(decide("Bearer abc", GET)).isInstanceOf(Decision.Admitted.class);
        now = now.plusMillis(1);
        assertThat(decide("Bearer abc", GET)).isEqualTo(refused(Kind.UNAUTHORIZED));
    }

    @Test
    void aGrantIsNotUsedForAnotherCredential() throws Exception {
        decide("Bearer abc", GET);
        answer = new Invocation.Failed("Refused", "Unauthorized");

        assertThat(decide("Bearer abd", GET)).isEqualTo(refused(Kind.UNAUTHORIZED));
        assertThat(decide("Bearer abc", GET)).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRefusalIsNotCached() throws Exception {
        Invocation grant = answer;
        answer = new Invocation.Failed("Refused", "Unauthorized");
        decide("Bearer abc", GET);
        answer = grant;

        assertThat(decide("Bearer abc", GET)).isInstanceOf(Decision.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "abc", "Bearer", "Bearer ",
                "bearer abc", "Bearer a b", "Bearer abc\n", "Basic abc"
            })
    void aMalformedCredentialInvokesNoFunction(String header) throws Exception {
        assertThat(decide(header, GET)).isEqualTo(refused(Kind.UNAUTHORIZED));
        assertThat(asked).isEmpty();
    }

    @Test
    void noHeaderAndTwoHeadersAreRefused() throws Exception {
        assertThat(authorizer.decide(GUARD, List.of(), GET)).isEqualTo(refused(Kind.UNAUTHORIZED));
        assertThat(authorizer.decide(GUARD, List.of("Bearer abc", "Bearer abd"), GET))
                .isEqualTo(refused(Kind.UNAUTHORIZED));
        assertThat(asked).isEmpty();
    }

    @Test
    void aFailingOrSlowAuthorizerAdmitsNobody() throws Exception {
        answer = new Invocation.Failed("StoreUnavailable", "the table did not answer");
        assertThat(decide("Bearer abc", GET)).isEqualTo(refused(Kind.AUTHORIZER_FAILURE));

        answer = new Invocation.TimedOut(5_000);
        assertThat(decide("Bearer abc", GET)).isEqualTo(refused(Kind.AUTHORIZER_FAILURE));

        answer = new Invocation.Throttled();
        assertThat(decide("Bearer abc", GET)).isEqualTo(refused(Kind.THROTTLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "{}",
                "{\"principalId\":\"ann\"}",
                "{\"policyDocument\":{\"Statement\":[]}}",
                "{\"principalId\":\"ann\",\"policyDocument\":{\"Statement\":[]},\"context\":{\"deep\":{}}}"
            })
    void anInvalidAnswerAdmitsNobody(String payload) throws Exception {
        answer = new Invocation.Answer(payload);

        assertThat(decide("Bearer abc", GET))
                .isEqualTo(refused(Kind.AUTHORIZER_CONFIGURATION_ERROR));
    }

    @Test
    void theCacheIsBounded() throws Exception {
        GrantCache cache = new GrantCache();
        Grant grant = Grant.read(answer("ann", "*")).orElseThrow();
        for (int i = 0; i < GrantCache.MAX_ENTRIES + 100; i++) {
            cache.keep("Bearer " + i, grant, now, Duration.ofSeconds(60));
        }

        assertThat(cache.size()).isEqualTo(GrantCache.MAX_ENTRIES);
        assertThat(cache.find("Bearer 0", now)).isEmpty();
        assertThat(cache.find("Bearer " + GrantCache.MAX_ENTRIES, now)).isPresent();
    }
}
