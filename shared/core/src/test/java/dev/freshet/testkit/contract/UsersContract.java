package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Attributes;
import dev.freshet.enrolment.Enrolment;
import dev.freshet.enrolment.Enrolment.Cause;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.testkit.SettableClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Users}: the tests that each of its adapters passes. */
public abstract class UsersContract {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    private static final Cause RECORD = new Cause(BigInteger.TEN.pow(55), false);

    private static final List<String> GROUPS = List.of("s12", "desktop");

    private static final Enrolments ENROLLED =
            new Enrolments(
                    List.of(
                            new Enrolment("home", "home-1", "control", NOW, RECORD, null, GROUPS),
                            new Enrolment(
                                    "búsqueda",
                                    "search-1",
                                    "b",
                                    NOW,
                                    new Cause(BigInteger.TWO, true),
                                    RECORD,
                                    List.of())));

    private final SettableClock clock = new SettableClock(NOW);
    private final String user = "user-" + UUID.randomUUID();
    private Users users;

    protected abstract Users users(InstantSource clock);

    @BeforeEach
    void open() {
        users = users(clock);
    }

    @Test
    void aProfileNeverWrittenIsAbsent() {
        assertThat(users.get(user)).isEqualTo(UserProfile.absent(user));
    }

    @Test
    void aProfileComesBackAsItWasPutWithTheNextRevision() {
        UserProfile full = full(0);
        assertThat(users.put(full)).isTrue();
        assertThat(users.get(user)).isEqualTo(full.withRevision(1));
        assertThat(users.put(full.withRevision(1))).isTrue();
        assertThat(users.get(user)).isEqualTo(full.withRevision(2));
    }

    @Test
    void whatIsTakenOutOfAProfileIsGone() {
        users.put(full(0));
        users.put(UserProfile.absent(user).withRevision(1));
        assertThat(users.get(user)).isEqualTo(UserProfile.absent(user).withRevision(2));
    }

    @Test
    void aWriteThatReadAnOlderRevisionIsRefused() {
        assertThat(users.put(full(0))).isTrue();
        assertThat(users.put(UserProfile.absent(user))).isFalse();
        assertThat(users.put(full(2))).isFalse();
        assertThat(users.get(user)).isEqualTo(full(1));
    }

    @Test
    void aWriteToAProfileThatIsGoneIsRefused() {
        assertThat(users.put(full(3))).isFalse();
        assertThat(users.get(user)).isEqualTo(UserProfile.absent(user));
    }

    @Test
    void theLargestProfileFits() {
        UserProfile large = large();
        assertThat(users.put(large)).isTrue();
        assertThat(users.get(user)).isEqualTo(large.withRevision(1));
    }

    @Test
    void aProfileExpiresFourHundredDaysAfterItsLastWrite() {
        users.put(full(0));
        clock.advance(Duration.ofDays(399));
        users.put(full(1));
        clock.advance(Duration.ofDays(399));
        assertThat(users.get(user).revision()).isEqualTo(2);
        clock.advance(Duration.ofDays(2));
        assertThat(users.get(user)).isEqualTo(UserProfile.absent(user));
        assertThat(users.getAll(Set.of(user))).containsValue(UserProfile.absent(user));
        assertThat(users.put(UserProfile.absent(user))).isTrue();
        assertThat(users.get(user).revision()).isEqualTo(1);
    }

    @Test
    void aTombstoneIsReadAsLongAsItIsThere() {
        UserProfile erased = UserProfile.absent(user).erased(Tombstone.of("erasure-1", NOW));
        users.put(erased);
        clock.advance(Duration.ofDays(500));
        assertThat(users.get(user)).isEqualTo(erased.withRevision(1));
        assertThat(users.put(UserProfile.absent(user))).isFalse();
    }

    @Test
    void aTombstoneComesBackWholeTogetherWithLaterData() {
        Tombstone tombstone =
                new Tombstone(
                        "erasure-1",
                        NOW,
                        List.of("anon-1", "anon-2"),
                        new ShardPosition("events/shardId-000000000000", BigInteger.TEN.pow(55)));
        UserProfile again = full(0).withTombstone(tombstone);

        users.put(again);

        assertThat(users.get(user)).isEqualTo(again.withRevision(1));
    }

    @Test
    void manyAreReadAtOnceAndEveryIdIsAnswered() {
        users.put(full(0));
        Set<String> asked = new HashSet<>(Set.of(user));
        for (int i = 0; i < 249; i++) {
            String other = user + "-" + i;
            asked.add(other);
            if (i % 2 == 0) {
                users.put(UserProfile.absent(other));
            }
        }
        Map<String, UserProfile> found = users.getAll(asked);
        assertThat(found).containsOnlyKeys(asked).containsEntry(user, full(1));
        assertThat(found.get(user + "-0"))
                .isEqualTo(UserProfile.absent(user + "-0").withRevision(1));
        assertThat(found.get(user + "-1")).isEqualTo(UserProfile.absent(user + "-1"));
        assertThat(found.get(user + "-248"))
                .isEqualTo(UserProfile.absent(user + "-248").withRevision(1));
    }

    @Test
    void noneAndTooMany() {
        assertThat(users.getAll(Set.of())).isEmpty();
        Set<String> tooMany = new HashSet<>();
        for (int i = 0; i < 501; i++) {
            tooMany.add("u" + i);
        }
        assertThatThrownBy(() -> users.getAll(tooMany))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private UserProfile full(long revision) {
        return new UserProfile(
                user,
                new UserProfile.Stated(
                        Map.of("plan", AttributeValue.of("gold"), "empty", AttributeValue.of("")),
                        new Consent(true, false)),
                List.of("anon-2", "anon-1"),
                new UserProfile.ShownItems(
                        Map.of(
                                "item-1", new UserProfile.Shown(3, NOW.minusSeconds(90_000), NOW),
                                "ítem-2", new UserProfile.Shown(1, NOW, NOW)),
                        new ShardPosition("events/shardId-000000000000", BigInteger.TEN.pow(55)),
                        NOW.minusSeconds(90_000)),
                ENROLLED,
                "user-x",
                null,
                revision);
    }

    private UserProfile large() {
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (int i = 0; i < Attributes.MAX_ENTRIES; i++) {
            attributes.put("attribute-" + i, AttributeValue.of("v".repeat(256)));
        }
        attributes.put("attribute-0", AttributeValue.of(-1.0 / 3));
        attributes.put("attribute-1", AttributeValue.of(true));
        attributes.put("attribute-2", AttributeValue.of(List.of("b", "a")));
        attributes.put("attribute-3", AttributeValue.of(List.of()));
        Map<String, UserProfile.Shown> shown = new HashMap<>();
        for (int i = 0; i < UserProfile.MAX_SHOWN; i++) {
            String item = "i".repeat(120) + i;
            shown.put(item, new UserProfile.Shown(i + 1, NOW.minusSeconds(i), NOW.plusMillis(i)));
        }
        List<String> aliases =
                java.util.stream.IntStream.range(0, UserProfile.MAX_ALIASES)
                        .mapToObj(i -> "a".repeat(120) + i)
                        .toList();
        return new UserProfile(
                user,
                new UserProfile.Stated(attributes, null),
                aliases,
                new UserProfile.ShownItems(shown, null, NOW),
                mostEnrolments(),
                null,
                null,
                0);
    }

    private static Enrolments mostEnrolments() {
        List<Enrolment> all = new ArrayList<>();
        for (int i = 0; i < Enrolments.MAX; i++) {
            all.add(
                    new Enrolment(
                            "e".repeat(120) + i,
                            "s".repeat(128),
                            "a".repeat(128),
                            NOW,
                            RECORD,
                            RECORD,
                            GROUPS));
        }
        return new Enrolments(all);
    }
}
