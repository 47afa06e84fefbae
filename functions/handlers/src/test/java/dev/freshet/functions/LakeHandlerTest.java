package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.functions.LakeHandler.DeliveryEvent;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.lake.ItemsCopy;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.LakeFlows;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Firehose's request becomes the response that it expects. */
class LakeHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SettableClock clock = new SettableClock(NOW);
    private final List<String> log = new ArrayList<>();
    private final EventCodec codec = new EventCodec();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryCatalog catalog = new MemoryCatalog(clock);
    private final LakeHandler handler =
            new LakeHandler(
                    LakeFlows.withoutProfiles(clock),
                    () -> {
                        throw new IllegalStateException("no bucket");
                    },
                    () -> new ItemsCopy(objects, catalog, clock),
                    new Metrics(Map.of("Stack", "dev-main"), clock, log::add),
                    clock);

    private byte[] event(String user, List<String> shown, @Nullable Consent consent) {
        EventHeader header =
                new EventHeader(
                        "e-" + user,
                        UserIdentity.user(user),
                        null,
                        EventTimes.at(NOW),
                        null,
                        Context.UNKNOWN,
                        consent,
                        Map.of(),
                        null,
                        null);
        return codec.encode(
                shown.isEmpty()
                        ? new Event.Interaction(
                                header, EventType.CLICK, Target.item("a"), Value.NONE)
                        : new Event.Impression(header, "home", shown));
    }

    private static ObjectNode request() {
        return JSON.createObjectNode()
                .put("invocationId", "i")
                .put("deliveryStreamArn", "arn:aws:firehose:us-east-1:1:deliverystream/lake")
                .put("sourceKinesisStreamArn", "arn:aws:kinesis:us-east-1:1:stream/events")
                .put("region", "us-east-1");
    }

    private static void add(ObjectNode request, String user, byte[] data) {
        int number = request.withArray("records").size();
        request.withArray("records")
                .addObject()
                .put("recordId", "id-" + number)
                .put("approximateArrivalTimestamp", NOW.toEpochMilli())
                .put("data", data)
                .putObject("kinesisRecordMetadata")
                .put("sequenceNumber", "" + (100 + number))
                .put("subsequenceNumber", "")
                .put("partitionKey", user)
                .put("shardId", "shardId-000000000000")
                .put("approximateArrivalTimestamp", NOW.toEpochMilli());
    }

    private byte[] answer(ObjectNode request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(Bodies.utf8(request.toString())), out, null);
        return out.toByteArray();
    }

    @Test
    void eachRecordIsAnsweredUnderItsId() throws IOException {
        ObjectNode request = request();
        add(request, "ann", event("ann", List.of(), null));
        add(request, "bob", event("bob", List.of(), new Consent(false, false)));
        add(request, "eve", new byte[] {7});

        JsonNode records = JSON.readTree(answer(request)).path("records");

        assertThat(records).hasSize(3);
        assertThat(records.get(0).path("recordId").asText()).isEqualTo("id-0");
        assertThat(records.get(0).path("result").asText()).isEqualTo("Ok");
        assertThat(JSON.readTree(records.get(0).path("data").binaryValue()).path("shard").asText())
                .isEqualTo("events/shardId-000000000000");
        assertThat(records.get(1).toString())
                .isEqualTo("{\"recordId\":\"id-1\",\"result\":\"Dropped\"}");
        assertThat(records.get(2).path("result").asText()).isEqualTo("Dropped");
        assertThat(log).singleElement().asString().contains("\"LakeRows\":1", "\"LakeDropped\":2");
    }

    @Test
    void whatDoesNotFitIntoTheResponseIsFailedAndTheRestIsAnswered() throws IOException {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Event.Impression.MAX_ITEMS; i++) {
            shown.add("%0128d".formatted(i));
        }
        ObjectNode request = request();
        for (int i = 0; i < 300; i++) {
            add(request, "user-" + i, event("user-" + i, shown, null));
        }

        byte[] answer = answer(request);

        assertThat(answer.length).isBetween(5_900_000, DeliveryEvent.MAX_BYTES);
        List<String> results = JSON.readTree(answer).path("records").findValuesAsText("result");
        assertThat(results)
                .hasSize(300)
                .contains("Ok", "ProcessingFailed")
                .doesNotContain("Dropped");
    }

    @Test
    void theCatalogueIsCopiedWhereTheStateMachineAsksForIt() throws IOException {
        catalog.put(Item.bare("a", 3));
        ObjectNode request = JSON.createObjectNode();
        request.putObject("items").put("part", 0).put("after", "");

        assertThat(JSON.readTree(answer(request)).toString())
                .isEqualTo("{\"part\":1,\"after\":\"\",\"items\":1}");
        assertThat(objects.keys("", 10)).containsExactly("catalogue/000000.jsonl");
    }

    @Test
    void anotherRequestFails() {
        ObjectNode foreign = request();
        foreign.withArray("records").addObject().put("recordId", "x").put("data", "");

        assertThatThrownBy(() -> answer(foreign)).isInstanceOf(LoggedHandler.FailedException.class);
    }
}
