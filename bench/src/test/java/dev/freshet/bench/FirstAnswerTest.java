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
    void an_answer_from_the_model_with_items_counts() {
        assertThat(FirstAnswer.fault(answer(200, 3, 1, false))).isEmpty();
    }

    @Test
    void an_answer_from_the_empty_model_does_not() {
        assertThat(FirstAnswer.fault(answer(200, 0, 1, false)))
                .hasValue("it answered without the model");
    }

    @Test
    void an_answer_without_items_does_not() {
        assertThat(FirstAnswer.fault(answer(200, 3, 0, false)))
                .hasValue("it answered without items");
    }

    @Test
    void an_answer_that_left_something_out_does_not() {
        assertThat(FirstAnswer.fault(answer(200, 3, 1, true))).isPresent();
    }

    @Test
    void a_problem_does_not() {
        assertThat(FirstAnswer.fault(answer(503, 3, 1, false)).orElseThrow())
                .startsWith("it answered 503");
    }

    @Test
    void a_failure_a_late_answer_and_a_text_that_is_no_json_do_not() {
        assertThat(FirstAnswer.fault(new Invocation.Failed("Runtime.ExitError", "gone")))
                .hasValue("Runtime.ExitError: gone");
        assertThat(FirstAnswer.fault(new Invocation.TimedOut(30_000))).isPresent();
        assertThat(FirstAnswer.fault(new Invocation.Answer("{"))).isPresent();
    }

    @Test
    void the_event_carries_the_body_as_text() throws JsonProcessingException {
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
