package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.TraceId;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleTraces;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Faults;
import dev.freshet.features.Quarantine;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingFlowTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock(Examples.NOON);
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryModelLog kept = new MemoryModelLog(objects, clock);
    private final MemoryTrends history = new MemoryTrends(clock);
    private final MemoryQuarantine quarantined = new MemoryQuarantine();
    private final Examples examples = new Examples();
    private ModelLog log = kept;
    private Trends trends = history;
    private final MemoryOutcomeHistory days = new MemoryOutcomeHistory(clock);
    private OutcomeHistory outcomes = days;
    private Quarantine quarantine = quarantined;
    private long sequence;

    private TrainingFlow flow() {
        return new TrainingFlow(
                ModelLogs.only(log),
                ModelSettings.DEFAULT,
                trends,
                outcomes,
                quarantine,
                clock,
                Runnable::run);
    }

    private TrainingFlow.Outcome process(StreamRecord... batch) {
        return flow().process(List.of(batch));
    }

    private StreamRecord record(Example... batch) {
        return record(ExampleCodec.encode(Arrays.asList(batch)));
    }

    private StreamRecord record(byte[] bytes) {
        return Trainings.record(++sequence, bytes);
    }

    private Example.Interaction interaction(long user, String item) {
        return examples.interaction(user, item, Duration.ZERO);
    }

    private Model followed() {
        return Trainings.followed(kept);
    }

    @Test
    void aBatchMakesOneVersionThatFollowersCanRead() {
        List<Example> learned =
                List.of(interaction(1, "tea"), interaction(2, "milk"), interaction(1, "milk"));

        TrainingFlow.Outcome outcome =
                process(record(learned.get(0)), record(learned.get(1), learned.get(2)));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(outcome.applied()).isEqualTo(3);
        assertThat(kept.head().orElseThrow().examplesPosition()).isEqualTo("2");
        assertThat(SnapshotCodec.encode(followed()))
                .isEqualTo(SnapshotCodec.encode(Trainer.train(Model.EMPTY, learned).model()));
    }

    @Test
    void tracesOfTheBatchAreReportedBesideItsVersion() {
        TraceId one = new TraceId("1".repeat(32));
        TraceId other = new TraceId("2".repeat(32));
        byte[] bare = ExampleCodec.encode(List.of(interaction(1, "tea")));
        byte[] next = ExampleCodec.encode(List.of(interaction(2, "milk")));

        TrainingFlow.Outcome outcome =
                process(
                        record(ExampleTraces.with(List.of(one, other), bare)),
                        record(ExampleTraces.with(List.of(other), next)));

        assertThat(outcome.version()).isEqualTo(1);
        assertThat(outcome.traces()).containsExactly(one, other);
    }

    @Test
    void whatIsKnownAlreadyMakesNoVersion() {
        TrainingFlow flow = flow();
        StreamRecord record = record(interaction(1, "tea"));
        flow.process(List.of(record));

        TrainingFlow.Outcome again = flow.process(List.of(record));

        assertThat(again.unfinished()).isEmpty();
        assertThat(again.applied()).isZero();
        assertThat(again.skipped()).isEqualTo(1);
        assertThat(kept.head().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void deathAfterTheRowChangesNothingWhenTheBatchComesAgain() {
        StreamRecord record = record(interaction(1, "tea"), interaction(2, "tea"));
        process(record);

        TrainingFlow.Outcome again = process(record, record(interaction(3, "tea")));

        assertThat(again.applied()).isEqualTo(1);
        assertThat(again.skipped()).isEqualTo(2);
        assertThat(followed().totals().allInteractions()).isEqualTo(3);
    }

    @Test
    void aRefusedVersionIsFoldedAnewOntoTheOneThatWon() {
        TrainingFlow slow = flow();
        slow.process(List.of(record(interaction(1, "tea"))));
        process(record(interaction(2, "milk")));

        TrainingFlow.Outcome outcome = slow.process(List.of(record(interaction(3, "coffee"))));

        assertThat(outcome.version()).isEqualTo(3);
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(followed().totals().allInteractions()).isEqualTo(3);
    }

    @Test
    void twoTrainersOfTheSameBatchLearnItOnce() {
        StreamRecord first = record(interaction(1, "tea"));
        StreamRecord second = record(interaction(2, "milk"));
        TrainingFlow one = flow();
        TrainingFlow other = flow();
        one.process(List.of(first));
        other.process(List.of(first, second));
        one.process(List.of(second));

        assertThat(followed().totals().allInteractions()).isEqualTo(2);
    }

    private static boolean isFirstAppend(Faults.Call call) {
        return call.is("append", 1);
    }

    @Test
    void anAppendInDoubtThatHappenedIsFoundAndNotRepeated() {
        log = Faults.after(ModelLog.class, kept, TrainingFlowTest::isFirstAppend);

        TrainingFlow.Outcome outcome = process(record(interaction(1, "tea")));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(kept.head().orElseThrow().version()).isEqualTo(1);
        assertThat(followed().totals().allInteractions()).isEqualTo(1);
    }

    @Test
    void anAppendInDoubtThatDidNotHappenIsMadeAnew() {
        log = Faults.before(ModelLog.class, kept, TrainingFlowTest::isFirstAppend);

        TrainingFlow.Outcome outcome = process(record(interaction(1, "tea")));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.applied()).isEqualTo(1);
        assertThat(outcome.attempts()).isEqualTo(2);
    }

    @Test
    void aLogThatStaysSilentLeavesTheWholeBatchUnfinished() {
        StreamRecord first = record(interaction(1, "tea"));
        log = Faults.before(ModelLog.class, kept, call -> call.method().equals("append"));

        TrainingFlow.Outcome outcome = process(first, record(interaction(2, "tea")));

        assertThat(outcome.unfinished()).contains(first.position());
        assertThat(outcome.attempts()).isEqualTo(TrainingFlow.MAX_ATTEMPTS);
        assertThat(kept.head()).isEmpty();
    }

    @Test
    void aRecordThatIsNoExamplesGoesToQuarantineAndTheRestIsLearned() {
        StreamRecord poison = record(new byte[] {1, 2, 3});

        TrainingFlow.Outcome outcome =
                process(record(interaction(1, "tea")), poison, record(interaction(2, "tea")));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.quarantined()).isEqualTo(1);
        assertThat(outcome.applied()).isEqualTo(2);
        assertThat(quarantined.get(poison.position()).orElseThrow().reason())
                .startsWith("undecodable: ");
    }

    @Test
    void aBatchOfNothingButPoisonIsFinishedWithoutAVersion() {
        TrainingFlow.Outcome outcome = process(record(new byte[] {1, 2, 3}));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.quarantined()).isEqualTo(1);
        assertThat(kept.head()).isEmpty();
    }

    @Test
    void poisonThatCannotBeKeptAsideStopsTheBatchThere() {
        StreamRecord poison = record(new byte[] {1, 2, 3});
        quarantine = Faults.before(Quarantine.class, quarantined, call -> true);

        TrainingFlow.Outcome outcome =
                process(record(interaction(1, "tea")), poison, record(interaction(2, "tea")));

        assertThat(outcome.unfinished()).contains(poison.position());
        assertThat(outcome.applied()).isEqualTo(1);
    }

    @Test
    void aNewestDeltaThatIsCutShortStopsTrainingAndListsGoOnFromWhatCanBeRead() {
        process(record(interaction(1, "tea")));
        String key = kept.head().orElseThrow().key();
        byte[] whole = objects.get(key).orElseThrow();
        objects.put(key, Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> process(record(interaction(2, "tea"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(kept.head().orElseThrow().version()).isEqualTo(1);
        LogFollower.Result read = LogFollower.newest(kept, ModelSettings.DEFAULT);
        assertThat(read.versioned().version()).as("lists go on from what can be read").isZero();
        assertThat(read.trouble()).contains(key);
    }

    @Test
    void aClosedWindowIsWrittenOnceTheHeadHasMoved() {
        closeAWindow(flow());

        assertThat(
                        history.between(
                                "all",
                                FIVE_MINUTES,
                                Examples.NOON.minus(FIVE_MINUTES),
                                Examples.NOON.plusSeconds(1)))
                .singleElement()
                .satisfies(
                        window -> {
                            assertThat(window.top()).extracting("itemId").containsExactly("tea");
                            assertThat(window.modelVersion()).isEqualTo(2);
                        });
    }

    @Test
    void windowsThatTrendsDidNotTakeWaitForTheNextBatch() {
        trends = Faults.before(Trends.class, history, call -> call.number() <= 1);
        TrainingFlow flow = flow();

        TrainingFlow.Outcome failed = closeAWindow(flow);
        assertThat(failed.unfinished()).isEmpty();
        assertThat(failed.pendingTrends()).isPositive();

        TrainingFlow.Outcome next =
                flow.process(
                        List.of(record(examples.interaction(9, "tea", Duration.ofMinutes(7)))));
        assertThat(next.pendingTrends()).isZero();
        assertThat(
                        history.between(
                                "all", FIVE_MINUTES, Examples.NOON, Examples.NOON.plusSeconds(1)))
                .hasSize(1);
    }

    @Test
    void aDayThatTheTableDidNotTakeIsWrittenWithTheNextBatch() {
        outcomes = Faults.before(OutcomeHistory.class, days, call -> call.number() <= 1);
        TrainingFlow flow = flow();
        flow.process(List.of(record(list(1, 20_000))));
        flow.process(List.of(record(list(2, 20_001))));
        assertThat(days.between(20_000, 20_001)).isEmpty();

        flow.process(List.of(record(list(3, 20_001))));

        assertThat(days.between(20_000, 20_001))
                .singleElement()
                .satisfies(
                        day -> {
                            assertThat(day.day()).isEqualTo(20_000);
                            assertThat(day.modelVersion()).isEqualTo(2);
                        });
    }

    private static Example.Exposure list(long sequence, int day) {
        return Example.Exposure.of(
                new ShardPosition("events/lists", BigInteger.valueOf(sequence)),
                new Pseudonym(sequence),
                24 * day,
                "home",
                List.of(),
                List.of());
    }

    private TrainingFlow.Outcome closeAWindow(TrainingFlow flow) {
        flow.process(List.of(record(interaction(1, "tea"))));
        return flow.process(
                List.of(record(examples.interaction(2, "milk", Duration.ofMinutes(6)))));
    }
}
