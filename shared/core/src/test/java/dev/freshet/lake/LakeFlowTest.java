package dev.freshet.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.access.SealedExposure;
import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.Faults;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.features.KeptProperties;
import dev.freshet.lake.Column.ColumnType;
import dev.freshet.lake.LakeFlow.Dropped;
import dev.freshet.lake.LakeFlow.Kept;
import dev.freshet.lake.LakeFlow.Transformed;
import dev.freshet.model.Components;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryUsers;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record of the stream becomes the row that its event leaves, or nothing. */
class LakeFlowTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123456789Z");
    private static final Instant DEADLINE = NOW.plus(Duration.ofMinutes(4));

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryUsers users = new MemoryUsers(clock);
    private final EventCodec codec = new EventCodec();
    private final Pseudonyms pseudonyms = new Pseudonyms(new Signer(new byte[32]));
    private final List<Duration> pauses = new ArrayList<>();
    private int sequence = 100;

    private LakeFlow flow(Users of) {
        return new LakeFlow(
                of,
                codec::decode,
                () -> new Signer(new byte[32]),
                new LakeRows(
                        pseudonyms::of,
                        EventTypes.BUILT_IN,
                        Strengths.DEFAULTS::of,
                        id -> id.startsWith("anon"),
                        new KeptProperties(Set.of("shelf"))),
                clock,
                new Random(1),
                time -> {
                    pauses.add(time);
                    clock.advance(time);
                });
    }

    private static EventHeader header(String user, String id, @Nullable Consent consent) {
        return new EventHeader(
                id,
                UserIdentity.user(user),
                "s1",
                new EventTimes(NOW, NOW.plusSeconds(1), NOW.plusSeconds(2)),
                null,
                new Context("mobile", null, null, "de-DE", "DE", null, "/secret-page", "x", 13),
                consent,
                Map.of("shelf", "A", "card", "4711"),
                null,
                null);
    }

    private static Event purchase(String user, @Nullable Consent consent) {
        return new Event.Interaction(
                header(user, "e-" + user, consent),
                EventType.PURCHASE,
                Target.item("lamp"),
                Value.money(12.5, "EUR"));
    }

    private StreamRecord record(Event event) {
        return new StreamRecord(
                new ShardPosition("events/shardId-0", BigInteger.valueOf(++sequence)),
                event.partitionKey(),
                codec.encode(event),
                NOW);
    }

    private JsonNode row(Event event) {
        return ((Kept) transformed(event)).row().json();
    }

    private Transformed transformed(Event event) {
        return flow(users).transform(List.of(record(event)), DEADLINE).getFirst();
    }

    @Test
    void anInteractionBecomesARowUnderItsPseudonym() {
        JsonNode row = row(purchase("ann", null));

        assertThat(row.path("kind").asText()).isEqualTo("interaction");
        assertThat(row.path("pseudonym").asText())
                .isEqualTo(LakeRow.text(pseudonyms.of("ann")))
                .hasSize(16);
        assertThat(row.path("type").asText()).isEqualTo("purchase");
        assertThat(row.path("target_id").asText()).isEqualTo("lamp");
        assertThat(row.path("strength").asDouble()).isEqualTo(5);
        assertThat(row.path("value").asDouble()).isEqualTo(12.5);
        assertThat(row.path("currency").asText()).isEqualTo("EUR");
        assertThat(row.path("properties").toString()).isEqualTo("{\"shelf\":\"A\"}");
        assertThat(row.path("sequence").asText()).hasSize(60).endsWith("00101");
        assertThat(row.path("occurred_ns").asLong()).isEqualTo(1_795_521_600_123_000_000L);
        assertThat(row.path("occurred_at").asLong()).isEqualTo(1_795_521_600_123_000L);
        assertThat(row.toString()).doesNotContain("\"ann\"", "secret-page", "4711");
    }

    @Test
    void theKeysOfEveryRowAreColumnsOfArrivals() {
        List<String> columns = LakeTable.ARRIVALS.columns().stream().map(Column::name).toList();
        EventHeader header = header("ann", "e", null);

        for (Event event :
                List.of(
                        purchase("ann", null),
                        new Event.Retraction(header, EventType.LIKE, Target.item("a"), "e0"),
                        new Event.Impression(header, "home", List.of("a", "b")),
                        new Event.Alias(header, "anon", "ann"),
                        new Event.Erasure(header, "ann"))) {
            JsonNode row = row(event);

            assertThat(row.fieldNames()).toIterable().isSubsetOf(columns).isNotEmpty();
            for (Column column : LakeTable.ARRIVALS.columns()) {
                JsonNode value = row.path(column.name());
                if (column.type() == ColumnType.TIME && !value.isMissingNode()) {
                    assertThat(Instant.ofEpochSecond(0, value.asLong() * 1_000))
                            .isBetween(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
                }
            }
        }
    }

    @Test
    void anImpressionBecomesThePlacesThatWereShown() {
        JsonNode row =
                row(new Event.Impression(header("ann", "e", null), "home", List.of("a", "b")));

        assertThat(row.path("recommendation_id").asText()).isEqualTo("event:e");
        assertThat(row.path("places").toString())
                .isEqualTo(
                        "[{\"item_id\":\"a\",\"position\":0,\"propensity\":1.0,\"sources\":0,"
                                + "\"drawn\":false,\"newcomer\":false},"
                                + "{\"item_id\":\"b\",\"position\":1,\"propensity\":1.0,\"sources\":0,"
                                + "\"drawn\":false,\"newcomer\":false}]");
    }

    @ParameterizedTest
    @CsvSource({"ann, list-1", "bob,", ","})
    void aListLeavesRowsOfTheUserWhoAskedForItAndOfNobodyElse(
            @Nullable String asker, @Nullable String listOfRow) {
        Signer signer = new Signer(new byte[32]);
        ExposureToken list = ExposureTokens.list("list-1", "home", NOW, List.of("lamp"));
        SealedExposure token =
                ExposureTokens.sealed(asker == null ? list : list.askedBy(asker, signer), signer);
        EventHeader header = Components.with(header("ann", "e", null), "exposure", token);

        for (Event event :
                List.of(
                        new Event.Impression(header, "home", List.of("lamp")),
                        new Event.Interaction(
                                header, EventType.CLICK, Target.item("lamp"), Value.NONE))) {
            if (listOfRow == null && event instanceof Event.Impression) {
                assertThat(transformed(event))
                        .isEqualTo(new Dropped(EventOutcome.LIST_NOT_COUNTED));
            } else {
                assertThat(row(event).path("recommendation_id").asText(null)).isEqualTo(listOfRow);
            }
        }
    }

    @Test
    void anErasureNamesThePersonByADigestOnly() {
        JsonNode row = row(new Event.Erasure(header("ann", "erasure-1", null), "ann"));

        assertThat(row.path("erased").asText()).isEqualTo(LakeRow.digest(pseudonyms.of("ann")));
        assertThat(row.toString()).doesNotContain(LakeRow.text(pseudonyms.of("ann")));
    }

    @Test
    void whoRefusesPersonalisationLeavesNoRow() {
        var refused = new UserProfile.Stated(Map.of(), new Consent(false, false));
        users.put(UserProfile.absent("bob").with(refused));

        for (Event event :
                List.of(purchase("bob", null), purchase("ann", new Consent(false, true)))) {
            assertThat(transformed(event)).isEqualTo(new Dropped(EventOutcome.WITHOUT_CONSENT));
        }
    }

    @Test
    void whoRefusesAnalyticsLeavesNeitherListsNorProperties() {
        Consent refused = new Consent(true, false);
        Event list = new Event.Impression(header("ann", "e", refused), "home", List.of("a"));

        assertThat(row(purchase("ann", refused)).has("properties")).isFalse();
        assertThat(transformed(list)).isEqualTo(new Dropped(EventOutcome.WITHOUT_CONSENT));
    }

    @Test
    void whatAnErasedPersonDidBeforeLeavesNoRow() {
        users.put(UserProfile.absent("ann").erased(Tombstone.of("erasure-1", NOW.plusSeconds(2))));

        assertThat(transformed(purchase("ann", null))).isEqualTo(new Dropped(EventOutcome.ERASED));
    }

    @Test
    void whatCannotBeReadLeavesNoRow() {
        ShardPosition position = new ShardPosition("events/shardId-0", BigInteger.ONE);
        StreamRecord broken = new StreamRecord(position, "ann", new byte[] {1, 2}, NOW);

        assertThat(flow(users).transform(List.of(broken), DEADLINE))
                .containsExactly(new Dropped(EventOutcome.QUARANTINED));
    }

    @Test
    void anAliasOfAnotherUserLeavesNoRow() {
        users.put(UserProfile.absent("anon").aliasOf("bob"));

        assertThat(transformed(new Event.Alias(header("ann", "e", null), "anon", "ann")))
                .isEqualTo(new Dropped(EventOutcome.ALIAS_REFUSED));
    }

    @Test
    void aStoreThatDoesNotAnswerIsWaitedFor() {
        assertThat(flow(failing(10)).transform(List.of(record(purchase("ann", null))), DEADLINE))
                .singleElement()
                .isInstanceOf(Kept.class);
        assertThat(pauses).hasSize(10);
    }

    @Test
    void aStoreThatNeverAnswersFailsTheBatchBeforeTheDeadline() {
        LakeFlow flow = flow(failing(Integer.MAX_VALUE));

        assertThatThrownBy(() -> flow.transform(List.of(record(purchase("ann", null))), DEADLINE))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(clock.instant()).isBetween(NOW.plus(Duration.ofMinutes(3)), DEADLINE);
    }

    /** Returns profiles that do not answer the first calls. */
    private Users failing(int failures) {
        return Faults.before(
                Users.class,
                users,
                call -> call.method().equals("getAll") && call.number() <= failures);
    }
}
