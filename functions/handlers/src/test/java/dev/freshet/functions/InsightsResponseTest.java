package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.functions.Gateway.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsightsResponseTest {
    private final Gateway gateway =
            new Gateway(
                    Gateway.answering(request -> InsightsResponse.of(request, body(), "topics")));

    private static ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("modelVersion", 3);
        body.putArray("topics").addObject().put("topic", "=sport").put("demand", 2.5);
        return body;
    }

    private Answer get(Map<String, String> headers) {
        return gateway.send(Gateway.request("GET", "/v1/insights/outcomes", headers));
    }

    @Test
    void theResponseIsJsonWhereNothingElseIsPreferred() {
        Answer answer = get(Map.of());

        assertThat(answer.body()).isEqualTo(body());
        assertThat(answer.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "private, no-cache")
                .containsEntry("Vary", "Authorization, Origin, Accept")
                .doesNotContainKey("Content-Disposition");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "TEXT/CSV",
                "text/csv;header=present",
                "text/csv, */*;q=0.5",
                "application/json;q=0.5, text/csv;q=0.6"
            })
    void theMainListIsAFileForWhoPrefersCsv(String accept) {
        Answer answer = get(Map.of("Accept", accept));

        assertThat(answer.body().textValue()).isEqualTo("topic,demand\r\n'=sport,2.5\r\n");
        assertThat(answer.headers())
                .containsEntry("Content-Type", "text/csv; charset=utf-8; header=present")
                .containsEntry("Content-Disposition", "attachment; filename=\"outcomes.csv\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json, text/csv",
                "text/csv;q=0",
                "text/csv;q=0.5, application/json",
                "text/csvx",
                ",,,",
                ""
            })
    void otherPreferencesGetJson(String accept) {
        assertThat(get(Map.of("Accept", accept)).body()).isEqualTo(body());
    }

    @Test
    void aPageAsAFileNamesTheNextPageRelativeToItsOwnAddress() {
        Gateway paged =
                new Gateway(
                        Gateway.answering(
                                request ->
                                        InsightsResponse.of(
                                                request, body().put("next", "c+1"), "topics")));

        Answer file = paged.send(rising(Map.of("Accept", "text/csv")));
        Answer json = paged.send(rising(Map.of()));

        assertThat(file.headers())
                .containsEntry("Link", "<?after=c%2B1&limit=5&order=rising>; rel=\"next\"");
        assertThat(json.headers()).doesNotContainKey("Link");
        assertThat(get(Map.of("Accept", "text/csv")).headers()).doesNotContainKey("Link");
        assertThat(file.headers().get("ETag"))
                .isNotEqualTo(get(Map.of("Accept", "text/csv")).headers().get("ETag"));
    }

    private static ObjectNode rising(Map<String, String> headers) {
        ObjectNode request = Gateway.request("GET", "/v1/insights/items", headers);
        request.putObject("queryStringParameters")
                .put("order", "rising")
                .put("after", "c0")
                .put("limit", "5");
        return request;
    }

    @Test
    void eachFormatIsConfirmedByItsOwnTag() {
        String json = get(Map.of()).headers().get("ETag");
        String csv = get(Map.of("Accept", "text/csv")).headers().get("ETag");

        assertThat(json).isNotEqualTo(csv);
        assertThat(get(Map.of("If-None-Match", json)).status()).isEqualTo(304);
        assertThat(get(Map.of("Accept", "text/csv", "If-None-Match", csv)).status()).isEqualTo(304);
        assertThat(get(Map.of("Accept", "text/csv", "If-None-Match", json)).status())
                .isEqualTo(200);
    }

    @Test
    void aResponseWithoutAListIsJson() {
        Gateway plain =
                new Gateway(Gateway.answering(request -> InsightsResponse.of(request, body())));

        assertThat(
                        plain.send(
                                        Gateway.request(
                                                "GET",
                                                "/v1/insights/overview",
                                                Map.of("Accept", "text/csv")))
                                .body())
                .isEqualTo(body());
    }
}
