package dev.freshet.entrance;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oversized headers, pages of other origins, and paths in misleading spellings. */
class RequestLineTest extends AccessAttempts {

    @Test
    void oversizedHeadersAreRefused() throws Exception {
        String key = scene().secret;

        String large = "X-Large: " + "x".repeat(11_000);
        assertRefused(raw("GET", "/v1/trending", "Authorization: Bearer " + key, large), 431);
        String longest = "Authorization: Bearer " + "a".repeat(4_097);
        assertRefused(raw("GET", "/v1/trending", longest), 401);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org,200",
        "https://example.org,403",
        "https://www.example.org.evil.test,403",
        "http://www.example.org,403",
        "https://www.example.org:8443,403",
        "null,403",
        ",403"
    })
    void aKeyBoundToOriginsIsValidForTheirPagesOnly(@Nullable String origin, int status)
            throws Exception {
        List<String> headers = new ArrayList<>(List.of("Authorization: Bearer " + scene().bound));
        if (origin != null) {
            headers.add("Origin: " + origin);
        }

        RawRequest line = raw("GET", "/v1/trending", headers.toArray(String[]::new));

        assertThat(line.status()).as("%s", line).isEqualTo(status);
        if (status == 403) {
            assertThat(json(line.body()).path("code").asText()).isEqualTo("foreign-origin");
            assertNothingElse(json(line.body()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/../items",
                "/v1/users/own/../other",
                "/v1/users/%2e%2e/items",
                "/v1/users/own/%2e%2e/other",
                "/v1/users//other",
                "//v1/users/other",
                "/v1//users/other",
                "/v1/users/own%2f..%2fother",
                "/v1/users/own%252f..%252fother",
                "/v1/users/%6f%74%68%65%72",
                "/v1/users/%256f%2574%2568%2565%2572",
                "/v1/users/other%00",
                "/v1/users/own%00other",
                "/v1/users/%c0%ae%c0%ae",
                "/v1/users/%",
                "/v1/users/%zz",
                "/v1/users/other;own",
                "/v1/users/other?id=own",
                "/v1/users/own/",
                "/v1/users/own/other",
                "/V1/users/other",
                "/v1/users/OWN",
                "/v1/users/own%20",
                "/v1/users/own%0d%0aX: y",
                "http://127.0.0.1/v1/users/other"
            })
    void noSpellingOfAPathGivesAUserTokenAccessToAnotherUser(String path) throws Exception {
        RawRequest line =
                raw("GET", path, "Authorization: Bearer " + scene().token("own", LASTING));

        assertThat(REFUSALS).as("%s", line).contains(line.status());
        if (line.body().startsWith("{")) {
            assertNothingElse(json(line.body()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/items/../users/x", "/v1/items/%2e%2e%2fusers%2fx",
                "/_freshet/../v1/items", "/v1/trending/../items",
                "/v1/trending%2f..%2fitems"
            })
    void noSpellingOfAPathGivesAPageAccessToServerRoutes(String path) throws Exception {
        for (String method : List.of("PUT", "DELETE", "POST")) {
            RawRequest line =
                    RawRequest.send(
                            scene().cloud().apiUri(),
                            method,
                            path,
                            "{\"itemId\":\"crossed\",\"version\":1}",
                            "Authorization: Bearer " + scene().publishable);

            assertThat(Set.of(400, 401, 403, 404, 405)).as("%s", line).contains(line.status());
        }
    }
}
