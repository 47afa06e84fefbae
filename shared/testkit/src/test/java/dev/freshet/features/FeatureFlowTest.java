package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.SHARD;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.clicked;
import static dev.freshet.features.EventFlow.did;
import static dev.freshet.features.EventFlow.having;
import static dev.freshet.features.EventFlow.header;
import static dev.freshet.features.EventFlow.retracted;
import static dev.freshet.features.EventFlow.shown;
import static dev.freshet.features.EventFlow.stating;
import static dev.freshet.features.EventFlow.traced;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import dev.freshet.profile.Users;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.userId()).isEqualTo("ann");
                            assertThat(row.owner()).isEqualTo(record.position());
                            assertThat(row.strength()).isEqualTo(1.0);
                        });
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
        assertThat(at.emitted.records())
                .singleElement()
                .satisfies(
                        record -> assertThat(ExampleTraces.of(record)).containsExactly(other, one));
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
    void aRowKeepsThePropertiesThatTheOwnerNamesAndNoOthers() {
        at.kept = KeptProperties.of("size,colour,campaign");
        at.take(click(null, Map.of("size", "42", "colour", "red", "email", "a@b.c")));

        assertThat(at.stored().getFirst().properties())
                .isEqualTo(Map.of("size", "42", "colour", "red"));
    }

    @Test
    void aPropertyThatIsTooLongForARowIsLeftOut() {
        at.kept = KeptProperties.of("size,note");
        at.take(click(null, Map.of("size", "é".repeat(64), "note", "é".repeat(65))));

        assertThat(at.stored().getFirst().properties()).containsOnlyKeys("size");
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

        assertThat(at.stored().getFirst().type()).isEqualTo(EventType.OWN_3);
        assertThat(at.stored().getFirst().strength()).isEqualTo(1.5);
        Example.Interaction learned = (Example.Interaction) at.learned().getFirst();
        assertThat(learned.type()).isEqualTo(EventType.OWN_3);
        assertThat(learned.strength()).isEqualTo(1.5f);
    }

    /** So it is with one that was sent before its definition was removed, or delivered again. */
    @Test
    void anEventOfATypeThatIsNoLongerDefinedIsStoredAndWorthNothing() {
        at.take(triedOn("ann"));

        assertThat(at.stored().getFirst().type()).isEqualTo(EventType.OWN_3);
        assertThat(at.stored().getFirst().strength()).isZero();
        assertThat(((Example.Interaction) at.learned().getFirst()).strength()).isZero();
        assertThat(at.quarantined.entries()).isEmpty();
    }

    @Test
    void aRatingsStarsStandInItsRowAndItsExample() {
        Value stars = Value.of(ValueKind.STARS, 4.5);
        at.take(did("ann", EventType.RATING, "tea", stars, "ann-rates-tea"));

        assertThat(at.stored().getFirst().stars()).isEqualTo(4.5);
        Example.Interaction learned = (Example.Interaction) at.learned().getFirst();
        assertThat(learned.stars()).isEqualTo(4.5f);
        assertThat(learned.strength()).isEqualTo(2.5f);
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
        List<StreamRecord> batch = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            items.add("item-" + i);
            batch.add(at.click("reader-" + i % 37, "item-" + i));
        }

        assertThat(at.take(batch).emitted()).isEqualTo(300);

        assertThat(at.emitted.records()).hasSize(1);
        assertThat(at.learnedItems()).isEqualTo(items);
    }

    @Test
    void aUsersEventsAreTakenInOrder() {
        List<String> order = new ArrayList<>();
        at.interactions =
                Faults.before(
                        Interactions.class,
                        at.rows,
                        call -> {
                            if (call.method().equals("putIfAbsent")) {
                                synchronized (order) {
                                    order.add(
                                            ((StoredInteraction) call.arguments()[0])
                                                    .target()
                                                    .id());
                                }
                            }
                            return false;
                        });
        List<StreamRecord> batch =
                EventFlow.batch(60, i -> at.click(i % 2 == 0 ? "ann" : "reader-" + i, "item-" + i));

        at.take(batch);

        assertThat(order.stream().filter(item -> Integer.parseInt(item.substring(5)) % 2 == 0))
                .isSortedAccordingTo(
                        Comparator.comparingInt(item -> Integer.parseInt(item.substring(5))));
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
        assertThat(at.quarantined.entries())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.position()).isEqualTo(batch.get(index).position());
                            assertThat(entry.payload()).isEqualTo(batch.get(index).data());
                            assertThat(entry.reason()).startsWith("undecodable: ");
                        });
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
                Faults.before(
                        Interactions.class,
                        at.rows,
                        call -> {
                            if (onItem(call, "tea")) {
                                throw new ArithmeticException("a fault of the code");
                            }
                            return false;
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
        int from =
                batch.stream()
                        .map(StreamRecord::position)
                        .toList()
                        .indexOf(first.unfinished().orElseThrow());
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
        return call.method().equals("putIfAbsent")
                && ((StoredInteraction) call.arguments()[0]).target().id().equals(item);
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
        List<StreamRecord> batch =
                EventFlow.batch(
                        9_000,
                        i ->
                                at.click(
                                        "reader-" + i % 50,
                                        "a-rather-long-name-of-an-item-so-that-parts-fill-" + i));
        at.examples = Faults.before(ExampleLog.class, at.emitted, call -> call.number() == 2);

        FeatureFlow.Outcome failed = at.take(batch);

        assertThat(at.emitted.records()).hasSize(1);
        assertThat(failed.emitted()).isEqualTo(at.learned().size()).isBetween(1, 8_999);
        assertThat(failed.unfinished()).contains(batch.get(failed.emitted()).position());

        at.examples = at.emitted;
        at.take(batch.subList(failed.emitted(), batch.size()));
        assertThat(at.learnedItems()).hasSize(9_000).doesNotHaveDuplicates();
        assertThat(at.emitted.records())
                .allSatisfy(
                        record ->
                                assertThat(record.length)
                                        .isLessThanOrEqualTo(ExampleLog.MAX_RECORD_BYTES));
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
                Faults.before(
                        Interactions.class,
                        at.rows,
                        call -> {
                            at.clock.advance(Duration.ofSeconds(20));
                            return false;
                        });
        List<StreamRecord> batch = EventFlow.batch(9, i -> at.click("ann", "item-" + i));

        FeatureFlow.Outcome outcome = at.take(batch);

        assertThat(outcome.unfinished()).contains(batch.get(3).position());
        assertThat(at.learnedItems()).containsExactly("item-0", "item-1", "item-2");
    }

    @Test
    void anEventWithoutConsentLeavesNoRowAndNoExample() {
        FeatureFlow.Outcome outcome =
                at.take(stating(clicked("ann", "tea", "e-1"), new Consent(false, true)));

        assertThat(outcome.count(EventOutcome.WITHOUT_CONSENT)).isEqualTo(1);
        assertThat(outcome.unfinished()).isEmpty();
        assertThat(at.stored()).isEmpty();
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void aProfilesConsentHoldsWhereTheEventSaysNothingAlsoForTheUsersAliases() {
        at.states("ann", Map.of(), new Consent(false, true));
        at.profiles.put(UserProfile.absent("anon-1").aliasOf("ann"));

        FeatureFlow.Outcome outcome =
                at.take(at.click("ann", "tea"), at.click("anon-1", "tea"), at.click("bob", "tea"));

        assertThat(outcome.count(EventOutcome.WITHOUT_CONSENT)).isEqualTo(2);
        assertThat(at.stored()).extracting(StoredInteraction::userId).containsExactly("bob");
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

        assertThat(at.learned())
                .extracting(example -> ((Example.Interaction) example).standing().cohorts().size())
                .containsExactly(2, 2, 0);
        assertThat(((Example.Interaction) at.learned().get(1)).standing().cohorts())
                .isEqualTo(((Example.Interaction) at.learned().getFirst()).standing().cohorts());
    }

    @Test
    void whatWasReceivedBeforeTheUserWasErasedLeavesNothing() {
        UserProfile tombstone = UserProfile.absent("ann").erased(Tombstone.of("erasure-1", NOW));
        at.profiles.put(tombstone);

        assertThat(at.take(at.click("ann", "tea")).count(EventOutcome.ERASED)).isEqualTo(1);
        assertThat(at.stored()).isEmpty();
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void byPurposeAndKindOfEventNoMoreIsKeptThanTheUserAllows() {
        for (boolean personalisation : List.of(true, false)) {
            for (boolean analytics : List.of(true, false)) {
                for (boolean byProfile : List.of(true, false)) {
                    EventFlow mine = new EventFlow();
                    Consent consent = new Consent(personalisation, analytics);
                    if (byProfile) {
                        mine.states("ann", Map.of(), consent);
                    }
                    Consent own = byProfile ? null : consent;
                    mine.take(
                            stating(did("ann", EventType.LIKE, "tea", Value.NONE, "e-1"), own),
                            stating(shown("ann", "e-2", NOW.minusSeconds(5), "milk"), own),
                            stating(
                                    new Event.Retraction(
                                            header("ann", "e-3"),
                                            EventType.LIKE,
                                            Target.item("tea"),
                                            "e-1"),
                                    own));

                    assertThat(mine.stored().stream().map(StoredInteraction::type))
                            .as("%s, by profile: %s", consent, byProfile)
                            .containsExactlyInAnyOrderElementsOf(
                                    !personalisation
                                            ? List.of()
                                            : List.of(EventType.LIKE, EventType.LIKE));
                    assertThat(mine.lists.all())
                            .as("%s, by profile: %s", consent, byProfile)
                            .hasSize(personalisation && analytics ? 1 : 0);
                    assertThat(mine.learned()).hasSize(!personalisation ? 0 : analytics ? 3 : 2);
                    assertThat(mine.profiles.get("ann").shown().containsKey("milk"))
                            .isEqualTo(personalisation);
                }
            }
        }
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

    @Test
    void aRetractionTakesBackTheInteractionAsItWasLearned() {
        StreamRecord click = at.click("ann", "tea");
        StreamRecord undo = at.record(retracted("ann", "tea", "undo-1", "ann-tea"));

        at.take(click, undo);

        assertThat(at.stored()).hasSize(2);
        assertThat(at.learned()).hasSize(2);
        assertThat(at.learned().getLast())
                .isEqualTo(
                        new Example.Retraction(
                                undo.position(),
                                ((Example.Interaction) at.learned().getFirst()).credited(null)));
    }

    @Test
    void aRetractionOfNothingIsCountedAndFinished() {
        FeatureFlow.Outcome outcome = at.take(retracted("ann", "tea", "undo-1", "never"));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void aRetractionThatCameBeforeWhatItTakesBackFindsNothingHoweverOftenItIsDelivered() {
        StreamRecord undo = at.record(retracted("ann", "tea", "undo-1", "ann-tea"));
        StreamRecord click = at.click("ann", "tea");

        at.take(undo, click);
        FeatureFlow.Outcome again = at.take(undo, click);

        assertThat(again.count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        assertThat(at.learned()).noneMatch(Example.Retraction.class::isInstance);
    }

    @Test
    void ofTwoRetractionsOfOneEventTheFirstTakesItBackHoweverOftenBothAreDelivered() {
        at.take(at.click("ann", "tea"));
        StreamRecord first = at.record(retracted("ann", "tea", "undo-1", "ann-tea"));
        StreamRecord second = at.record(retracted("ann", "tea", "undo-2", "ann-tea"));

        assertThat(at.take(first, second).count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        FeatureFlow.Outcome again = at.take(first, second);

        assertThat(again.count(EventOutcome.REDELIVERED)).isEqualTo(1);
        assertThat(again.count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
        assertThat(at.learned())
                .filteredOn(example -> example instanceof Example.Retraction)
                .extracting(example -> ((Example.Retraction) example).source())
                .containsExactly(first.position(), first.position());
    }

    @Test
    void aRetractionIsNoInteractionToRetract() {
        at.take(at.click("ann", "tea"), at.record(retracted("ann", "tea", "undo-1", "ann-tea")));

        FeatureFlow.Outcome outcome = at.take(retracted("ann", "tea", "undo-2", "undo-1"));

        assertThat(outcome.count(EventOutcome.NOTHING_TO_RETRACT)).isEqualTo(1);
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
                .hasSize(2)
                .allSatisfy(
                        example ->
                                assertThat(((Example.Exposure) example).source())
                                        .isEqualTo(seen.position()));
        Instant when = NOW.plusMillis(40);
        assertThat(at.profiles.get("ann").shown())
                .isEqualTo(
                        Map.of("tea", new Shown(1, when, when), "milk", new Shown(1, when, when)));
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
                Faults.before(
                        Users.class,
                        at.profiles,
                        call -> {
                            if (call.method().equals("put") && call.number() == 1) {
                                at.states("ann", Map.of("plan", AttributeValue.of("gold")), null);
                            }
                            return false;
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
        assertThat(at.learned().getLast())
                .isEqualTo(
                        new Example.Merge(
                                alias.position(),
                                at.pseudonym("anon-1"),
                                at.pseudonym("ann"),
                                List.of()));
        assertThat(at.stored()).extracting(StoredInteraction::userId).containsExactly("anon-1");
    }

    @Test
    void anAliasCutShortBetweenItsTwoWritesIsCompletedWhenItComesAgain() {
        StreamRecord alias = at.record(alias("anon-1", "ann"));
        at.users =
                Faults.before(
                        Users.class,
                        at.profiles,
                        call -> call.method().equals("put") && call.number() == 2);
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
                .singleElement()
                .satisfies(row -> assertThat(row.owner()).isEqualTo(retry.position()));
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
