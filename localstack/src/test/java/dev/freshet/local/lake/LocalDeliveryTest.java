package dev.freshet.local.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.mapping.Checkpoints;
import dev.freshet.local.mapping.Lineage;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.StreamSource;
import dev.freshet.testkit.SettableClock;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir private Path folder;

    private final SettableClock clock = new SettableClock(NOW);
    private final List<String> messages = new ArrayList<>();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger afterBatch = new AtomicInteger();

    /** One shard with one record, and then nothing; or what a stream does that is gone. */
    private static final class OneRecord implements StreamSource {
        private final CountDownLatch read = new CountDownLatch(2);
        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile boolean gone;

        @Override
        public List<Lineage.Shard> shards() {
            asked.countDown();
            if (gone) {
                throw new IllegalStateException("Connection pool shut down");
            }
            return List.of(new Lineage.Shard("s", List.of()));
        }

        @Override
        public ShardReader open(String shard, Position from) {
            return limit -> {
                boolean first = read.getCount() == 2;
                read.countDown();
                return new Page(
                        first
                                ? List.of(new ShardRecord(BigInteger.TEN, "ann", "AA==", NOW))
                                : List.of(),
                        false);
            };
        }
    }

    private LocalDelivery delivery(StreamSource source, Checkpoints checkpoints) {
        AtomicInteger ids = new AtomicInteger();
        return new LocalDelivery(
                source,
                checkpoints,
                new BatchDelivery(
                        new LocalLake(folder.resolve("lake")),
                        this::drop,
                        "events",
                        () -> false,
                        clock,
                        () -> "id-" + ids.incrementAndGet(),
                        messages::add),
                afterBatch::incrementAndGet,
                clock,
                messages::add);
    }

    private Invocation drop(String payload) {
        try {
            ObjectNode answer = JSON.createObjectNode();
            for (JsonNode record : JSON.readTree(payload).path("records")) {
                answer.withArray("records")
                        .addObject()
                        .put("recordId", record.path("recordId").asText())
                        .put("result", "Dropped");
                delivered.incrementAndGet();
            }
            return new Invocation.Answer(answer.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsBufferedIsDeliveredWhenItEndsAndNothingElseIsRead() throws InterruptedException {
        Checkpoints checkpoints = Checkpoints.at(folder.resolve("lake.json"), NOW);
        OneRecord source = new OneRecord();
        LocalDelivery delivery = delivery(source, checkpoints);
        delivery.start();
        assertThat(source.read.await(20, TimeUnit.SECONDS)).isTrue();

        delivery.close();

        assertThat(delivered).hasValue(1);
        assertThat(checkpoints.after("s")).isEqualTo(BigInteger.TEN);
        assertThat(afterBatch).as("stores may be closing").hasValue(0);
        assertThat(messages).isEmpty();
    }

    @Test
    void aStreamThatIsGoneIsReportedAndTheCheckpointStays() throws InterruptedException {
        Checkpoints checkpoints = Checkpoints.at(folder.resolve("lake.json"), NOW);
        OneRecord source = new OneRecord();
        source.gone = true;
        LocalDelivery delivery = delivery(source, checkpoints);
        delivery.start();
        assertThat(source.asked.await(20, TimeUnit.SECONDS)).isTrue();

        delivery.close();

        assertThat(checkpoints.after("s")).isNull();
        assertThat(messages)
                .isNotEmpty()
                .allMatch(line -> line.endsWith("pool shut down; trying again."));
    }
}
