package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleContext;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryModelLog;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaModelSupplierTest {
    private final SettableClock clock = new SettableClock(Site.NOW);
    private final Switched log = new Switched(new MemoryModelLog(clock));
    private final ReplicaModelSupplier serving =
            new ReplicaModelSupplier(
                    new Replica(log, ModelSettings.DEFAULT, clock, Runnable::run),
                    CatalogueMode.OPEN,
                    clock);

    @Test
    void theNewestVersionServesWithoutTrouble() {
        learnOne();

        ServedModel served = serving.get();

        assertThat(served.version()).isEqualTo(1);
        assertThat(served.age()).isZero();
        assertThat(served.problems()).isEmpty();
        assertThat(served.index("a")).isZero();
        assertThat(served.index("b")).isEqualTo(-1);
        assertThat(served.index(null)).isEqualTo(-1);
    }

    @Test
    void aLogThatNeverAnsweredLeavesTheEmptyModelAndSaysSo() {
        log.down = true;

        ServedModel served = serving.get();

        assertThat(served.version()).isZero();
        assertThat(served.problems()).containsExactly("model-unavailable");
    }

    @Test
    void aLogThatStoppedAnsweringLeavesTheLastVersionWithItsAge() {
        learnOne();
        serving.get();
        log.down = true;
        clock.advance(Duration.ofSeconds(3));

        assertThat(serving.get().problems()).containsExactly("model-behind");

        clock.advance(Duration.ofSeconds(9));
        ServedModel served = serving.get();

        assertThat(served.version()).isEqualTo(1);
        assertThat(served.age()).isEqualTo(Duration.ofSeconds(12));
        assertThat(served.problems()).containsExactly("model-stale");
    }

    private void learnOne() {
        Example example =
                new Example.Interaction(
                        new ShardPosition("events/shardId-0", BigInteger.ONE),
                        new Pseudonym(1),
                        Target.item("a"),
                        EventType.VIEW,
                        1,
                        0,
                        Site.NOW,
                        ExampleContext.UNKNOWN);
        Trainer.Step step = Trainer.train(Model.EMPTY, List.of(example));
        log.append(1, step.delta(), step.model().marks(), "1", Site.NOW);
    }

    private static final class Switched implements ModelLog {
        private final ModelLog log;
        private boolean down;

        Switched(ModelLog log) {
            this.log = log;
        }

        private ModelLog up() {
            if (down) {
                throw new StoreUnavailableException(
                        "Models", new IOException("connection refused"));
            }
            return log;
        }

        @Override
        public ModelArchive.StoredObject putSpan(long first, byte[] span) {
            throw new UnsupportedOperationException("nothing is announced");
        }

        @Override
        public byte[] object(ModelArchive.StoredObject object) {
            throw new UnsupportedOperationException("nothing is announced");
        }

        @Override
        public int sweepNeighbours(MemoryNames names) {
            return up().sweepNeighbours(names);
        }

        @Override
        public Optional<Version> head() {
            return up().head();
        }

        @Override
        public List<Version> after(long version, int limit) {
            return up().after(version, limit);
        }

        @Override
        public List<Snapshot> snapshots(int limit) {
            return up().snapshots(limit);
        }

        @Override
        public Optional<Version> append(
                long version,
                byte[] delta,
                HighWaterMarks marks,
                String examplesPosition,
                Instant at) {
            return up().append(version, delta, marks, examplesPosition, at);
        }

        @Override
        public void putSnapshot(long version, byte[] snapshot, Instant at, Instant expireAt) {
            up().putSnapshot(version, snapshot, at, expireAt);
        }

        @Override
        public Optional<Instant> expiry(long version) {
            return up().expiry(version);
        }

        @Override
        public int sweep() {
            return up().sweep();
        }

        @Override
        public byte[] delta(Version version) {
            return up().delta(version);
        }

        @Override
        public byte[] snapshot(Snapshot snapshot) {
            return up().snapshot(snapshot);
        }
    }
}
