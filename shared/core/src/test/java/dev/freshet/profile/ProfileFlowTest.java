package dev.freshet.profile;

import static dev.freshet.features.EventFlow.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.features.Faults;
import dev.freshet.ingest.EventLog;
import dev.freshet.profile.UserProfile.AliasRefusal;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryUsers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileFlowTest {
    private static final Map<String, AttributeValue> GOLD =
            Map.of("plan", AttributeValue.of("gold"));

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryUsers rows = new MemoryUsers(clock);
    private final MemoryEventLog placed = new MemoryEventLog();
    private final EventCodec codec = new EventCodec();
    private Users users = rows;
    private EventLog events = placed;

    private ProfileFlow flow() {
        return new ProfileFlow(
                users, events, codec::encode, clock, () -> "made-here", UnaryOperator.identity());
    }

    @Test
    void whatIsLeftOutOfAPutStaysAsItWas() {
        ProfileFlow flow = flow();
        flow.put("ann", GOLD, null);
        flow.put("ann", null, new Consent(false, true));

        assertThat(flow.get("ann").orElseThrow().attributes()).isEqualTo(GOLD);
        assertThat(flow.get("ann").orElseThrow().consent()).isEqualTo(new Consent(false, true));
    }

    @Test
    void aPutThatChangesNothingWritesNothing() {
        ProfileFlow flow = flow();
        UserProfile first = flow.put("ann", GOLD, null);

        assertThat(flow.put("ann", GOLD, null)).isEqualTo(first);
        assertThat(rows.get("ann").revision()).isEqualTo(1);
    }

    @Test
    void aProfileUnderConstantWritingCountsAsAStoreThatDoesNotAnswer() {
        users =
                Faults.on(
                        Users.class,
                        rows,
                        call -> {
                            if (call.method().equals("put")) {
                                var at = Map.of("at", AttributeValue.of(call.number()));
                                rows.put(rows.get("ann").with(new UserProfile.Stated(at, null)));
                            }
                        });

        assertThatThrownBy(() -> flow().put("ann", GOLD, null))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void anUnknownUserAndAnErasedOneAreNotThere() {
        rows.put(UserProfile.absent("bob").erased(Tombstone.of("erasure-1", NOW)));

        assertThat(flow().get("ann")).isEmpty();
        assertThat(flow().get("bob")).isEmpty();
    }

    @Test
    void anErasedUserWhoComesBackIsThereAndTheTombstoneStays() {
        rows.put(UserProfile.absent("bob").erased(Tombstone.of("erasure-1", NOW)));

        flow().put("bob", GOLD, null);

        assertThat(flow().get("bob").orElseThrow().erasedAt()).isEqualTo(NOW);
    }

    @Test
    void whereIdsAreReplacedNothingIsKeptUnderTheIdAsSent() {
        ProfileFlow masked =
                new ProfileFlow(
                        rows,
                        placed,
                        codec::encode,
                        clock,
                        () -> "made-here",
                        id -> "masked-" + id);

        assertThat(masked.put("ann", GOLD, null).userId()).isEqualTo("ann");
        masked.alias("anon-1", "ann");

        assertThat(masked.get("ann").orElseThrow().userId()).isEqualTo("ann");
        assertThat(rows.get("ann").revision()).isZero();
        assertThat(rows.get("masked-ann").attributes()).isEqualTo(GOLD);
        assertThat(placed.records().getFirst().entry().partitionKey()).isEqualTo("masked-anon-1");
    }

    @Test
    void anAliasStandsOnTheStreamUnderTheAnonymousId() {
        assertThat(flow().alias("anon-1", "ann")).isEmpty();

        EventLog.Entry entry = placed.records().getFirst().entry();
        assertThat(entry.partitionKey()).isEqualTo("anon-1");
        Event.Alias alias = (Event.Alias) codec.decode(entry.bytes());
        assertThat(alias.userId()).isEqualTo("ann");
        assertThat(alias.anonymousId()).isEqualTo("anon-1");
        assertThat(alias.header().eventId()).isEqualTo("made-here");
    }

    @Test
    void anAliasOfAnotherUsersAnonymousIdIsRefusedAtOnce() {
        rows.put(UserProfile.absent("anon-1").aliasOf("ann"));

        assertThat(flow().alias("anon-1", "bob")).contains(AliasRefusal.TAKEN);
        assertThat(flow().alias("anon-1", "ann")).isEmpty();
        assertThat(placed.records()).hasSize(1);
    }

    @Test
    void aChainOfAliasesIsRefusedAtBothOfItsEnds() {
        rows.put(UserProfile.absent("ben").withAliases(List.of("anon-1")));
        rows.put(UserProfile.absent("old-dora").aliasOf("dora"));

        assertThat(flow().alias("ben", "cleo")).contains(AliasRefusal.HAS_ALIASES);
        assertThat(flow().alias("anon-2", "old-dora")).contains(AliasRefusal.IS_ALIAS);
        assertThat(placed.records()).isEmpty();
    }

    @Test
    void oneAliasMoreThanAUserMayHaveIsRefusedAtOnce() {
        List<String> hundred =
                IntStream.range(0, UserProfile.MAX_ALIASES).mapToObj(i -> "anon-" + i).toList();
        rows.put(UserProfile.absent("ann").withAliases(hundred));

        assertThat(flow().alias("anon-100", "ann")).contains(AliasRefusal.TOO_MANY);
        assertThat(flow().alias("anon-99", "ann")).isEmpty();
        assertThat(placed.records()).hasSize(1);
    }

    @Test
    void anAliasThatTheStreamDoesNotAcknowledgeIsPutAgainAndThenReportedOf() {
        events =
                entries ->
                        placed.records().isEmpty() && placed.put(entries).isEmpty()
                                ? List.of(0)
                                : List.of();
        assertThat(flow().alias("anon-1", "ann")).isEmpty();

        events = entries -> List.of(0);
        assertThatThrownBy(() -> flow().alias("anon-1", "ann"))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void anIdIsNoAliasOfItself() {
        assertThatThrownBy(() -> flow().alias("ann", "ann"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
