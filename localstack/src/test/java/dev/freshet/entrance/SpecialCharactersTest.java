package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that a store, a shell or a log could interpret. */
class SpecialCharactersTest extends AccessAttempts {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "\\\"; DROP TABLE Users; --",
                "attribute_exists(userId)",
                ":v AND size(#k) > :zero",
                "own\\u0000other",
                "own\\nother",
                "own\\r\\nAuthorization: x",
                "${jndi:ldap://x}",
                "{\\\"$ne\\\":null}",
                "*",
                "..",
                "#",
                "\\ud800",
                "\\u202eown"
            })
    void anIdWithSpecialCharactersIsAnOrdinaryIdOrRefused(String id) {
        String token = scene().token("own", LASTING);
        String path = "/v1/recommendations";
        for (ApiResponse answer :
                List.of(
                        post(token, path, "{\"userId\":\"" + id + "\"}"),
                        post(scene().publishable, path, "{\"anonymousId\":\"" + id + "\"}"))) {
            assertThat(Set.of(400, 403)).as("%s", answer.body()).contains(answer.status());
            assertNothingElse(answer.body());
        }
        ApiResponse server = post(scene().secret, path, "{\"userId\":\"" + id + "\",\"count\":1}");
        assertThat(Set.of(200, 400)).as("%s", server.body()).contains(server.status());
        if (server.ok()) {
            assertThat(server.body().at("/reflects/events").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"field\":\"tags) OR (1=1\",\"contains\":\"x\"}",
                "{\"field\":\"attributes.#n\",\"is\":\":v\"}",
                "{\"field\":\"itemId\",\"is\":\"' OR ''='\"}",
                "{\"field\":\"__proto__\",\"is\":\"x\"}",
                "{\"field\":\"tags\",\"contains\":\"a\\u0000b\\nc\"}",
                "{\"field\":null,\"is\":null}",
                "{\"all\":[{\"any\":[{\"not\":{\"all\":[]}}]}]}",
                "{\"in\":[\"x\"]}",
                "\"tags = 'x'\"",
                "[]"
            })
    void aFilterWithSpecialCharactersIsAnOrdinaryFilterOrRefused(String filter) {
        ApiResponse answer =
                post(
                        scene().publishable,
                        "/v1/recommendations",
                        "{\"anonymousId\":\"anon-0123456789abcdefghijkl\",\"filter\":%s}"
                                .formatted(filter));
        ApiResponse byQuery =
                get(scene().publishable, "/v1/trending?filter=" + FreshetClient.segment(filter));

        for (ApiResponse each : List.of(answer, byQuery)) {
            assertThat(Set.of(200, 400)).as("%s", each.body()).contains(each.status());
            if (!each.ok()) {
                assertNothingElse(each.body());
            }
        }
    }
}
