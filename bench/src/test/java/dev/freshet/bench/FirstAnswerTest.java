package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.function.Invocation;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anAnswerFromTheModelWithItemsIsValid() {
        assertThat(FirstAnswer.fault(answer(200, 3, 1, false))).isEmpty();
    }

    @Test
    void anAnswerFromTheEmptyModelIsInvalid() {
        assertThat(FirstAnswer.fault(answer(200, 0, 1, false)))
                .hasValue("it answered without the model");
    }

    @Test
    void anAnswerWithoutItemsIsInvalid() {
        assertThat(FirstAnswer.fault(answer(200, 3, 0, false)))
                .hasValue("it answered without items");
    }

    @Test
    void aDegradedAnswerIsInvalid() {
        assertThat(FirstAnswer.fault(answer(200, 3, 1, true))).isPresent();
    }

    @Test
    void aProblemIsInvalid() {
        assertThat(FirstAnswer.fault(answer(503, 3, 1, false)).orElseThrow())
                .startsWith("it answered 503");
    }

    @Test
    void aFailureATimeoutAndInvalidJsonAreInvalid() {
        assertThat(FirstAnswer.fault(new Invocation.Failed("Runtime.ExitError", "gone")))
                .hasValue("Runtime.ExitError: gone");
        assertThat(FirstAnswer.fault(new Invocation.TimedOut(30_000))).isPresent();
        assertThat(FirstAnswer.fault(new Invocation.Answer("{"))).isPresent();
    }

    @Test
    void theEventCarriesTheBodyAsText() throws JsonProcessingException {
        JsonNode event =
                JSON.readTree(
                        FirstAnswer.event(JSON.createObjectNode().put("userId", "u-1"), "r-1"));
        assertThat(event.path("resource").asText()).isEqualTo("/v1/recommendations");
        assertThat(event.path("requestContext").path("requestId").asText()).isEqualTo("r-1");
        assertThat(JSON.readTree(event.path("body").asText()).path("userId").asText())
                .isEqualTo("u-1");
    }

    private static Invocation answer(int status, long version, int items, boolean degraded) {
        var body = JSON.createObjectNode().put("degraded", degraded);
        body.putObject("model").put("version", version);
        var list = body.putArray("items");
        for (int i = 0; i < items; i++) {
            list.addObject().put("itemId", "a-" + i);
        }
        return new Invocation.Answer(
                JSON.createObjectNode()
                        .put("statusCode", status)
                        .put("body", body.toString())
                        .toString());
    }
}
