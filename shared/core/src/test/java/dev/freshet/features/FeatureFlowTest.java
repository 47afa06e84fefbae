package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.SHARD;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.clicked;
import static dev.freshet.features.EventFlow.did;
import static dev.freshet.features.EventFlow.having;
import static dev.freshet.features.EventFlow.retracted;
import static dev.freshet.features.EventFlow.shown;
import static dev.freshet.features.EventFlow.stating;
import static dev.freshet.features.EventFlow.traced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.TraceId;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleTraces;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.features.FeatureFlow.ConsentCounts;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import dev.freshet.profile.Users;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureFlowTest {
    private final EventFlow at = new EventFlow();

    @Test
    void anEventLeavesOneRowAndOneExample() {
        StreamRecord record = at.click("ann", "tea");

        FeatureFlow.Outcome outcome = at.take(record);

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.count(EventOutcome.STORED)).isEqualTo(1);
        assertThat(at.stored())
                .extracting("userId", "owner", "strength")
                .containsExactly(tuple("ann", record.position(), 1.0));
        assertThat(at.learned())
                .containsExactly(
                        new Example.Interaction(
                                        record.position(),
                                        at.pseudonym("ann"),
                                        Target.item("tea"),
                                        EventType.CLICK,
                                        1f,
                                        0,
                                        NOW.minusMillis(4_960),
                                        Context.of("mobile", "BR", 9))
                                .received(NOW)
                                .credited(
                                        ListCredit.unattributed(
                                                OutcomeKind.CLICK, ListCredits.hour(NOW))));
    }

    @Test
    void tracesGoFromTheEventsToTheRecordOfTheirExamplesAndToTheLog() {
        TraceId one = new TraceId("1".repeat(32));
        TraceId other = new TraceId("2".repeat(32));
        StreamRecord shown = at.record(traced(shown("ann", "s", NOW, "tea"), other));
        StreamRecord first = at.record(traced(clicked("ann", "tea"), one));
        StreamRecord second = at.record(traced(clicked("bob", "tea"), one));

        FeatureFlow.Outcome outcome = at.take(shown, first, at.click("cid", "tea"), second);

        assertThat(outcome.traces()).containsExactly(other, one);
        assertThat(at.emitted.records()).hasSize(1);
        assertThat(ExampleTraces.of(at.emitted.records().getFirst())).containsExactly(other, one);
        assertThat(at.learned()).hasSize(4);
    }

    @Test
    void freshnessIsFromTheReceiptToTheRowOfEachRowStoredAndOfNoOther() {
        StreamRecord twice = at.click("ann", "tea");
        Event retried = clicked("cid", "tea", "retried").retrying(twice.position());
        at.clock.advance(Duration.ofMillis(86));

        FeatureFlow.Outcome outcome =
                at.take(at.click("bob", "tea"), at.poison("dan"), twice, at.record(retried));

        assertThat(outcome.freshnessMs()).containsExactly(86L, 86L);
        assertThat(at.take(twice).freshnessMs()).as("a row that is there").isEmpty();
    }

    @Test
    void refusalsOfConsentCountForWhatUsersDidAndNotForErasures() {
        at.states("cid", Map.of(), new Consent(true, false));

        FeatureFlow.Outcome outcome =
                at.take(
                        at.click("bob", "tea"),
                        at.record(click(new Consent(false, true), Map.of())),
                        at.click("cid", "tea"),
                        at.poison("dan"));

        assertThat(outcome.consents()).isEqualTo(new ConsentCounts(1, 2));
    }

    private static Event click(@Nullable Consent consent, Map<String, String> properties) {
        return having(stating(clicked("ann", "tea", "e-1"), consent), properties);
    }

    @Test
    void aRowKeepsThePropertiesThatTheOwnerNamesAndThatAreNotTooLong() {
        at.kept = KeptProperties.of("size,colour,campaign,note");
        String longest = "é".repeat(64);
        at.take(
                click(
                        null,
                        Map.of(
                                "size",
                                longest,
                                "colour",
                                "red",
                                "email",
                                "a@b.c",
                                "note",
                                "e" + longest)));

        assertThat(at.stored().getFirst().properties())
                .isEqualTo(Map.of("size", longest, "colour", "red"));
    }

    @Test
    void noPropertiesAreKeptOfAUserWhoRefusesAnalyticsOrWhereTheOwnerNamesNone() {
        at.take(click(null, Map.of("size", "42")));
        assertThat(at.stored().getFirst().properties()).isEmpty();

        EventFlow other = new EventFlow();
        other.kept = KeptProperties.of("size");
        other.take(click(new Consent(true, false), Map.of("size", "42")));
        assertThat(other.stored()).hasSize(1);
        assertThat(other.stored().getFirst().properties()).isEmpty();
    }

    private static Event triedOn(String user) {
        Value seconds = Value.of(ValueKind.NUMBER, 30);
        return did(user, EventType.OWN_3, "coat", seconds, user + "-tries");
    }

    @Test
    void anEventOfATypeOfTheOwnerIsStoredUnderItsSlotWithTheStrengthOfItsDefinition() {
        at.strengths =
                Strengths.of(
                        EventTypes.parse(
                                """
                                {"try-on": {"slot": 3, "value": "seconds",
                                            "strength": [[0, 0], [60, 3]]}}
                                """));
        at.take(triedOn("ann"));

        assertStoredAndLearned(EventType.OWN_3, 1.5, 0);
    }

    private void assertStoredAndLearned(EventType type, double strength, double stars) {
        StoredInteraction row = at.stored().getFirst();
        Example.Interaction learned = (Example.Interaction) at.learned().getFirst();
        assertThat(List.of(row.type(), learned.type())).containsOnly(type);
        assertThat(List.of(row.strength(), (double) learned.strength())).containsOnly(strength);
        assertThat(List.of(row.stars(), (double) learned.stars())).containsOnly(stars);
    }

    /** So it is with one that was sent before its definition was removed, or delivered again. */
    @Test
    void anEventOfATypeThatIsNoLongerDefinedIsStoredAndWorthNothing() {
        at.take(triedOn("ann"));

        assertStoredAndLearned(EventType.OWN_3, 0, 0);
        assertThat(at.quarantined.entries()).isEmpty();
    }

    @Test
    void aRatingsStarsStandInItsRowAndItsExample() {
        Value stars = Value.of(ValueKind.STARS, 4.5);
        at.take(did("ann", EventType.RATING, "tea", stars, "ann-rates-tea"));

        assertStoredAndLearned(EventType.RATING, 2.5, 4.5);
        assertThat(History.of(at.stored()).entries().getFirst().stars()).isEqualTo(4.5);
    }

    @Test
    void aRedeliveryEmitsItsExampleAgainAndStoresNothing() {
        StreamRecord record = at.click("ann", "tea");
        at.take(record);

        FeatureFlow.Outcome again = at.take(record);

        assertThat(again.count(EventOutcome.REDELIVERED)).isEqualTo(1);
        assertThat(at.stored()).hasSize(1);
        assertThat(at.learned()).hasSize(2);
        assertThat(at.learned().getFirst()).isEqualTo(at.learned().getLast());
    }

    @Test
    void aProducersDuplicateEmitsNothing() {
        at.take(at.click("ann", "tea"), at.click("ann", "tea"));

        FeatureFlow.Outcome later = at.take(at.click("ann", "tea"));

        assertThat(later.count(EventOutcome.DUPLICATE)).isEqualTo(1);
        assertThat(later.unfinished()).isEmpty();
        assertThat(at.stored()).hasSize(1);
        assertThat(at.learned()).hasSize(1);
    }

    @Test
    void aRowPastItsTimeToLiveThatIsStillThereCountsAsThere() {
        StreamRecord record = at.click("ann", "tea");
        at.take(record);
        at.clock.advance(Duration.ofDays(100));

        assertThat(at.take(at.click("ann", "tea")).count(EventOutcome.DUPLICATE)).isEqualTo(1);
        assertThat(at.take(record).count(EventOutcome.REDELIVERED)).isEqualTo(1);
    }

    @Test
    void examplesGoOutInTheOrderOfTheBatchInOneRecord() {
        List<StreamRecord> batch =
                EventFlow.batch(300, i -> at.click("reader-" + i % 37, "item-" + i));

        assertThat(at.take(batch).emitted()).isEqualTo(300);

        assertThat(at.emitted.records()).hasSize(1);
        assertThat(at.learnedItems())
                .isEqualTo(IntStream.range(0, 300).mapToObj(i -> "item-" + i).toList());
    }

    @Test
    void aUsersEventsAreTakenInOrder() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        at.interactions =
                Faults.on(
                        Interactions.class,
                        at.rows,
                        call -> {
                            if (call.method().equals("putIfAbsent")) {
                                order.add(Integer.parseInt(itemOf(call).substring(5)));
                            }
                        });

        at.take(
                EventFlow.batch(
                        60, i -> at.click(i % 2 == 0 ? "ann" : "reader-" + i, "item-" + i)));

        assertThat(order.stream().filter(number -> number % 2 == 0)).isSorted().hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void poisonAtTheFrontInTheMiddleAndAtTheEndGoesToQuarantineAndTheRestGoesOn(int index) {
        List<StreamRecord> batch =
                EventFlow.batch(
                        5, i -> i == index ? at.poison("ann") : at.click("ann", "item-" + i));

        FeatureFlow.Outcome outcome = at.take(batch);

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.count(EventOutcome.QUARANTINED)).isEqualTo(1);
        assertThat(outcome.count(EventOutcome.STORED)).isEqualTo(4);
        assertThat(at.learnedItems()).hasSize(4);
        StreamRecord poison = batch.get(index);
        assertQuarantined("undecodable: ");
        assertThat(at.quarantined.entries())
                .extracting(Quarantine.Entry::position, Quarantine.Entry::payload)
                .containsExactly(tuple(poison.position(), poison.data()));
    }

    private void assertQuarantined(String reason) {
        assertThat(at.quarantined.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).startsWith(reason));
    }

    @Test
    void aRecordUnderAnotherKeyThanItsUsersIdIsPoison() {
        Event event = clicked("ann", "tea", "e-1");

        at.take(at.record("bob", at.codec.encode(event)));

        assertQuarantined("foreign-partition-key: ");
        assertThat(at.stored()).isEmpty();
    }

    @Test
    void aRecordOnWhichTheCodeThrowsGoesToQuarantine() {
        at.interactions =
                Faults.on(
                        Interactions.class,
                        at.rows,
                        call -> {
                            if (onItem(call, "tea")) {
                                throw new ArithmeticException("a fault of the code");
                            }
                        });

        FeatureFlow.Outcome outcome = at.take(at.click("ann", "tea"), at.click("ann", "milk"));

        assertThat(outcome.unfinished()).isEmpty();
        assertQuarantined("threw: ");
        assertThat(at.learnedItems()).containsExactly("milk");
    }

    @Test
    void poisonThatCannotBeKeptAsideIsUnfinished() {
        StreamRecord poison = at.poison("bob");
        at.quarantine = Faults.before(Quarantine.class, at.quarantined, call -> true);

        FeatureFlow.Outcome outcome =
                at.take(at.click("ann", "tea"), poison, at.click("ann", "milk"));

        assertThat(outcome.unfinished()).contains(poison.position());
        assertThat(at.learnedItems()).containsExactly("tea");
    }

    @Test
    void aStoreThatFailsMidwayStopsAtTheLowestUnfinishedRecord() {
        List<StreamRecord> batch = EventFlow.batch(40, i -> at.click("reader-" + i, "item-" + i));
        at.interactions =
                Faults.before(
                        Interactions.class,
                        at.rows,
                        call -> onItem(call, "item-17") || onItem(call, "item-30"));

        FeatureFlow.Outcome outcome = at.take(batch);

        assertThat(outcome.unfinished()).contains(batch.get(17).position());
        assertThat(at.learnedItems()).hasSize(17).last().isEqualTo("item-16");
    }

    @Test
    void afterAFailureTheRestComesOnceInEffectHoweverMuchWasStoredAlready() {
        List<StreamRecord> batch =
                EventFlow.batch(40, i -> at.click("reader-" + i % 7, "item-" + i));
        at.interactions =
                Faults.after(Interactions.class, at.rows, call -> onItem(call, "item-17"));
        FeatureFlow.Outcome first = at.take(batch);
        int from = positions(batch).indexOf(first.unfinished().orElseThrow());
        at.interactions = at.rows;

        FeatureFlow.Outcome second = at.take(batch.subList(from, batch.size()));

        assertThat(second.unfinished()).isEmpty();
        assertThat(at.stored()).hasSize(40);
        assertThat(at.learnedItems()).hasSize(40).doesNotHaveDuplicates();
        assertThat(at.learned())
                .extracting(example -> ((Example.FromEvents) example).source())
                .isSorted();
    }

    private static boolean onItem(Faults.Call call, String item) {
        return call.method().equals("putIfAbsent") && itemOf(call).equals(item);
    }

    private static String itemOf(Faults.Call call) {
        return ((StoredInteraction) call.arguments()[0]).target().id();
    }

    private static List<ShardPosition> positions(List<StreamRecord> records) {
        return records.stream().map(StreamRecord::position).toList();
    }

    @Test
    void profilesThatCannotBeReadLeaveTheWholeBatchUnfinished() {
        StreamRecord first = at.click("ann", "tea");
        at.users = Faults.before(Users.class, at.profiles, call -> true);

        assertThat(at.take(first, at.click("bob", "tea")).unfinished()).contains(first.position());
        assertThat(at.stored()).isEmpty();
    }

    @Test
    void examplesThatAreNotAcknowledgedComeAgainWithTheirRecords() {
        StreamRecord first = at.click("ann", "tea");
        at.examples = Faults.before(ExampleLog.class, at.emitted, call -> true);

        FeatureFlow.Outcome failed = at.take(first, at.click("ann", "milk"));

        assertThat(failed.unfinished()).contains(first.position());
        assertThat(failed.emitted()).isZero();
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void eachPartIsPutAfterTheOneBeforeWasAcknowledgedAndTheFirstUnacknowledgedStopsTheRest() {
        String longName = "a-rather-long-name-of-an-item-so-that-parts-fill-";
        List<StreamRecord> batch =
                EventFlow.batch(9_000, i -> at.click("reader-" + i % 50, longName + i));
        at.examples = Faults.before(ExampleLog.class, at.emitted, call -> call.number() == 2);

        FeatureFlow.Outcome failed = at.take(batch);

        assertThat(at.emitted.records()).hasSize(1);
        assertThat(failed.emitted()).isEqualTo(at.learned().size()).isBetween(1, 8_999);
        assertThat(failed.unfinished()).contains(batch.get(failed.emitted()).position());

        at.examples = at.emitted;
        at.take(batch.subList(failed.emitted(), batch.size()));
        assertThat(at.learnedItems()).hasSize(9_000).doesNotHaveDuplicates();
        assertThat(at.emitted.records())
                .allMatch(record -> record.length <= ExampleLog.MAX_RECORD_BYTES);
    }

    @Test
    void noRecordIsBegunPastTheDeadline() {
        StreamRecord first = at.click("ann", "tea");

        FeatureFlow.Outcome outcome = at.flow().process(List.of(first), at.clock.instant());

        assertThat(outcome.unfinished()).contains(first.position());
        assertThat(at.stored()).isEmpty();
    }

    @Test
    void whatWasDoneBeforeTheDeadlineIsAnswered() {
        at.interactions =
                Faults.on(
                        Interactions.class,
                        at.rows,
                        call -> at.clock.advance(Duration.ofSeconds(20)));
        List<StreamRecord> batch = EventFlow.batch(9, i -> at.click("ann", "item-" + i));

        FeatureFlow.Outcome outcome = at.take(batch);

        assertThat(outcome.unfinished()).contains(batch.get(3).position());
        assertThat(at.learnedItems()).containsExactly("item-0", "item-1", "item-2");
    }

    @Test
    void anExampleNamesTheCohortsOfItsUserAlsoUnderAnAlias() {
        at.attributes = new AttributeRules(List.of("profession", "plan"), List.of());
        at.states(
                "ann",
                Map.of(
                        "profession", AttributeValue.of("nurse"),
                        "plan", AttributeValue.of(2),
                        "city", AttributeValue.of("Recife")),
                null);
        at.profiles.put(UserProfile.absent("anon-1").aliasOf("ann"));

        at.take(at.click("ann", "tea"), at.click("anon-1", "tea"), at.click("bob", "tea"));

        List<List<Integer>> cohorts =
                at.learned().stream()
                        .map(example -> ((Example.Interaction) example).standing().cohorts())
                        .toList();
        assertThat(cohorts.getFirst()).hasSize(2);
        assertThat(cohorts.subList(1, 3)).containsExactly(cohorts.getFirst(), List.of());
    }

    @Test
    void aShowingWithoutARowCountsOnceHoweverOftenItIsDelivered() {
        Event seen = shown("ann", "e-2", NOW.minusSeconds(5), "milk");
        StreamRecord shown = at.record(stating(seen, new Consent(true, false)));
        at.take(shown);
        at.take(shown);

        assertThat(at.timesShown("ann", "milk")).isEqualTo(1);
        assertThat(at.stored()).isEmpty();
    }

    private StreamRecord undo(String id) {
        return at.record(retracted("ann", "tea", id, "ann-tea"));
    }

    @Test
    void aRetractionTakesBackTheInteractionAsItWasLearned() {
        StreamRecord click = at.click("ann", "tea");
        StreamRecord undo = undo("undo-1");

        at.take(click, undo);

        assertThat(at.stored()).hasSize(2);
        Example.Interaction learned = (Example.Interaction) at.learned().getFirst();
        assertThat(at.learned())
                .containsExactly(
                        learned, new Example.Retraction(undo.position(), learned.credited(null)));
    }

    @Test
    void aRetractionOfNothingOrOfARetractionIsCountedAndFinished() {
        assertThat(at.take(retracted("ann", "tea", "undo-1", "never")).unfinished()).isEmpty();
        assertThat(at.learned()).isEmpty();
        at.take(at.click("ann", "tea"), undo("undo-2"));

        for (String what : List.of("never", "undo-2")) {
            Event undo = retracted("ann", "tea", "undo-" + what, what);
            assertThat(at.take(undo).count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        }
    }

    @Test
    void aRetractionThatCameBeforeWhatItTakesBackFindsNothingHoweverOftenItIsDelivered() {
        StreamRecord undo = undo("undo-1");
        StreamRecord click = at.click("ann", "tea");

        at.take(undo, click);

        assertThat(at.take(undo, click).count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        assertThat(at.learned()).noneMatch(Example.Retraction.class::isInstance);
    }

    @Test
    void ofTwoRetractionsOfOneEventTheFirstTakesItBackHoweverOftenBothAreDelivered() {
        at.take(at.click("ann", "tea"));
        StreamRecord first = undo("undo-1");
        StreamRecord second = undo("undo-2");

        assertThat(at.take(first, second).count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        FeatureFlow.Outcome again = at.take(first, second);

        assertThat(again.count(EventOutcome.REDELIVERED)).isEqualTo(1);
        assertThat(again.count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        assertThat(at.learned().subList(1, 3))
                .allMatch(Example.Retraction.class::isInstance)
                .extracting(example -> ((Example.FromEvents) example).source())
                .containsOnly(first.position());
        assertThat(at.learned()).hasSize(3);
    }

    @Test
    void anImpressionIsOneRowCountedOnceHoweverOftenItIsDelivered() {
        StreamRecord seen = at.record(shown("ann", "imp-1", NOW, "tea", "milk", "tea"));
        at.take(seen);
        at.take(seen, at.record(shown("ann", "imp-1", NOW, "tea", "milk", "tea")));
        assertThat(at.stored()).isEmpty();
        assertThat(at.lists.all()).hasSize(1);
        assertThat(at.learned())
                .as("once for each delivery")
                .extracting(example -> ((Example.Exposure) example).source())
                .containsExactly(seen.position(), seen.position());
        Instant when = NOW.plusMillis(40);
        Shown once = new Shown(1, when, when);
        assertThat(at.profiles.get("ann").shown()).isEqualTo(Map.of("tea", once, "milk", once));
        assertThat(at.profiles.get("ann").shownMark()).isEqualTo(seen.position());
    }

    @Test
    void anImpressionWhoseCountFailedIsCountedWhenItComesAgain() {
        StreamRecord seen = at.record(shown("ann", "imp-1", NOW, "tea"));
        at.users = Faults.before(Users.class, at.profiles, call -> call.method().equals("put"));
        assertThat(at.take(seen).unfinished()).contains(seen.position());
        at.users = at.profiles;

        assertThat(at.take(seen).count(EventOutcome.REDELIVERED)).isEqualTo(1);

        assertThat(at.timesShown("ann", "tea")).isEqualTo(1);
    }

    @Test
    void impressionsOfOneUserAddUpWithinABatch() {
        at.take(
                shown("ann", "imp-1", NOW, "tea"),
                shown("ann", "imp-2", NOW.plusSeconds(60), "tea", "milk"),
                shown("ann", "imp-3", NOW.plusSeconds(90), "tea"));

        assertThat(at.timesShown("ann", "tea")).isEqualTo(3);
        assertThat(at.timesShown("ann", "milk")).isEqualTo(1);
    }

    @Test
    void anotherWriteToTheProfileIsNotLost() {
        at.users =
                Faults.on(
                        Users.class,
                        at.profiles,
                        call -> {
                            if (call.is("put", 1)) {
                                at.states("ann", Map.of("plan", AttributeValue.of("gold")), null);
                            }
                        });

        at.take(shown("ann", "imp-1", NOW, "tea"));

        assertThat(at.profiles.get("ann").attributes())
                .isEqualTo(Map.of("plan", AttributeValue.of("gold")));
        assertThat(at.profiles.get("ann").shown().keySet()).isEqualTo(Set.of("tea"));
    }

    @Test
    void anAliasJoinsBothProfilesAndMergesTheBaskets() {
        StreamRecord alias = at.record(alias("anon-1", "ann"));

        FeatureFlow.Outcome outcome = at.take(at.click("anon-1", "tea"), alias);

        assertThat(outcome.count(EventOutcome.ALIASED)).isEqualTo(1);
        assertThat(at.profiles.get("anon-1").aliasOf()).isEqualTo("ann");
        assertThat(at.profiles.get("ann").aliases()).containsExactly("anon-1");
        Example merge =
                new Example.Merge(
                        alias.position(), at.pseudonym("anon-1"), at.pseudonym("ann"), List.of());
        assertThat(at.learned()).last().isEqualTo(merge);
        assertThat(at.stored()).extracting(StoredInteraction::userId).containsExactly("anon-1");
    }

    @Test
    void anAliasCutShortBetweenItsTwoWritesIsCompletedWhenItComesAgain() {
        StreamRecord alias = at.record(alias("anon-1", "ann"));
        at.users = Faults.before(Users.class, at.profiles, call -> call.is("put", 2));
        assertThat(at.take(alias).unfinished()).contains(alias.position());
        assertThat(at.profiles.get("ann").aliases()).isEmpty();
        at.users = at.profiles;

        at.take(alias);

        assertThat(at.profiles.get("ann").aliases()).containsExactly("anon-1");
        assertThat(at.learned()).hasSize(1);
    }

    @Test
    void anAnonymousIdStaysWithTheFirstUserItWasSaidToBe() {
        at.take(alias("anon-1", "ann"));

        FeatureFlow.Outcome outcome = at.take(alias("anon-1", "bob"));

        assertThat(outcome.count(EventOutcome.ALIAS_REFUSED)).isEqualTo(1);
        assertThat(at.profiles.get("anon-1").aliasOf()).isEqualTo("ann");
        assertThat(at.profiles.get("bob").aliases()).isEmpty();
        assertThat(at.learned()).hasSize(1);
    }

    @Test
    void aQuarantinedRecordComesBackOverTheRowThatItOwns() {
        StreamRecord original = at.click("ann", "tea");
        at.rows.putIfAbsent(rowOf(original), null);
        StreamRecord retry = at.record(clicked("ann", "tea").retrying(original.position()));

        assertThat(at.take(retry).count(EventOutcome.STORED)).isEqualTo(1);

        assertThat(at.stored())
                .extracting(StoredInteraction::owner)
                .containsExactly(retry.position());
        assertThat(at.learned()).hasSize(1);
        assertThat(at.take(retry).count(EventOutcome.REDELIVERED)).isEqualTo(1);
    }

    @Test
    void aRetryDoesNotTakeOverARowOfAnybodyElse() {
        at.take(at.click("ann", "tea"));
        ShardPosition other = new ShardPosition(SHARD, BigInteger.ONE);

        assertThat(at.take(clicked("ann", "tea").retrying(other)).count(EventOutcome.DUPLICATE))
                .isEqualTo(1);
    }

    private StoredInteraction rowOf(StreamRecord record) {
        Event.Interaction event = (Event.Interaction) at.codec.decode(record.data());
        return StoredInteraction.of(event, (type, value) -> 1, record);
    }
}
