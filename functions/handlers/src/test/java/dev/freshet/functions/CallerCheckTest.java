package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which requests the functions refuse on their own, whether or not the gateway admitted them.
 */
class CallerCheckTest {
    private static final String SHOP = "https://shop.example";
    private static final Set<String> PROBLEM =
            Set.of("type", "title", "status", "detail", "instance", "code");

    private final List<Caller> seen = new ArrayList<>();
    private final Gateway gateway =
            new Gateway(
                    Gateway.answering(
                            request -> {
                                seen.add(request.caller());
                                return HttpResponse.json(
                                        200, JsonNodeFactory.instance.objectNode());
                            }));

    private static Caller page(String... origins) {
        return new Caller.Publishable(Gateway.KEY_ID, Stream.of(origins).map(Origin::new).toList());
    }

    private static Caller ann(int secondsLeft) {
        return new Caller.User("ann", Gateway.KEY_ID, Gateway.AT.plusSeconds(secondsLeft));
    }

    private static ObjectNode get(String resource, @Nullable String id) {
        ObjectNode event = Gateway.request("GET", resource, Map.of());
        if (id != null) {
            event.putObject("pathParameters").put("id", id);
        }
        return event;
    }

    private void assertRefused(Gateway.Answer answer, int status, String code) {
        answer.assertProblem(status, code);
        assertThat(answer.body().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(PROBLEM);
        assertThat(answer.body().toString()).doesNotContain(Gateway.KEY_ID, "ann", SHOP);
        assertThat(seen).isEmpty();
    }

    @Test
    void aRequestOfWhichNobodySaidWhoseItIsIsUnauthorized() {
        Gateway.Answer answer = gateway.sendAsItIs(get("/v1/trending", null));

        assertRefused(answer, 401, "unauthorized");
        assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void whatACallerWritesIntoHeadersQueryAndBodyMakesItNobodyElse() {
        ObjectNode event =
                Gateway.request(
                        "GET",
                        "/v1/trending",
                        Map.of("kind", "secret", "keyId", Gateway.KEY_ID, "userArn", "arn:aws:x"));
        event.putObject("queryStringParameters").put("kind", "secret");
        event.put("body", "{\"requestContext\":{\"authorizer\":{\"kind\":\"secret\"}}}");

        assertRefused(gateway.sendAsItIs(event), 401, "unauthorized");
    }

    @Test
    void anAuthorizerThatSaysNothingOfUseIsNoSignatureEither() {
        ObjectNode event = get("/v1/trending", null);
        ObjectNode context = (ObjectNode) event.path("requestContext");
        context.putObject("authorizer").put("principalId", "somebody");
        context.putObject("identity").put("userArn", "arn:aws:iam::111122223333:role/x");

        assertRefused(gateway.sendAsItIs(event), 401, "unauthorized");
    }

    @Test
    void aSignatureLetsThroughWhatItsPolicyLetThrough() {
        Caller signed = new Caller.Signed("arn:aws:sts::111122223333:assumed-role/site/1");

        assertThat(gateway.as(signed).send(get("/v1/users/{id}", "bob")).status()).isEqualTo(200);
        assertThat(seen).containsExactly(signed);
    }

    @Test
    void aTokenThatEndedWhileTheGatewayRememberedItIsRefused() {
        assertRefused(gateway.as(ann(-30)).send(get("/v1/users/{id}", "ann")), 401, "unauthorized");
        ObjectNode timeless = get("/v1/users/{id}", "ann");
        ((ObjectNode) timeless.path("requestContext")).remove("requestTimeEpoch");
        assertRefused(gateway.as(ann(600)).send(timeless), 401, "unauthorized");

        assertThat(gateway.as(ann(-29)).send(get("/v1/users/{id}", "ann")).status()).isEqualTo(200);
    }

    @Test
    void aPageOrAUserThatGotPastTheGatewayGetsNoFurther() {
        ObjectNode event = Gateway.request("PUT", "/v1/items", Map.of());
        for (Caller caller : List.of(ann(600), page())) {
            assertRefused(gateway.as(caller).send(event.deepCopy()), 403, "not-permitted");
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "null",
                "*",
                "",
                "http://shop.example",
                "https://SHOP.example",
                "https://shop.example.evil.example",
                "https://shop.example:444",
                "https://evil.example https://shop.example"
            })
    void aKeyBoundToOriginsIsGoodForTheirPagesAlone(@Nullable String origin) {
        ObjectNode event =
                Gateway.request(
                        "GET",
                        "/v1/trending",
                        origin == null ? Map.of() : Map.of("Origin", origin));

        assertRefused(gateway.as(page(SHOP)).send(event), 403, "foreign-origin");
    }

    @Test
    void aPageOfItsOriginIsLetThroughAndOneOfAnyWithAKeyForAll() {
        ObjectNode own = Gateway.request("GET", "/v1/trending", Map.of("origin", SHOP));

        assertThat(gateway.as(page("https://m.shop.example", SHOP)).send(own).status())
                .isEqualTo(200);
        assertThat(gateway.as(page()).send(get("/v1/trending", null)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bob, Ann, 'ann ', ann%00, ann%0a",
        "ann/../bob, ann%2f..%2fbob, %61nn%2fx, %2561nn, %62%6f%62"
    })
    void aTokenOpensItsOwnUserAndNoOtherHoweverItIsWritten(ArgumentsAccessor ids) {
        Gateway ann = gateway.as(ann(600));
        for (Object id : ids.toList()) {
            for (String resource :
                    List.of("/v1/users/{id}", "/v1/users/{id}/export", "/v1/users/{id}/erasure")) {
                assertRefused(ann.send(get(resource, (String) id)), 403, "not-your-user");
            }
        }
        assertThat(ann.send(get("/v1/users/{id}/export", "%61nn")).status()).isEqualTo(200);
    }

    @Test
    void anIdThatIsNotWellEncodedIsBadInput() {
        assertRefused(
                gateway.as(ann(600)).send(get("/v1/users/{id}", "%zz")), 400, "bad-path-parameter");
    }
}
