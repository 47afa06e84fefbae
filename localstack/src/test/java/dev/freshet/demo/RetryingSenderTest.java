package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RetryingSenderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The API's responses in order. */
    private final List<String> answers = new ArrayList<>();

    private final List<JsonNode> requests = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private long now;

    @AutoClose
    private final LoopbackServer server =
            LoopbackServer.start(
                    exchange -> {
                        requests.add(JSON.readTree(exchange.getRequestBody()));
                        String answer = answers.removeFirst();
                        if (answer.equals("broken")) {
                            throw new IOException("no answer");
                        }
                        return HttpReply.of(
                                Integer.parseInt(answer.substring(0, 3)),
                                "application/json",
                                answer.substring(4));
                    });

    @AutoClose private final FreshetClient client = new FreshetClient(server.uri());

    private long send() {
        List<ObjectNode> events = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            events.add(JSON.createObjectNode().put("eventId", id).put("type", "click"));
        }
        return new RetryingSender(client, ledger, () -> Instant.ofEpochSecond(++now)).send(events);
    }

    @Test
    void onlyNotStoredEventsAreSentAgainAndRefusedOnesAreNot() {
        answers.add("503 {\"accepted\":1,\"notStored\":[0,2],\"rejected\":[]}");
        answers.add("202 {\"accepted\":1,\"rejected\":[{\"index\":1,\"code\":\"too-old\"}]}");

        assertThat(send()).isPositive();

        assertThat(requests.get(1).path("events"))
                .extracting(event -> event.path("eventId").asText())
                .containsExactly("a", "c");
        assertThat(requests.get(0).path("sentAt")).isNotEqualTo(requests.get(1).path("sentAt"));
        assertThat(ledger.accepted()).containsOnlyKeys("a", "b");
        assertThat(ledger.refused()).containsEntry("too-old", 1L);
        assertThat(requests).hasSize(2);
    }

    @Test
    void allEventsAreSentAgainAfterABrokenConnectionOrABusyApi() {
        answers.add("broken");
        answers.add("429 {}");
        answers.add("202 {\"accepted\":3,\"rejected\":[]}");

        assertThat(send()).isPositive();

        assertThat(requests).last().satisfies(r -> assertThat(r.path("events")).hasSize(3));
        assertThat(ledger.accepted()).hasSize(3);
        assertThat(ledger.refused()).containsEntry("status-429", 1L);
    }
}
