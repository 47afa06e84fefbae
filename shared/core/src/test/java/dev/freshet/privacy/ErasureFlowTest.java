package dev.freshet.privacy;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.SHARD;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.clicked;
import static dev.freshet.features.EventFlow.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.features.EventFlow;
import dev.freshet.features.Faults;
import dev.freshet.features.Interactions;
import dev.freshet.features.Quarantine;
import dev.freshet.features.StoredInteraction;
import dev.freshet.features.UserStores;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.BasketContents;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.privacy.ErasureProgress.ErasureState;
import dev.freshet.privacy.ErasureResult.ErasureReceipt;
import dev.freshet.privacy.ErasureResult.ErasureReceipt.Place;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import dev.freshet.privacy.LakeErasures.LakePurge;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.training.Compaction;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The erasure of a user, from the call to the removal of the last delta. */
class ErasureFlowTest {
    private static final RetentionPolicy KEEPING = RetentionPolicy.parse("recovery=20,bulk=3");
    private static final Instant RECOVERED =
            NOW.plus(KEEPING.period(RetentionPolicy.Kind.RECOVERY));

    private final EventFlow at = new EventFlow();
    private final ErasureFlow.Streamed streamed =
            new ErasureFlow.Streamed(at.codec::encode, at.codec::decode, at::pseudonym, "events");
    private final MemoryEventLog events = new MemoryEventLog();
    private final MemoryModelLog log = new MemoryModelLog(at.clock);
    private Model model = Model.EMPTY;
    private Optional<LakeProgress> lake = Optional.empty();
    private int learned;
    private int taken;
    private int erasures;

    private ErasureFlow flow() {
        return new ErasureFlow(
                new UserStores(at.interactions, at.exposures, at.users),
                at.quarantine,
                events,
                streamed,
                KEEPING,
                Optional.of(LakePurge.WEEKLY),
                at.clock,
                () -> "erasure-" + ++erasures);
    }

    private ErasureProgress progress() {
        return new ErasureProgress(
                new UserStores(at.rows, at.lists, at.profiles),
                ModelLogs.only(log),
                KEEPING,
                lake.map(reached -> new LakeErasures(LakePurge.WEEKLY, () -> reached)),
                at.clock);
    }

    private ExportFlow exports() {
        UserStores stores = new UserStores(at.rows, at.lists, at.profiles);
        return new ExportFlow(stores, at.quarantined, streamed, () -> model, at.clock);
    }

    private ErasureReceipt erase(String id) {
        return receipt(flow().erase(id, soon()));
    }

    private static ErasureReceipt receipt(ErasureResult result) {
        assertThat(result).isInstanceOf(ErasureReceipt.class);
        return (ErasureReceipt) result;
    }

    private Instant soon() {
        return at.clock.instant().plusSeconds(10);
    }

    /** Processes the records put into events since the last call. */
    private void takeErasures() {
        var records = events.records();
        for (; taken < records.size(); taken++) {
            EventLog.Entry entry = records.get(taken).entry();
            at.take(at.record(entry.partitionKey(), entry.bytes()));
        }
    }

    /** Learns the examples emitted since the last call, in one version. */
    private void train() {
        List<Example> all = at.learned();
        Trainer.Step step = Trainer.train(model, all.subList(learned, all.size()));
        learned = all.size();
        model = step.model();
        long version = log.head().map(v -> v.version()).orElse(0L) + 1;
        log.append(version, step.delta(), model.marks(), "", at.clock.instant());
    }

    private Compaction compaction() {
        return new Compaction(
                ModelLogs.only(log),
                ModelSettings.DEFAULT,
                new MemoryCatalog(at.clock),
                new MemoryDefinitions(),
                new MemoryExampleLog(),
                item -> Map.of(),
                Compaction.Settings.withRowsKept(KEEPING.period(RetentionPolicy.Kind.MODEL)),
                at.clock,
                Runnable::run);
    }

    private void someLife() {
        at.take(
                at.click("ann", "tea"),
                at.click("ann", "milk"),
                at.click("anon-1", "salt"),
                at.click("bob", "tea"));
        at.take(alias("anon-1", "ann"));
        at.states("ann", Map.of("plan", AttributeValue.of("gold")), new Consent(true, true));
        at.quarantined.put(entry("events", 7, "ann", at.codec.encode(clicked("ann", "x"))));
        at.quarantined.put(entry("events", 8, "anon-7", at.codec.encode(alias("anon-7", "ann"))));
        at.quarantined.put(entry("events", 9, "bob", at.codec.encode(clicked("bob", "x"))));
        at.quarantined.put(entry("examples", 10, "examples", ExampleCodec.encode(clicks())));
        train();
    }

    private List<Example> clicks() {
        return at.learned().stream().filter(Example.Interaction.class::isInstance).toList();
    }

    private static Quarantine.Entry entry(
            String stream, int sequence, String partitionKey, byte[] payload) {
        return new Quarantine.Entry(
                new ShardPosition(stream + "/shardId-000000000000", BigInteger.valueOf(sequence)),
                partitionKey,
                "bad: It is bad.",
                NOW,
                payload);
    }

    @Test
    void oneCallRemovesThePersonFromEveryStoreAndSaysWhatWasWhere() {
        someLife();

        ErasureReceipt receipt = erase("ann");

        assertThat(receipt.aliases()).isEqualTo(1);
        assertThat(receipt.profiles()).isEqualTo(2);
        assertThat(receipt.rows()).isEqualTo(3);
        assertThat(receipt.allRows()).isTrue();
        assertThat(receipt.quarantine()).isEqualTo(new Quarantine.Erased(2, 1, true));
        assertThat(receipt.erasures()).isEqualTo(3);
        assertOnlyBobIsLeft();
        assertThat(List.of("ann", "anon-1")).noneMatch(id -> at.profiles.get(id).hasData());
        assertThat(at.quarantined.entries())
                .extracting(Quarantine.Entry::partitionKey)
                .containsExactly("bob", "examples");
        assertThat(ExampleCodec.decode(at.quarantined.entries().getLast().payload()))
                .extracting(example -> ((Example.Interaction) example).user())
                .containsExactly(at.pseudonym("bob"));
        assertThat(receipt.remaining())
                .extracting(ErasureReceipt.Remainder::place)
                .contains(Place.EVENTS_STREAM, Place.MODEL_LOG, Place.TOMBSTONE)
                .contains(Place.BACKUPS, Place.LAKE);
    }

    private void assertOnlyBobIsLeft() {
        assertThat(at.stored()).extracting(StoredInteraction::userId).containsOnly("bob");
    }

    @Test
    void theErasuresOfTheUserBehindAnAliasComeBeforeTheAliasesOwn() {
        someLife();
        erase("ann");

        assertThat(events.records())
                .extracting(record -> (Event.Erasure) at.codec.decode(record.entry().bytes()))
                .extracting(erasure -> erasure.partitionKey() + ">" + erasure.erasedId())
                .containsExactly("anon-1>ann", "anon-1>anon-1", "ann>ann");
    }

    @Test
    void anExportReportsEverythingAndAfterTheErasureNothing() {
        someLife();

        ExportFlow.Part before = exports().part("ann", null, soon());
        ExportFlow.About about = before.about().orElseThrow();
        assertThat(about.profiles())
                .extracting(UserProfile::userId)
                .containsExactly("ann", "anon-1");
        assertThat(before.rows())
                .extracting(row -> row.target().id())
                .containsExactlyInAnyOrder("tea", "milk", "salt");
        assertThat(about.quarantine()).hasSize(2);
        assertThat(about.baskets().stream().flatMap(basket -> basket.items().stream()))
                .extracting(BasketContents::itemId)
                .containsExactlyInAnyOrder("tea", "milk", "salt");

        erase("ann");
        takeErasures();
        train();

        ExportFlow.Part after = exports().part("ann", null, soon());
        ExportFlow.About nothing = after.about().orElseThrow();
        assertThat(after.rows()).isEmpty();
        assertThat(nothing.quarantine()).isEmpty();
        assertThat(nothing.baskets()).isEmpty();
        UserProfile profile = nothing.profiles().getFirst();
        assertThat(nothing.profiles()).hasSize(1);
        assertThat(profile.hasData()).isFalse();
        assertThat(profile.erasedAt()).isNotNull();
        assertThat(BasketContents.of(model, at.pseudonym("bob"))).isNotEmpty();
    }

    @Test
    void aLongHistoryIsExportedInPartsEachRowOnce() {
        List<StreamRecord> batch = EventFlow.batch(2_350, i -> at.click("ann", "item-" + i));
        at.take(batch);
        List<String> told = new ArrayList<>();
        @Nullable String next = null;
        int parts = 0;
        do {
            ExportFlow.Part part = exports().part("ann", next, soon());
            part.rows().forEach(row -> told.add(row.target().id()));
            assertThat(part.about().isPresent()).isEqualTo(parts == 0);
            next = part.next();
            parts++;
        } while (next != null);

        assertThat(parts).isEqualTo(2);
        assertThat(told).hasSize(2_350).doesNotHaveDuplicates();
        for (String foreign : List.of("", "x", "OTkgMQ", "a".repeat(500), "!")) {
            assertThatThrownBy(() -> exports().part("ann", foreign, soon()))
                    .isInstanceOf(ExportFlow.UnknownPartException.class);
        }
    }

    @Test
    void rowsThatTimeDoesNotSufficeForGoWhenTheErasureTakesItsTurn() {
        someLife();

        ErasureReceipt receipt = receipt(flow().erase("ann", at.clock.instant()));

        assertThat(receipt.allRows()).isFalse();
        assertThat(receipt.quarantine().complete()).isFalse();
        assertThat(at.stored()).hasSize(4);
        takeErasures();
        assertOnlyBobIsLeft();
    }

    @Test
    void aRepeatAMinuteLaterErasesWhatCameSince() {
        someLife();
        erase("ann");
        takeErasures();
        at.clock.advance(Duration.ofMinutes(1));
        at.states("ann", Map.of("plan", AttributeValue.of("new")), null);

        ErasureReceipt again = erase("ann");

        assertThat(again.erasureId()).isEqualTo("erasure-2");
        assertThat(again.profiles()).isEqualTo(1);
        assertThat(at.profiles.get("ann").attributes()).isEmpty();
    }

    /** Gives a user as many aliases as it may have. */
    private void manyAliases(String userId) {
        for (int i = 0; i < UserProfile.MAX_ALIASES; i++) {
            at.take(alias("anon-" + userId + i, userId));
        }
    }

    @Test
    void aHundredRepeatsOfAnErasureInForceAddNoRecordToTheStream() {
        manyAliases("ann");
        erase("ann");
        takeErasures();
        int records = events.records().size();
        assertThat(records).isEqualTo(2 * UserProfile.MAX_ALIASES + 1);

        for (int i = 0; i < 100; i++) {
            ErasureReceipt again = erase("ann");
            assertThat(again.erasureId()).isEqualTo("erasure-1");
            assertThat(again.erasedAt()).isEqualTo(NOW);
            assertThat(again.erasures()).isZero();
            assertThat(again.quarantine().complete()).as("it was not searched again").isFalse();
        }

        assertThat(events.records()).hasSize(records);
    }

    @Test
    void anErasureUnderWayOrFollowedByDataIsRepeatedAMinuteLaterAtTheEarliest() {
        someLife();
        erase("ann");
        int records = events.records().size();

        at.clock.advance(Duration.ofSeconds(20));
        ErasureResult deferred = new ErasureResult.Deferred(Duration.ofSeconds(40));
        assertThat(flow().erase("ann", soon())).as("under way").isEqualTo(deferred);
        takeErasures();
        at.rows.putIfAbsent(row("ann", "again"), null);
        assertThat(flow().erase("ann", soon())).as("followed by a row").isEqualTo(deferred);
        assertThat(at.stored()).extracting(StoredInteraction::userId).contains("ann");
        assertThat(events.records()).hasSize(records);

        at.clock.advance(Duration.ofSeconds(40));
        assertThat(erase("ann").rows()).isEqualTo(1);
    }

    @Test
    void laterErasuresLeaveTheFormerAliasesToWhomTheyBelongSince() {
        manyAliases("ann");
        erase("ann");
        takeErasures();
        int records = events.records().size();
        at.clock.advance(Duration.ofMinutes(2));
        at.take(later(alias("anon-ann7", "bob")));
        assertThat(at.profiles.get("bob").aliases()).containsExactly("anon-ann7");

        erase("ann");

        assertThat(events.records()).as("one for ann").hasSize(records + 1);
        assertThat(at.profiles.get("anon-ann7").aliasOf()).isEqualTo("bob");
    }

    @Test
    void aliasesUnderWhichAnErasureIsNotProcessedAreErasedAgain() {
        someLife();
        erase("ann");
        at.clock.advance(Duration.ofMinutes(1));

        assertThat(erase("ann").aliases()).isEqualTo(1);
    }

    @Test
    void ofTwoErasuresAtTheSameTimeOneIsDone() {
        someLife();
        ErasureFlow flow = flow();
        List<ErasureResult> results = new ArrayList<>();
        at.users =
                Faults.on(
                        Users.class,
                        at.profiles,
                        call -> {
                            if (call.is("put", 1)) {
                                results.add(flow.erase("ann", soon()));
                            }
                        });

        assertThat(flow().erase("ann", soon())).isInstanceOf(ErasureResult.Deferred.class);
        assertThat(results).singleElement().isInstanceOf(ErasureReceipt.class);
        assertThat(events.records()).hasSize(3);
    }

    private StoredInteraction row(String user, String item) {
        StoredInteraction old = at.stored().getFirst();
        return new StoredInteraction(
                user,
                "e-" + item,
                EventTimes.at(at.clock.instant()),
                new StoredInteraction.Act(old.type(), Target.item(item), 1, 0, null),
                "session",
                old.context(),
                new ShardPosition(SHARD, BigInteger.valueOf(9_999)),
                null,
                Map.of());
    }

    /** Returns an alias that is received now. */
    private Event later(Event event) {
        return timed(event, EventTimes.at(at.clock.instant()));
    }

    @Test
    void anAliasErasedByItselfLeavesItsUser() {
        someLife();
        erase("anon-1");

        assertThat(at.profiles.get("ann").aliases()).isEmpty();
        assertThat(at.profiles.get("ann").attributes())
                .containsEntry("plan", AttributeValue.of("gold"));
        assertThat(at.stored()).extracting(StoredInteraction::userId).containsOnly("ann", "bob");
    }

    @Test
    void aStoreThatFailsHalfWayIsReportedAndAFurtherCallDoesTheRest() {
        someLife();
        at.interactions = Faults.after(Interactions.class, at.rows, call -> call.is("remove", 1));
        ErasureFlow flow = flow();

        assertThatThrownBy(() -> flow.erase("ann", soon()))
                .isInstanceOf(StoreUnavailableException.class);
        at.clock.advance(ErasureFlow.LEAST_INTERVAL);
        receipt(flow.erase("ann", soon()));
        takeErasures();

        assertOnlyBobIsLeft();
    }

    @Test
    void itsStateGoesStepByStepFromTheCallToTheLastDelta() {
        someLife();
        assertThat(progress().of("ann")).isEmpty();
        erase("ann");

        ErasureState put = state();
        assertThat(put.rowsGone()).isTrue();
        assertThat(put.appliedAt()).isEmpty();
        assertThat(put.completeAt()).isEmpty();

        takeErasures();
        assertThat(state().appliedAt()).isPresent();
        assertThat(state().forgottenIn()).isEmpty();

        train();
        assertThat(state().forgottenIn()).hasValue(2L);
        assertThat(state().correctedIn()).isEmpty();

        at.take(at.click("bob", "later"));
        train();
        Compaction compaction = compaction();
        at.clock.advance(Duration.ofDays(1));
        compaction.run();
        assertThat(state().correctedIn()).hasValue(3L);
        Instant gone = at.clock.instant().plus(KEEPING.period(RetentionPolicy.Kind.MODEL));
        assertThat(state().logGoneAt().orElseThrow()).isAfterOrEqualTo(gone);
        assertThat(state().completeAt()).hasValue(RECOVERED);

        at.clock.advance(KEEPING.period(RetentionPolicy.Kind.MODEL).plusSeconds(1));
        compaction.run();
        assertThat(state().logGone()).isTrue();
        assertThat(state().complete(at.clock.instant())).isFalse();
        at.clock.advance(Duration.ofDays(6));
        assertThat(state().complete(at.clock.instant())).isTrue();
        assertThat(state().forgottenIn()).isPresent();
    }

    @Test
    void aRowThatIsLeftKeepsItFromBeingComplete() {
        someLife();
        flow().erase("ann", at.clock.instant());
        assertThat(state().rowsGone()).isFalse();
        assertThat(state().completeAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BULK_LISTS, 3", "LAKE, 10"})
    void theReceiptNamesTheDayFromWhichAPlaceHoldsNothing(Place place, int days) {
        someLife();

        assertThat(erase("ann").remaining())
                .filteredOn(ErasureReceipt.Remainder::place, place)
                .extracting(ErasureReceipt.Remainder::until)
                .containsExactly(NOW.plus(Duration.ofDays(days)));
    }

    @Test
    void aRunThatBeganBeforeEverythingLandedHasNotDeletedAll() {
        someLife();
        erase("ann");
        Instant landed = NOW.plus(LakeProgress.LANDING);

        lake = Optional.of(LakeProgress.NONE);
        assertThat(inLake().deleted()).isFalse();
        lake = reached(landed.minusMillis(1), Instant.EPOCH);
        assertThat(inLake().deleted()).isFalse();
        lake = reached(landed, landed.minusMillis(1));
        assertThat(inLake().deleted()).isTrue();
        assertThat(inLake().gone()).isFalse();
        lake = reached(landed, landed);
        assertThat(inLake().gone()).isTrue();
    }

    @Test
    void anErasureIsNotCompleteWhileTheLakeIsOverdue() {
        someLife();
        erase("ann");
        takeErasures();
        train();
        at.take(at.click("bob", "later"));
        train();
        Compaction compaction = compaction();
        at.clock.advance(Duration.ofDays(1));
        compaction.run();
        lake = Optional.of(LakeProgress.NONE);
        assertThat(state().completeAt()).hasValue(RECOVERED);

        at.clock.advance(Duration.ofDays(40));
        compaction.run();
        assertThat(state().completeAt()).isEmpty();
        Instant night = at.clock.instant();
        lake = reached(night, night);
        assertThat(state().complete(at.clock.instant())).isTrue();
    }

    private static Optional<LakeProgress> reached(Instant deletedUpTo, Instant goneUpTo) {
        return Optional.of(
                new LakeProgress(
                        Optional.of(deletedUpTo), Optional.of(goneUpTo), Optional.of(goneUpTo)));
    }

    private ErasureState.InLake inLake() {
        return state().inLake().orElseThrow();
    }

    private ErasureState state() {
        return progress().of("ann").orElseThrow();
    }
}
