package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.lake.LakeAnswer;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.NamedQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code GET /v1/insights/lake} and the answer of a query say. */
class LakeInsightsApiTest {
    private static final LakeAnswer ANSWER =
            new LakeAnswer(
                    Instant.parse("2026-03-01T02:14:09Z"),
                    List.of("tag", "choices"),
                    List.of(List.of("=1+1", "12"), Arrays.asList("sea", null)),
                    true);

    private static final LakeAnswers ONE =
            query -> query == NamedQuery.DEMAND_BY_TAG ? Optional.of(ANSWER) : Optional.empty();

    private static Gateway gateway(Optional<LakeAnswers> answers) {
        LakeInsightsApi api = new LakeInsightsApi(answers);
        return new Gateway(
                new HttpHandler() {
                    @Override
                    protected Map<String, OperationHandler> operations() {
                        return api.operations();
                    }
                });
    }

    private static Gateway.Answer latest(
            Optional<LakeAnswers> answers, String query, Map<String, String> headers) {
        ObjectNode request = Gateway.request("GET", "/v1/insights/lake/{query}", headers);
        request.putObject("pathParameters").put("query", query);
        return gateway(answers).send(request);
    }

    @Test
    void theQueriesOfANightAreListed() {
        Gateway.Answer reply =
                gateway(Optional.of(ONE))
                        .send(Gateway.request("GET", "/v1/insights/lake", Map.of()));

        assertThat(reply.body().path("lake").asBoolean()).isTrue();
        assertThat(reply.body().path("queries").findValuesAsText("name"))
                .containsExactlyElementsOf(
                        LakeAnswers.QUERIES.stream().map(NamedQuery::queryName).toList());
    }

    @Test
    void anAnswerHasItsRowsByTheNamesOfColumns() {
        Gateway.Answer reply = latest(Optional.of(ONE), "demand-by-tag", Map.of());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("askedAt").asText()).isEqualTo("2026-03-01T02:14:09Z");
        assertThat(reply.body().path("rows"))
                .hasToString(
                        "[{\"tag\":\"=1+1\",\"choices\":\"12\"},{\"tag\":\"sea\",\"choices\":null}]");
    }

    @Test
    void asAFileItHasNoFormula() {
        Gateway.Answer reply =
                latest(Optional.of(ONE), "demand-by-tag", Map.of("Accept", "text/csv"));

        assertThat(reply.body().textValue()).isEqualTo("tag,choices\r\n'=1+1,12\r\nsea,\r\n");
    }

    @Test
    void whatWasNotAskedYetIsToldApartFromWhatIsUnknown() {
        assertThat(code(Optional.of(ONE), "retention")).isEqualTo("no-answer-yet");
        assertThat(code(Optional.empty(), "demand-by-tag")).isEqualTo("no-answer-yet");
        assertThat(code(Optional.of(ONE), "passwords")).isEqualTo("unknown-query");
        assertThat(code(Optional.of(ONE), "chosen-after"))
                .as("asks about an item, which a night does not name")
                .isEqualTo("unknown-query");
    }

    private static String code(Optional<LakeAnswers> answers, String query) {
        Gateway.Answer reply = latest(answers, query, Map.of());
        assertThat(reply.status()).isEqualTo(404);
        return reply.code();
    }
}
