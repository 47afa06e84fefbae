package dev.freshet.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CountedUsersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final CountedUsers users = new CountedUsers("anon-", 60, false);

    @Test
    void anAnonymousUserCountsFromTheEndOfTheWaitOn() {
        assertThat(users.counts("anon-1", null, NOW)).isFalse();
        assertThat(users.counts("anon-1", NOW.minusSeconds(59), NOW)).isFalse();
        assertThat(users.counts("anon-1", NOW.minusSeconds(60), NOW)).isTrue();
    }

    @Test
    void aUserWhoseIdIsVouchedForCountsAtOnceAndEnrols() {
        assertThat(users.counts("ann", null, NOW)).isTrue();
        assertThat(users.enrols("ann")).isTrue();
        assertThat(users.enrols("anon-1")).isFalse();
    }

    @Test
    void everybodyCountsAtOnceWhereNobodyWaits() {
        assertThat(new CountedUsers("anon-", 0, true).counts("anon-1", null, NOW)).isTrue();
        assertThat(CountedUsers.ALL.counts("ann", null, NOW)).isTrue();
        assertThat(CountedUsers.ALL.enrols("anon-1")).isTrue();
    }
}
