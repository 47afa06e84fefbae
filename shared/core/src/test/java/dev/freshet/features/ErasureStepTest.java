package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.clicked;
import static dev.freshet.features.EventFlow.erased;
import static dev.freshet.features.EventFlow.timed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasures processed in the user's shard, with faults at each step. */
class ErasureStepTest {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final UserProfile ERASED =
            UserProfile.absent("ann").erased(Tombstone.of("x-1", LATER));

    private final EventFlow at = new EventFlow();

    @Test
    void anErasureLeavesATombstoneAndNoRowAndReportsTheModelToForget() {
        at.profiles.put(full("ann"));
        StreamRecord erasure = at.record(erased("ann", "x-1", LATER));

        FeatureFlow.Outcome outcome =
                at.take(at.click("ann", "tea"), at.click("bob", "tea"), erasure);

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.count(EventOutcome.ERASURE)).isEqualTo(1);
        assertThat(users()).containsExactly("bob");
        assertThat(at.profiles.get("ann").hasData()).isFalse();
        assertThat(at.profiles.get("ann").tombstone())
                .isEqualTo(new Tombstone("x-1", LATER, List.of(), erasure.position()));
        assertThat(at.learned().getLast())
                .isEqualTo(new Example.Forget(erasure.position(), at.pseudonym("ann")));
    }

    @Test
    void whateverWasReceivedBeforeItOrStandsBeforeItNeverComesBack() {
        StreamRecord before = at.click("ann", "tea");
        StreamRecord ahead = at.record(received("ann", "milk", LATER.plusSeconds(1)));
        StreamRecord erasure = at.record(erased("ann", "x-1", LATER));
        StreamRecord late = at.click("ann", "late");
        at.take(before, ahead, erasure);

        for (StreamRecord again : List.of(before, ahead, late)) {
            assertThat(at.take(again).count(EventOutcome.ERASED)).isEqualTo(1);
        }
        at.take(List.of(before, ahead, erasure, late));

        assertThat(at.stored()).isEmpty();
        assertThat(examples("ann")).isEqualTo(2);
    }

    @Test
    void whatComesAfterItIsANewBeginningThatARedeliveryLeavesAlone() {
        StreamRecord erasure = at.record(erased("ann", "x-1", LATER));
        StreamRecord after = at.record(received("ann", "milk", LATER.plusSeconds(1)));
        at.take(at.click("ann", "tea"), erasure, after);
        at.states("ann", Map.of("plan", AttributeValue.of("gold")), null);

        FeatureFlow.Outcome again = at.take(erasure, after);

        assertThat(again.count(EventOutcome.ERASURE)).isEqualTo(1);
        assertThat(again.count(EventOutcome.REDELIVERED)).isEqualTo(1);
        assertThat(at.stored()).extracting(row -> row.target().id()).containsExactly("milk");
        assertThat(at.profiles.get("ann").attributes())
                .containsEntry("plan", AttributeValue.of("gold"));
    }

    @Test
    void anEarlierErasureThatComesLateLeavesALaterOnesTombstone() {
        StreamRecord first = at.record(erased("ann", "x-1", LATER));
        at.take(first);
        Tombstone second = Tombstone.of("x-2", LATER.plusSeconds(9));
        at.profiles.put(at.profiles.get("ann").erased(second));

        at.take(first);

        assertThat(at.profiles.get("ann").tombstone()).isEqualTo(second);
    }

    @Test
    void neitherConsentNorItsOwnMomentStandsInTheWayOfAnErasure() {
        at.states("ann", Map.of(), new Consent(false, false));

        assertThat(at.take(erased("ann", "x-1", LATER)).count(EventOutcome.ERASURE)).isEqualTo(1);
    }

    @Test
    void anAliasOnItsWayDoesNotJoinWhomAnErasureParted() {
        StreamRecord alias = at.record(alias("anon-1", "ann"));
        at.profiles.put(ERASED);

        assertThat(at.take(alias).count(EventOutcome.ERASED)).isEqualTo(1);

        assertThat(at.profiles.get("anon-1").aliasOf()).isNull();
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void anAliasWhoseUserIsErasedBetweenItsTwoWritesIsUndone() {
        at.users = Faults.then(Users.class, at.profiles, "put", () -> at.profiles.put(ERASED));

        assertThat(at.take(alias("anon-1", "ann")).count(EventOutcome.ERASED)).isEqualTo(1);
        assertThat(at.profiles.get("anon-1").aliasOf()).isNull();
        assertThat(at.profiles.get("ann").aliases()).isEmpty();
        assertThat(at.learned()).isEmpty();
    }

    @Test
    void halfAnAliasLeftByADeathIsUndoneWhenItComesAgainAfterTheErasure() {
        at.profiles.put(UserProfile.absent("anon-1").aliasOf("ann"));
        at.profiles.put(ERASED);

        at.take(alias("anon-1", "ann"));

        assertThat(at.profiles.get("anon-1").aliasOf()).isNull();
    }

    @Test
    void behindAnAliasTheUsersBasketIsForgottenOnceMoreAndNothingElse() {
        at.take(at.click("ann", "tea"));

        at.take(erased("anon-1", "ann", "x-1", LATER));

        Example.Forget forget = (Example.Forget) at.learned().getLast();
        assertThat(forget.user()).isEqualTo(at.pseudonym("ann"));
        assertThat(users()).containsExactly("ann");
        assertThat(at.profiles.get("ann").tombstone()).isNull();
    }

    @Test
    void aRecordOfAnErasedUserThatCannotBeReadIsNotKeptAside() {
        at.profiles.put(ERASED);

        FeatureFlow.Outcome outcome = at.take(at.poison("ann"), at.poison("bob"));

        assertThat(outcome.count(EventOutcome.ERASED)).isEqualTo(1);
        assertThat(at.quarantined.entries())
                .extracting(Quarantine.Entry::partitionKey)
                .containsExactly("bob");
    }

    @Test
    void aRecordBroughtBackFromQuarantineIsErasedWhereTheFirstOneWouldBe() {
        StreamRecord erasure = at.record(erased("ann", "x-1", LATER));
        at.take(erasure);
        ShardPosition position = erasure.position();
        ShardPosition first =
                new ShardPosition(position.shard(), position.sequence().subtract(BigInteger.ONE));
        Event again = received("ann", "milk", LATER.plusSeconds(1)).retrying(first);

        assertThat(at.take(again).count(EventOutcome.ERASED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aDeathBeforeOrBehindAnyWriteLeavesTheSameInTheEnd(int failing) {
        for (boolean taken : List.of(false, true)) {
            EventFlow mine = new EventFlow();
            mine.profiles.put(full("ann"));
            List<StreamRecord> batch = EventFlow.batch(3, i -> mine.click("ann", "item-" + i));
            mine.take(batch);
            mine.users = fault(Users.class, mine.profiles, taken, failing);
            mine.interactions = fault(Interactions.class, mine.rows, taken, failing);
            mine.examples = fault(ExampleLog.class, mine.emitted, taken, failing);
            StreamRecord erasure = mine.record(erased("ann", "x-1", LATER));
            for (int tries = 0; mine.take(erasure).unfinished().isPresent(); tries++) {
                assertThat(tries).isLessThan(40);
            }

            assertThat(mine.stored()).isEmpty();
            Tombstone tombstone = Objects.requireNonNull(mine.profiles.get("ann").tombstone());
            assertThat(tombstone.appliedPosition()).isEqualTo(erasure.position());
            Example forget = new Example.Forget(erasure.position(), mine.pseudonym("ann"));
            assertThat(mine.learned()).last().isEqualTo(forget);
        }
    }

    /** The first call of each method fails, one method after the other. */
    private static <T> T fault(Class<T> port, T store, boolean taken, int failing) {
        return taken
                ? Faults.after(port, store, call -> call.number() < failing)
                : Faults.before(port, store, call -> call.number() < failing);
    }

    private List<String> users() {
        return at.stored().stream().map(StoredInteraction::userId).distinct().toList();
    }

    private long examples(String user) {
        return at.learned().stream()
                .filter(Example.Interaction.class::isInstance)
                .filter(one -> ((Example.Interaction) one).user().equals(at.pseudonym(user)))
                .count();
    }

    private static UserProfile full(String id) {
        var stated =
                new UserProfile.Stated(Map.of("plan", AttributeValue.of("gold")), Consent.GIVEN);
        return UserProfile.absent(id).with(stated).withAliases(List.of("anon-9"));
    }

    private static Event received(String user, String item, Instant receivedAt) {
        Event click = clicked(user, item);
        EventTimes times = click.header().times();
        return timed(click, new EventTimes(times.occurredAt(), times.correctedAt(), receivedAt));
    }
}
