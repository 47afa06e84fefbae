package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.functions.Gateway.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsightsResponseTest {
    private static final String CSV = "\nAccept: text/csv";

    private final Gateway gateway =
            new Gateway(
                    Gateway.answering(request -> InsightsResponse.of(request, body(), "topics")));

    private static ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("modelVersion", 3);
        body.putArray("topics").addObject().put("topic", "=sport").put("demand", 2.5);
        return body;
    }

    private Answer get(String headers) {
        return gateway.ask("GET /v1/insights/outcomes" + headers);
    }

    @Test
    void theResponseIsJsonWhereNothingElseIsPreferred() {
        Answer answer = get("");

        assertThat(answer.body()).isEqualTo(body());
        answer.assertHas(
                "Content-Type: application/json",
                "Cache-Control: private, no-cache",
                "Vary: Authorization, Origin, Accept");
        assertThat(answer.headers()).doesNotContainKey("Content-Disposition");
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
        Answer answer = get("\nAccept: " + accept);

        assertThat(answer.body().textValue()).isEqualTo("topic,demand\r\n'=sport,2.5\r\n");
        answer.assertHas(
                "Content-Type: text/csv; charset=utf-8; header=present",
                "Content-Disposition: attachment; filename=\"outcomes.csv\"");
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
        assertThat(get("\nAccept: " + accept).body()).isEqualTo(body());
    }

    @Test
    void aPageAsAFileNamesTheNextPageRelativeToItsOwnAddress() {
        Gateway paged =
                new Gateway(
                        Gateway.answering(
                                request ->
                                        InsightsResponse.of(
                                                request, body().put("next", "c+1"), "topics")));

        String rising = "GET /v1/insights/items?order=rising&after=c0&limit=5";
        Answer file = paged.ask(rising + CSV);

        file.assertHas("Link: <?after=c%2B1&limit=5&order=rising>; rel=\"next\"");
        assertThat(paged.ask(rising).headers()).doesNotContainKey("Link");
        assertThat(get(CSV).headers()).doesNotContainKey("Link");
        assertThat(file.headers().get("ETag")).isNotEqualTo(get(CSV).headers().get("ETag"));
    }

    @Test
    void eachFormatIsConfirmedByItsOwnTag() {
        String json = "\nIf-None-Match: " + get("").headers().get("ETag");
        String csv = "\nIf-None-Match: " + get(CSV).headers().get("ETag");

        assertThat(json).isNotEqualTo(csv);
        get(json).assertHas("304");
        get(CSV + csv).assertHas("304");
        get(CSV + json).assertHas("200");
        get("\nIf-None-Match: *").assertHas("304");
    }

    @Test
    void aResponseWithoutAListIsJson() {
        Gateway plain =
                new Gateway(Gateway.answering(request -> InsightsResponse.of(request, body())));

        assertThat(plain.ask("GET /v1/insights/overview" + CSV).body()).isEqualTo(body());
    }
}
