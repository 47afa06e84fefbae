package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.features.Interactions;
import dev.freshet.features.Interactions.Put;
import dev.freshet.features.StoredInteraction;
import dev.freshet.features.StoredInteraction.Act;
import dev.freshet.features.UserRows;
import dev.freshet.testkit.SettableClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Interactions}: the tests that each of its adapters passes. */
public abstract class InteractionsContract {
    protected static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    private static final Target ITEM = Target.item("item-1");

    protected final SettableClock clock = new SettableClock(NOW);
    private final String user = "reader-" + UUID.randomUUID();
    private Interactions interactions;

    /** Returns an adapter that takes the time from this clock. */
    protected abstract Interactions interactions(InstantSource clock);

    @BeforeEach
    void open() {
        interactions = interactions(clock);
    }

    @Test
    void aRowComesBackAsItWasPut() {
        StoredInteraction row =
                new StoredInteraction(
                                user,
                                "event#with#marks",
                                new EventTimes(NOW.minusSeconds(60), NOW.minusSeconds(58), NOW),
                                new Act(
                                        EventType.RATING,
                                        new Target(Target.Kind.AUTHOR, "ána:maria"),
                                        -0.75,
                                        0,
                                        "undone"),
                                "session-1",
                                new Context(
                                        "mobile", "iOS", "Safari", "pt-BR", "BR", "BR-SP", null,
                                        null, 0),
                                position(7),
                                null,
                                Map.of())
                        .withProperties(Map.of("size", "42", "note", ""));
        assertThat(interactions.putIfAbsent(row, null)).isEqualTo(Put.STORED);
        assertThat(interactions.latest(List.of(user), 10)).containsExactly(row);
    }

    @Test
    void whatIsUnknownComesBackUnknown() {
        StoredInteraction bare =
                made(
                        user,
                        "e",
                        EventTimes.at(NOW),
                        new Act(EventType.IMPRESSION, Target.NONE, 0, 0, null),
                        Context.UNKNOWN,
                        position(1));
        interactions.putIfAbsent(bare, null);
        assertThat(interactions.latest(List.of(user), 10)).containsExactly(bare);
    }

    @Test
    void timesAreKeptToTheMillisecondAndPagesAreNotKept() {
        Instant fine = NOW.plusNanos(999_999);
        Context pages =
                new Context(null, null, null, null, null, null, "https://a/b", "https://c", null);
        StoredInteraction row =
                made(
                        user,
                        "e",
                        EventTimes.at(fine),
                        new Act(EventType.VIEW, Target.item("i"), 1, 0, null),
                        pages,
                        position(1));
        interactions.putIfAbsent(row, null);
        StoredInteraction kept = interactions.latest(List.of(user), 1).getFirst();
        assertThat(kept.occurredAt()).isEqualTo(NOW);
        assertThat(kept.correctedAt()).isEqualTo(NOW);
        assertThat(kept.receivedAt()).isEqualTo(NOW);
        assertThat(kept.context()).isEqualTo(Context.UNKNOWN);
    }

    @Test
    void theSameRecordDeliveredAgainFindsItsOwnRow() {
        interactions.putIfAbsent(row("e", NOW, position(1)), null);
        assertThat(interactions.putIfAbsent(row("e", NOW, position(1)), null))
                .isEqualTo(Put.SAME_RECORD);
        assertThat(interactions.latest(List.of(user), 10)).hasSize(1);
    }

    @Test
    void aProducersDuplicateFindsAnothersRowAndChangesNothing() {
        interactions.putIfAbsent(row("e", NOW, position(1)), null);
        assertThat(interactions.putIfAbsent(row("e", NOW, position(2)), null))
                .isEqualTo(Put.OTHER_RECORD);
        ShardPosition elsewhere = new ShardPosition("events/shardId-000000000009", BigInteger.ONE);
        assertThat(interactions.putIfAbsent(row("e", NOW, elsewhere), null))
                .isEqualTo(Put.OTHER_RECORD);
        assertThat(interactions.latest(List.of(user), 10))
                .containsExactly(row("e", NOW, position(1)));
    }

    @Test
    void timesThatDifferByLessThanAMillisecondAreTheSameEvent() {
        interactions.putIfAbsent(row("e", NOW, position(1)), null);
        assertThat(interactions.putIfAbsent(row("e", NOW.plusNanos(1), position(2)), null))
                .isEqualTo(Put.OTHER_RECORD);
        assertThat(interactions.putIfAbsent(row("e", NOW.plusMillis(1), position(2)), null))
                .isEqualTo(Put.STORED);
    }

    @Test
    void aRecordBroughtBackTakesOverTheRowOfTheOneItRetries() {
        interactions.putIfAbsent(row("e", NOW, position(1)), null);
        StoredInteraction again = row("e", NOW, position(9));
        assertThat(interactions.putIfAbsent(again, position(2))).isEqualTo(Put.OTHER_RECORD);
        assertThat(interactions.putIfAbsent(again, position(1))).isEqualTo(Put.STORED);
        assertThat(interactions.putIfAbsent(again, position(1))).isEqualTo(Put.SAME_RECORD);
        assertThat(interactions.latest(List.of(user), 10)).containsExactly(again);
    }

    @Test
    void aRecordBroughtBackTakesAnAbsentRow() {
        assertThat(interactions.putIfAbsent(row("e", NOW, position(9)), position(1)))
                .isEqualTo(Put.STORED);
    }

    @Test
    void anExpiredRowIsAbsentWhenReadAndThereWhenPut() {
        interactions.putIfAbsent(row("e", NOW, position(1)), null);
        clock.advance(Duration.ofDays(90).minusSeconds(1));
        assertThat(interactions.latest(List.of(user), 10)).hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(interactions.latest(List.of(user), 10)).isEmpty();
        assertThat(interactions.withRetractions(user, "e")).isEmpty();
        assertThat(interactions.putIfAbsent(row("e", NOW, position(1)), null))
                .isEqualTo(Put.SAME_RECORD);
        assertThat(interactions.putIfAbsent(row("e", NOW, position(2)), null))
                .isEqualTo(Put.OTHER_RECORD);
    }

    @Test
    void retentionCountsFromReceiptHoweverLongAgoTheEventWas() {
        StoredInteraction old = row("e", NOW.minus(Duration.ofDays(400)), position(1));
        interactions.putIfAbsent(old, null);
        clock.advance(Duration.ofDays(89));
        assertThat(interactions.latest(List.of(user), 10)).containsExactly(old);
    }

    @Test
    void expiredRowsDoNotTakeThePlaceOfLivingOnes() {
        for (int i = 0; i < 5; i++) {
            interactions.putIfAbsent(row("late-" + i, NOW.plusSeconds(i), position(i)), null);
        }
        clock.advance(Duration.ofDays(91));
        StoredInteraction living =
                made(
                        user,
                        "living",
                        new EventTimes(NOW.minusSeconds(9), NOW.minusSeconds(9), clock.instant()),
                        new Act(EventType.CLICK, ITEM, 1, 0, null),
                        Context.UNKNOWN,
                        position(9));
        interactions.putIfAbsent(living, null);
        assertThat(interactions.latest(List.of(user), 2)).containsExactly(living);
    }

    @Test
    void theLatestComeNewestFirstUpToTheLimit() {
        List<Integer> shuffled = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(shuffled, new java.util.Random(42));
        for (int i : shuffled) {
            interactions.putIfAbsent(row("e" + i, NOW.minusSeconds(i), position(i)), null);
        }
        assertThat(interactions.latest(List.of(user), 3))
                .extracting(StoredInteraction::eventId)
                .containsExactly("e0", "e1", "e2");
    }

    @Test
    void theRowsOfSeveralIdsComeInOneOrder() {
        String alias = "alias-" + user;
        interactions.putIfAbsent(row("a", NOW.minusSeconds(3), position(1)), null);
        interactions.putIfAbsent(rowOf(alias, "b", NOW.minusSeconds(2), position(2)), null);
        interactions.putIfAbsent(row("c", NOW.minusSeconds(1), position(3)), null);
        interactions.putIfAbsent(rowOf(alias, "d", NOW, position(4)), null);
        assertThat(interactions.latest(List.of(user, alias), 3))
                .extracting(StoredInteraction::eventId)
                .containsExactly("d", "c", "b");
    }

    @Test
    void anUnknownUserHasNoRows() {
        assertThat(interactions.latest(List.of("nobody-" + user), 10)).isEmpty();
        assertThat(interactions.latest(List.of(), 10)).isEmpty();
        assertThat(interactions.withRetractions("nobody-" + user, "e")).isEmpty();
    }

    @Test
    void questionsBeyondTheBoundsAreRefused() {
        assertThatThrownBy(() -> interactions.latest(Collections.nCopies(13, "r"), 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> interactions.latest(List.of(user), 1001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> interactions.latest(List.of(user), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEventIsFoundByItsIdAmongMany() {
        for (int i = 0; i < 300; i++) {
            interactions.putIfAbsent(row("e" + i, NOW.minusSeconds(i), position(i)), null);
        }
        assertThat(interactions.withRetractions(user, "e299"))
                .containsExactly(row("e299", NOW.minusSeconds(299), position(299)));
        assertThat(interactions.withRetractions(user, "e300")).isEmpty();
    }

    @Test
    void whatRetractsAnEventStandsBehindIt() {
        StoredInteraction event = row("e", NOW, position(1));
        StoredInteraction undone = retracting("u1", NOW.plusSeconds(1), "e", position(2));
        StoredInteraction again = retracting("u2", NOW.plusSeconds(2), "e", position(3));
        interactions.putIfAbsent(event, null);
        interactions.putIfAbsent(undone, null);
        interactions.putIfAbsent(again, null);
        interactions.putIfAbsent(retracting("u3", NOW.plusSeconds(3), "other", position(4)), null);

        assertThat(interactions.withRetractions(user, "e")).containsExactly(event, again, undone);
        assertThat(interactions.withRetractions(user, "other")).isEmpty();
    }

    private StoredInteraction retracting(
            String eventId, Instant occurredAt, String retracts, ShardPosition owner) {
        return made(
                user,
                eventId,
                new EventTimes(occurredAt, occurredAt, NOW),
                new Act(EventType.CLICK, ITEM, 0, 0, retracts),
                Context.UNKNOWN,
                owner);
    }

    @Test
    void aRatingKeepsItsStars() {
        StoredInteraction rated =
                made(
                        user,
                        "e",
                        EventTimes.at(NOW),
                        new Act(EventType.RATING, ITEM, 1, 3.5, null),
                        Context.UNKNOWN,
                        position(1));
        interactions.putIfAbsent(rated, null);

        assertThat(interactions.withRetractions(user, "e")).containsExactly(rated);
    }

    @Test
    void ofManyPutsAtOnceOneStores() throws Exception {
        List<Callable<Put>> puts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            StoredInteraction mine = row("e", NOW, position(i));
            puts.add(() -> interactions.putIfAbsent(mine, null));
        }
        List<Put> answers = atOnce(puts);
        assertThat(answers).containsOnlyOnce(Put.STORED).doesNotContain(Put.SAME_RECORD);
    }

    @Test
    void ofManyDifferentRowsPutAtOnceEachHasItsOwnOutcome() throws Exception {
        List<Put> outcomes = List.of(Put.STORED, Put.SAME_RECORD, Put.OTHER_RECORD);
        List<Put> expected = new ArrayList<>();
        List<Callable<Put>> puts = new ArrayList<>();
        List<StoredInteraction> kept = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StoredInteraction row = row("e" + i, NOW.minusSeconds(i), position(i));
            Put outcome = outcomes.get(i % outcomes.size());
            StoredInteraction before =
                    outcome == Put.OTHER_RECORD
                            ? row("e" + i, NOW.minusSeconds(i), position(1_000 + i))
                            : row;
            if (outcome != Put.STORED) {
                interactions.putIfAbsent(before, null);
            }
            expected.add(outcome);
            puts.add(() -> interactions.putIfAbsent(row, null));
            kept.add(before);
        }
        assertThat(atOnce(puts)).isEqualTo(expected);
        assertThat(interactions.latest(List.of(user), 100)).isEqualTo(kept);
    }

    private static List<Put> atOnce(List<Callable<Put>> puts) throws Exception {
        List<Put> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Put> answer : threads.invokeAll(puts)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void everyRowComesPageByPageOldestFirstExpiredOnesToo() {
        List<StoredInteraction> put = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            StoredInteraction row = row("e" + i, NOW.minusSeconds(100 - i), position(i));
            interactions.putIfAbsent(row, null);
            put.add(row);
        }
        clock.advance(Duration.ofDays(91));

        List<StoredInteraction> read = new ArrayList<>();
        UserRows.Page<StoredInteraction> page = interactions.page(user, null, 10);
        read.addAll(page.rows());
        int pages = 1;
        while (page.next() != null) {
            page = interactions.page(user, page.next(), 10);
            read.addAll(page.rows());
            pages++;
        }

        assertThat(read).containsExactlyElementsOf(put);
        assertThat(pages).isBetween(3, 4);
        assertThat(interactions.page(user + "-other", null, 10).rows()).isEmpty();
    }

    @Test
    void rowsComeNewestFirstBeforeAPlaceWithoutExpiredOnes() {
        List<StoredInteraction> put = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            StoredInteraction row = row("e" + i, NOW.minusSeconds(100 - i), position(i));
            interactions.putIfAbsent(row, null);
            put.add(row);
        }

        List<StoredInteraction> first = interactions.newest(user, null, 10);
        List<StoredInteraction> second =
                interactions.newest(user, Interactions.Position.of(first.getLast()), 10);

        assertThat(first).containsExactlyElementsOf(put.subList(15, 25).reversed());
        assertThat(second).containsExactlyElementsOf(put.subList(5, 15).reversed());
        assertThat(
                        interactions.newest(
                                user, new Interactions.Position(NOW.minusSeconds(97), "a"), 10))
                .as("a place need not be that of a row")
                .containsExactlyElementsOf(put.subList(0, 3).reversed());
        assertThat(interactions.newest(user + "-other", null, 10)).isEmpty();
        clock.advance(Duration.ofDays(91));
        assertThat(interactions.newest(user, null, 10)).isEmpty();
    }

    @Test
    void removedRowsAreGoneAndARowThatIsAnotherRecordsStays() {
        StoredInteraction gone = row("e1", NOW, position(1));
        StoredInteraction stays = row("e2", NOW, position(2));
        interactions.putIfAbsent(gone, null);
        interactions.putIfAbsent(stays, null);

        assertThat(interactions.remove(List.of(gone, row("e2", NOW, position(3))))).isEqualTo(1);
        assertThat(interactions.remove(List.of(gone))).isZero();
        assertThat(interactions.remove(List.of())).isZero();

        assertThat(interactions.page(user, null, 10).rows()).containsExactly(stays);
        assertThat(interactions.putIfAbsent(gone, null)).isEqualTo(Put.STORED);
    }

    @Test
    void pagesBeyondTheBoundAreRefused() {
        assertThatThrownBy(() -> interactions.page(user, null, Interactions.MAX_PAGE + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private StoredInteraction row(String eventId, Instant occurredAt, ShardPosition owner) {
        return rowOf(user, eventId, occurredAt, owner);
    }

    private static StoredInteraction rowOf(
            String user, String eventId, Instant occurredAt, ShardPosition owner) {
        return made(
                user,
                eventId,
                new EventTimes(occurredAt, occurredAt, NOW),
                new Act(EventType.CLICK, ITEM, 1, 0, null),
                Context.UNKNOWN,
                owner);
    }

    private static StoredInteraction made(
            String user,
            String eventId,
            EventTimes times,
            Act act,
            Context context,
            ShardPosition owner) {
        return new StoredInteraction(
                user, eventId, times, act, null, context, owner, null, Map.of());
    }

    /** Returns a position whose sequence number is as long as those of Kinesis. */
    private static ShardPosition position(int i) {
        BigInteger base =
                new BigInteger("49590338271490256608559692538361571095921575989136588898");
        return new ShardPosition("events/shardId-000000000000", base.add(BigInteger.valueOf(i)));
    }
}
