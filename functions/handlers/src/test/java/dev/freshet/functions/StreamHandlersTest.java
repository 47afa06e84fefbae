package dev.freshet.functions;

import static dev.freshet.functions.TestFunctions.invoke;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.ExampleLog;
import dev.freshet.features.UserStores;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import dev.freshet.training.Compaction;
import dev.freshet.training.CompactionRequests.CompactionTrigger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Tests the functions that streams and the schedule invoke, from Lambda's event to Lambda's
 * response.
 */
class StreamHandlersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SettableClock clock = new SettableClock(NOW);
    private final List<String> log = new ArrayList<>();
    private final Metrics metrics = new Metrics(Map.of("Stack", "dev-main"), clock, log::add);
    private final MemoryExampleLog examples = new MemoryExampleLog();
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private final MemoryModelLog models = new MemoryModelLog(clock);
    private final EventCodec codec = new EventCodec();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger sequence = new AtomicInteger(100);

    private FeaturesHandler features(ExampleLog to) {
        UserStores stores =
                new UserStores(
                        new MemoryInteractions(clock),
                        new MemoryExposures(clock),
                        new MemoryUsers(clock));
        return TestFunctions.features(stores, to, quarantine, metrics, clock);
    }

    private TrainHandler train(CompactionTrigger compaction) {
        return TestFunctions.train(models, quarantine, compaction, metrics, clock);
    }

    private byte[] click(String user, String item) {
        EventHeader header = EventHeader.of(user + item, UserIdentity.user(user), NOW);
        return codec.encode(
                new Event.Interaction(header, EventType.CLICK, Target.item(item), Value.NONE));
    }

    private ObjectNode batch(String stream, String key, byte[]... records) {
        double arrived = NOW.getEpochSecond() - 0.4;
        return TestFunctions.batch(stream, key, sequence, arrived, records);
    }

    private JsonNode measured() throws IOException {
        return MAPPER.readTree(log.getLast());
    }

    @Test
    void aClickGoesFromTheEventsStreamIntoTheModel() throws IOException {
        JsonNode answer =
                invoke(
                        features(examples),
                        batch("events", "ann", click("ann", "tea"), click("ann", "milk")));
        assertThat(answer.path("batchItemFailures")).isEmpty();
        assertThat(answer.has("batchItemFailures")).isTrue();

        invoke(
                train(asked::incrementAndGet),
                batch("examples", "examples", examples.records().toArray(byte[][]::new)));

        assertThat(models.head().orElseThrow().marks().byShard())
                .hasEntrySatisfying(
                        "events/shardId-000000000000", mark -> assertThat(mark).isEqualTo(102));
    }

    @Test
    void anUnfinishedRecordIsNamedByItsSequenceNumber() throws IOException {
        ExampleLog silent =
                record -> {
                    throw new StoreUnavailableException("Examples", new IOException("no answer"));
                };

        JsonNode answer = invoke(features(silent), batch("events", "ann", click("ann", "tea")));

        assertThat(answer.path("batchItemFailures").path(0).path("itemIdentifier").asText())
                .isEqualTo("101");
        assertThat(measured().path("UnfinishedBatches").asInt()).isEqualTo(1);
    }

    @Test
    void measurementsCarryTheDimensionsOfTheAlarmsAndNoUser() throws IOException {
        invoke(features(examples), batch("events", "ann", click("ann", "tea"), new byte[] {1}));

        JsonNode line = measured();
        JsonNode directive = line.path("_aws").path("CloudWatchMetrics").path(0);
        assertThat(directive.path("Namespace").asText()).isEqualTo("Freshet");
        assertThat(directive.path("Dimensions").path(0))
                .extracting(JsonNode::asText)
                .containsExactly("Stack");
        assertThat(line.path("Stack").asText()).isEqualTo("dev-main");
        assertThat(line.path("Quarantined").asInt()).isEqualTo(1);
        assertThat(line.path("Stored").asInt()).isEqualTo(1);
        assertThat(line.path("WriteFlowDelayMs").asLong()).isZero();
        assertThat(line.path("EventAgeMs").asLong()).isEqualTo(400);
        assertThat(directive.path("Metrics"))
                .allSatisfy(
                        metric -> {
                            assertThat(line.has(metric.path("Name").asText())).isTrue();
                            assertThat(metric.path("Unit").asText())
                                    .isIn("Count", "Milliseconds", "Bytes");
                        });
        assertThat(log).noneMatch(text -> text.contains("ann"));
    }

    @Test
    void theTrainerAsksForACompactionEachThirtyTwoVersions() throws IOException {
        TrainHandler train = train(asked::incrementAndGet);
        for (int version = 1; version <= 70; version++) {
            clock.advance(Duration.ofSeconds(1));
            invoke(features(examples), batch("events", "ann", click("ann", "tea" + version)));
            invoke(train, batch("examples", "examples", examples.records().getLast()));

            assertThat(models.head().orElseThrow().version()).isEqualTo(version);
            assertThat(asked).hasValue(version / 32);
        }
    }

    @Test
    void aRequestForACompactionThatFailsIsCountedAndTheBatchIsDone() throws IOException {
        RuntimeException refused = new StoreUnavailableException("Lambda", new IOException("no"));
        TrainHandler train =
                train(
                        () -> {
                            throw refused;
                        });
        for (int version = 1; version <= 32; version++) {
            invoke(features(examples), batch("events", "ann", click("ann", "tea" + version)));
            JsonNode answer =
                    invoke(train, batch("examples", "examples", examples.records().getLast()));
            assertThat(answer.path("batchItemFailures")).isEmpty();
        }
        assertThat(measured().path("CompactionRequestsFailed").asInt()).isEqualTo(1);
    }

    @Test
    void theScheduleRunsCompaction() throws IOException {
        invoke(features(examples), batch("events", "ann", click("ann", "tea")));
        invoke(
                train(asked::incrementAndGet),
                batch("examples", "examples", examples.records().toArray(byte[][]::new)));
        Compaction compaction =
                new Compaction(
                        ModelLogs.only(models),
                        ModelSettings.DEFAULT,
                        new MemoryCatalog(clock),
                        new MemoryDefinitions(),
                        examples,
                        new TermAnalysis(),
                        new Compaction.Settings(
                                1, Duration.ofDays(1), Duration.ofDays(14), Duration.ofHours(1)),
                        clock,
                        Runnable::run);

        JsonNode answer =
                invoke(
                        new CompactHandler(compaction, metrics),
                        MAPPER.createObjectNode().put("source", "aws.events"));

        assertThat(answer.path("snapshot").asInt()).isEqualTo(1);
        assertThat(models.snapshots(1)).hasSize(1);
        assertThat(measured().path("SnapshotBytes").asInt()).isPositive();
    }
}
