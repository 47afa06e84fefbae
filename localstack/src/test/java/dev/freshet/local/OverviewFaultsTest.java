package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.SealedExposure;
import dev.freshet.access.Signer;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.ingest.EventLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a running cloud, one after the other, each before the earlier ones in the order of the
 * checks. The first sentence of the overview that is not well names each within 30 seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OverviewFaultsTest {
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(30);
    private static final EventCodec CODEC = new EventCodec();

    /** Most records that one put takes. */
    private static final int PUT = 100;

    private final AtomicInteger ids = new AtomicInteger();
    private LocalCloud cloud;
    private FreshetClient client;
    private Clients clients;

    @BeforeAll
    void start(@TempDir Path state) throws InterruptedException {
        cloud = LocalCloud.start(TestCloud.options(state));
        client = cloud.client();
        clients = new Clients(cloud.settings());
        send();
        JsonNode well = await(overview -> firstFault(overview) == null, Duration.ofMinutes(1));
        assertThat(well.at("/model/version").asLong()).isPositive();
    }

    @AfterAll
    void end() {
        clients.close();
        client.close();
        cloud.close();
    }

    @Test
    @Order(1)
    void theFiguresOfTheFlowsAreThoseOfWhatWasSent() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            send();
        }
        client.get("/v1/recommendations-of-nobody");
        assertThat(send("2001-01-01T00:00:00Z").at("/rejected/0/code").asText())
                .isEqualTo("occurred-at-too-old");

        JsonNode overview =
                await(
                        one ->
                                one.at("/flow/freshness/count").asInt() == 6
                                        && one.at("/flow/refused").asInt() == 1,
                        Duration.ofSeconds(20));

        JsonNode flow = overview.path("flow");
        assertThat(flow.path("source").asText()).isEqualTo("process");
        assertThat(flow.at("/freshness/p50Ms").asLong()).isBetween(0L, 20_000L);
        long inClasses = 0;
        for (JsonNode bar : flow.at("/freshness/histogram")) {
            inClasses += bar.path("count").asLong();
        }
        assertThat(inClasses).isEqualTo(6);
        assertThat(flow.path("consumers"))
                .extracting(one -> one.path("name").asText())
                .containsExactlyInAnyOrder("features", "train");
        assertThat(flow.at("/requests/total").asInt()).isEqualTo(8);
        assertThat(flow.at("/requests/serverErrors").asInt()).isZero();
        assertThat(flow.path("quarantined").asInt()).isZero();
    }

    @Test
    @Order(5)
    void aConsumerOfEventsThatStoppedIsNamed() throws InterruptedException {
        cloud.disable("features");
        send();

        assertNamed("features", "has not processed what arrived since");
    }

    @Test
    @Order(4)
    void aTrainerThatStoppedIsNamedAndThatTheModelIsStale() throws InterruptedException {
        cloud.disable("train");
        send();

        assertNamed("train", "the model is stale");
    }

    @Test
    @Order(3)
    void quarantineThatFillsIsNamed() throws InterruptedException {
        put(List.of(new EventLog.Entry("ann", "no event".getBytes(StandardCharsets.UTF_8))));

        assertNamed("Quarantine is filling: 1 record");
    }

    @Test
    @Order(2)
    void clicksThatFallAreNamed() throws InterruptedException {
        Instant now = Instant.now();
        lists(now.minus(Duration.ofDays(1)), 2);
        await(overview -> lists(overview) == 510, Duration.ofMinutes(2));
        assertThat(firstFault(overview())).isNull();

        lists(now, 20);

        assertNamed("Clicks are falling");
    }

    /** Puts 510 lists of a time, of which one in some is clicked. */
    private void lists(Instant at, int clickedOneIn) {
        List<EventLog.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 510; i++) {
            int id = ids.incrementAndGet();
            List<ExposureToken.Shown> shown = List.of(new ExposureToken.Shown("tea", 1, 1));
            ExposureToken token = new ExposureToken("list-" + id, "home", List.of(), 1, at, shown);
            EventHeader seen = header("shown-" + id, at, token);
            entries.add(entry(new Event.Impression(seen, "home", List.of("tea"))));
            if (i % clickedOneIn == 0) {
                EventHeader clicked = header("clicked-" + id, at.plusSeconds(1), token);
                Target tea = Target.item("tea");
                entries.add(
                        entry(new Event.Interaction(clicked, EventType.CLICK, tea, Value.NONE)));
            }
        }
        put(entries);
    }

    private void put(List<EventLog.Entry> entries) {
        String stream = cloud.settings().text(Setting.EVENTS_STREAM);
        EventLog events = new KinesisEventLog(clients.kinesis(), stream);
        for (int from = 0; from < entries.size(); from += PUT) {
            assertThat(events.put(entries.subList(from, Math.min(entries.size(), from + PUT))))
                    .isEmpty();
        }
    }

    private static EventLog.Entry entry(Event event) {
        return new EventLog.Entry(event.header().user().id(), CODEC.encode(event));
    }

    private EventHeader header(String eventId, Instant at, ExposureToken token) {
        String reader = "reader-" + eventId.replaceAll("\\D", "");
        String secret = Objects.requireNonNull(cloud.settings().variables().get("FRESHET_SECRET"));
        Signer exposures =
                new Signer(secret.getBytes(StandardCharsets.UTF_8)).derive(Signer.EXPOSURE);
        return new EventHeader(
                eventId,
                UserIdentity.user(reader),
                null,
                new EventTimes(at, at, Instant.now()),
                SealedExposure.reopen(token.askedBy(reader, exposures).sign(exposures))
                        .orElseThrow(),
                Context.UNKNOWN,
                null,
                Map.of(),
                null,
                null);
    }

    private void send() {
        assertThat(send(Instant.now().toString()).path("accepted").asInt()).isEqualTo(1);
    }

    private JsonNode send(String occurredAt) {
        int id = ids.incrementAndGet();
        ObjectNode event =
                ApiBodies.event("view", "reader-" + id)
                        .put("itemId", "tea")
                        .put("occurredAt", occurredAt);
        return client.post("/v1/events", ApiBodies.events(List.of(event))).body();
    }

    private JsonNode overview() {
        return client.get("/v1/insights/overview").body();
    }

    private static long lists(JsonNode overview) {
        return overview.path("days").path(0).path("lists").asLong();
    }

    private static @Nullable String firstFault(JsonNode overview) {
        JsonNode first = overview.path("healthy").path(0);
        return first.path("ok").asBoolean() ? null : first.path("sentence").asText();
    }

    /** Asserts that the first sentence that is not well has these words in time. */
    private void assertNamed(String... words) throws InterruptedException {
        await(
                overview -> {
                    String fault = firstFault(overview);
                    return fault != null && Arrays.stream(words).allMatch(fault::contains);
                },
                NAMED_WITHIN);
    }

    private JsonNode await(Predicate<JsonNode> wanted, Duration limit) throws InterruptedException {
        return TestCloud.await(limit, this::overview, wanted);
    }
}
