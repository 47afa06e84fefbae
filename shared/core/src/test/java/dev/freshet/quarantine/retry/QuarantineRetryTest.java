package dev.freshet.quarantine.retry;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.SHARD;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.clicked;
import static dev.freshet.features.EventFlow.retracted;
import static dev.freshet.features.EventFlow.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Event;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.features.EventFlow;
import dev.freshet.features.Faults;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.features.StoredInteraction;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.Model;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.training.TrainingFlow;
import dev.freshet.training.Trainings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineRetryTest {
    private final EventFlow at = new EventFlow();
    private final MemoryEventLog sent = new MemoryEventLog();
    private final MemoryModelLog log = new MemoryModelLog(at.clock);
    private final TrainingFlow training = Trainings.flow(log, at.quarantined, at.clock);
    private EventLog events = sent;
    private Quarantine quarantine = at.quarantined;
    private int delivered;
    private int trained;

    @Test
    void aRecordTheCodeThrewOnComesBackOnceHoweverOftenItIsTried() {
        Entry entry = quarantine(at.click("ann", "tea"));

        assertThat(retry(entry)).isEqualTo(State.RETRIED);
        assertThat(retry(entry)).isEqualTo(State.SETTLED);

        run();
        assertThat(at.quarantined.entries()).isEmpty();
        assertOneEffect();
    }

    @Test
    void aDeathBeforeTheEntryIsSettledLeavesOneEffect() {
        Entry entry = quarantine(at.click("ann", "tea"));
        quarantine =
                Faults.before(
                        Quarantine.class, at.quarantined, call -> call.method().equals("settle"));
        assertThatThrownBy(() -> retry(entry)).isInstanceOf(StoreUnavailableException.class);
        quarantine = at.quarantined;

        assertThat(retry(entry)).isEqualTo(State.RETRIED);

        assertThat(sent.records()).hasSize(2);
        run();
        assertOneEffect();
    }

    @Test
    void aStreamThatDoesNotAcknowledgeLeavesTheEntryOpen() {
        Entry entry = quarantine(at.click("ann", "tea"));
        events = entries -> List.of(0);

        assertThatThrownBy(() -> retry(entry)).isInstanceOf(StoreUnavailableException.class);

        assertThat(at.quarantined.entries()).containsExactly(entry);
    }

    @Test
    void whatTheModelLearnedBeforeItWasGivenUpIsNotSentAgain() {
        StreamRecord click = at.click("ann", "tea");
        at.take(click);
        at.take(at.click("bob", "milk"));
        run();
        Entry entry = quarantine(click);

        assertThat(retry(entry)).isEqualTo(State.LEARNED);

        assertThat(sent.records()).isEmpty();
        assertThat(at.quarantined.settlement(entry.position())).isPresent();
    }

    @Test
    void whatMayStillBeOnItsWayToTheModelWaits() {
        StreamRecord click = at.click("ann", "tea");
        at.take(click);
        Entry entry = quarantine(click);
        Assurance nothingKnown = new Assurance(entry.at(), false);

        assertThat(retrying().retry(entry, nothingKnown).state()).isEqualTo(State.WAITING);
        assertThat(sent.records()).isEmpty();
        run();
        assertThat(retrying().retry(entry, nothingKnown).state()).isEqualTo(State.LEARNED);
        assertThat(followed().totals().events()).isEqualTo(1);
    }

    @Test
    void aRowWhoseExampleWasNeverSentIsTakenOverAndLearnedOnce() {
        StreamRecord click = at.click("ann", "tea");
        at.examples = Faults.before(ExampleLog.class, at.emitted, call -> true);
        at.take(click);
        at.examples = at.emitted;
        Entry entry = quarantine(click);
        at.take(at.click("ann", "milk"));
        run();

        assertThat(retry(entry)).isEqualTo(State.RETRIED);

        run();
        assertThat(at.stored()).hasSize(2);
        assertThat(followed().totals().events()).isEqualTo(2);
    }

    @Test
    void aRetryThatWasQuarantinedItselfComesBackOnceWhicheverRecordTheRowIsOf() {
        for (boolean first : new boolean[] {true, false}) {
            EventFlow fresh = new EventFlow();
            StreamRecord click = fresh.click("ann", "tea");
            Event again = fresh.codec.decode(click.data()).retrying(click.position());
            StreamRecord second = fresh.record(again);
            fresh.rows.putIfAbsent(
                    StoredInteraction.of(
                            (Event.Interaction) again, (type, value) -> 1, first ? click : second),
                    null);
            MemoryEventLog out = new MemoryEventLog();
            quarantine = fresh.quarantined;
            events = out;
            retrying(fresh).retry(quarantine(second), caughtUp());

            List<EventOutcome> outcomes = new ArrayList<>();
            for (MemoryEventLog.Placed placed : out.records()) {
                fresh.take(fresh.record(placed.entry().partitionKey(), placed.entry().bytes()))
                        .outcomes()
                        .forEach((outcome, count) -> outcomes.add(outcome));
            }
            assertThat(outcomes)
                    .containsExactlyInAnyOrder(EventOutcome.STORED, EventOutcome.DUPLICATE);
            assertThat(fresh.learned()).hasSize(1);
        }
    }

    @Test
    void anUnreadableRecordStaysUntilTheCodeCanReadIt() {
        Entry entry = quarantine(at.poison("ann"));

        QuarantineRetry.Outcome outcome = retrying().retry(entry, caughtUp());

        assertThat(outcome.state()).isEqualTo(State.UNREADABLE);
        assertThat(outcome.sentence()).contains("cannot be decoded");
        assertThat(at.quarantined.entries()).containsExactly(entry);
    }

    @Test
    void aRecordUnderAForeignKeyComesBackUnderItsUsers() {
        Event event = clicked("ann", "tea", "e-1");
        Entry entry = quarantine(at.record("somebody", at.codec.encode(event)));

        assertThat(retry(entry)).isEqualTo(State.RETRIED);

        assertThat(sent.records().getFirst().entry().partitionKey()).isEqualTo("ann");
    }

    @Test
    void whatItsUserTookBackMeanwhileIsStoredAndNotLearned() {
        Entry entry = quarantine(at.click("ann", "tea"));
        at.take(retracted("ann", "tea", "undo", "ann-tea"));

        assertThat(retry(entry)).isEqualTo(State.RETRIED);

        run();
        assertThat(at.stored()).hasSize(2);
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void anImpressionAndAnAliasComeBackOnce() {
        Entry shown = quarantine(at.record(shown("ann", "i-1", NOW, "tea")));
        Entry alias = quarantine(at.record(alias("anon-1", "ann")));

        assertThat(retry(shown)).isEqualTo(State.RETRIED);
        assertThat(retry(alias)).isEqualTo(State.RETRIED);

        run();
        assertThat(at.timesShown("ann", "tea")).isEqualTo(1);
        assertThat(at.profiles.get("anon-1").aliasOf()).isEqualTo("ann");
        assertThat(followed().totals().merges()).isEqualTo(1);
    }

    @Test
    void theExamplesThatTrainingPassedOverAreLearnedOnceAndTheirSoundNeighboursNotAgain() {
        List<Example> both = examplesOf("tea", "milk");
        train(ExampleCodec.encode(both.subList(1, 2)));
        Entry entry = examplesAside(both);

        assertThat(retry(entry)).isEqualTo(State.SENT);
        assertThat(retry(entry)).isEqualTo(State.SENT);
        run();
        assertThat(retry(entry)).isEqualTo(State.LEARNED);

        assertThat(followed().totals().events()).isEqualTo(2);
        assertThat(at.quarantined.entries()).isEmpty();
    }

    @Test
    void whatOvertookItInOneRoundIsCaughtInTheNext() {
        List<Example> three = examplesOf("tea", "milk", "salt");
        train(ExampleCodec.encode(three.subList(2, 3)));
        Entry tea = examplesAside(three.subList(0, 1));
        Entry milk = examplesAside(three.subList(1, 2));

        assertThat(retry(milk)).isEqualTo(State.SENT);
        run();
        assertThat(retry(tea)).isEqualTo(State.SENT);
        run();

        assertThat(retry(tea)).isEqualTo(State.LEARNED);
        assertThat(retry(milk)).isEqualTo(State.LEARNED);
        assertThat(followed().totals().events()).isEqualTo(3);
        assertThat(followed().marks().byShard()).containsKeys("retry1/" + SHARD, "retry2/" + SHARD);
    }

    @Test
    void aRetryThatTrainingKeptAsideAgainIsTheSameExampleStill() {
        List<Example> two = examplesOf("tea", "milk");
        train(ExampleCodec.encode(two.subList(1, 2)));
        Entry entry = examplesAside(two.subList(0, 1));
        retry(entry);
        Entry again = examplesAside(ExampleCodec.decode(at.emitted.records().getLast()));

        assertThat(retry(again)).isEqualTo(State.SENT);
        run();

        assertThat(retry(entry)).isEqualTo(State.LEARNED);
        assertThat(retry(again)).isEqualTo(State.LEARNED);
        assertThat(followed().totals().events()).isEqualTo(2);
    }

    @Test
    void aLogThatNoLongerReachesBackLeavesTheEntryUnlessReported() {
        StreamRecord click = at.click("ann", "tea");
        for (int i = 0; i < 3; i++) {
            at.take(at.click("bob", "item-" + i));
            run();
        }
        log.putSnapshot(3, new byte[1], at.clock.instant(), at.clock.instant().plusSeconds(1));
        at.clock.advance(Duration.ofMinutes(1));

        Entry entry = quarantine(click);
        assertThat(retry(entry)).isEqualTo(State.UNPROVEN);
        assertThat(retrying().retry(entry, new Assurance(at.clock.instant(), true)).state())
                .isEqualTo(State.RETRIED);
    }

    private List<Example> examplesOf(String... items) {
        EventFlow apart = new EventFlow();
        for (String item : items) {
            apart.take(apart.click("ann", item));
        }
        return apart.learned();
    }

    private Entry quarantine(StreamRecord record) {
        Entry entry =
                new Entry(
                        record.position(), record.partitionKey(), "threw: x.", NOW, record.data());
        at.quarantined.put(entry);
        return entry;
    }

    private Entry examplesAside(List<Example> examples) {
        return quarantine(Trainings.record(10_000 + at.quarantined.entries().size(), examples));
    }

    private QuarantineRetry retrying() {
        return retrying(at);
    }

    private QuarantineRetry retrying(EventFlow flow) {
        return new QuarantineRetry(
                quarantine,
                events,
                flow.emitted,
                "examples",
                log,
                flow.codec::decode,
                flow.codec::encode,
                flow.clock);
    }

    private State retry(Entry entry) {
        return retrying().retry(entry, caughtUp()).state();
    }

    private Assurance caughtUp() {
        return new Assurance(at.clock.instant().plusSeconds(1), false);
    }

    /** Delivers what was put into either stream since the last run, each record twice. */
    private void run() {
        List<MemoryEventLog.Placed> events = sent.records();
        for (; delivered < events.size(); delivered++) {
            EventLog.Entry entry = events.get(delivered).entry();
            StreamRecord record = at.record(entry.partitionKey(), entry.bytes());
            at.take(record);
            at.take(record);
        }
        List<byte[]> examples = at.emitted.records();
        for (; trained < examples.size(); trained++) {
            train(examples.get(trained));
        }
    }

    private void train(byte[] record) {
        StreamRecord next = Trainings.record(trained + 1, record);
        assertThat(training.process(List.of(next)).unfinished()).isEmpty();
    }

    private Model followed() {
        return Trainings.followed(log);
    }

    private void assertOneEffect() {
        assertThat(at.stored()).hasSize(1);
        assertThat(followed().totals().events()).isEqualTo(1);
    }
}
