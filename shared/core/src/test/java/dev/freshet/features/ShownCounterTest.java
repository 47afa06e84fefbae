package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.SHARD;
import static dev.freshet.features.EventFlow.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.UserProfile;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownCounterTest {
    private UserProfile profile = UserProfile.absent("ann");

    private void show(long sequence, Instant at, String... items) {
        show(sequence, sequence, at, items);
    }

    private void show(long sequence, long since, Instant at, String... items) {
        Event.Impression impression = (Event.Impression) shown("ann", "imp-" + sequence, at, items);
        profile = ShownCounter.with(profile, impression, position(sequence), position(since));
    }

    private static ShardPosition position(long sequence) {
        return new ShardPosition(SHARD, BigInteger.valueOf(sequence));
    }

    private int times(String item) {
        return Objects.requireNonNull(profile.shown().get(item)).count();
    }

    @Test
    void anImpressionAtOrBelowTheMarkIsCountedAlready() {
        show(7, NOW, "tea");
        UserProfile counted = profile;
        show(7, NOW, "tea");
        show(6, NOW, "tea");

        assertThat(profile).isSameAs(counted);
    }

    @Test
    void anImpressionBroughtBackIsCountedUnlessTheMarkWentPastTheOneItBringsBack() {
        show(7, NOW, "tea");
        show(12, 9, NOW, "tea");
        assertThat(times("tea")).isEqualTo(2);

        show(14, 11, NOW, "tea");
        assertThat(times("tea")).isEqualTo(2);
        show(14, 14, NOW, "tea");
        assertThat(times("tea")).isEqualTo(2);
    }

    @Test
    void theCountStartsAgainAfterADayWithoutAShowing() {
        show(1, NOW, "tea");
        show(2, NOW.plus(Duration.ofHours(20)), "tea");
        assertThat(times("tea")).isEqualTo(2);

        show(3, NOW.plus(Duration.ofHours(45)), "tea");
        assertThat(times("tea")).isEqualTo(1);
    }

    @Test
    void ofItemsShownMoreThanADayAgoAHundredAreKeptAtMost() {
        for (int i = 0; i < 10; i++) {
            show(
                    i + 1,
                    NOW.plus(Duration.ofHours(10L * i)),
                    IntStream.range(20 * i, 20 * i + 20)
                            .mapToObj(n -> "item-" + n)
                            .toArray(String[]::new));
        }

        assertThat(profile.shown()).hasSize(100).containsKeys("item-100", "item-199");
        assertThat(profile.shown()).doesNotContainKey("item-99");
    }

    @Test
    void theLatestTwoHundredItemsOfADayAreKept() {
        for (int i = 0; i < 5; i++) {
            int from = i * 100;
            show(
                    i + 1,
                    NOW.plusSeconds(i),
                    IntStream.range(from, from + 100)
                            .mapToObj(n -> "item-" + n)
                            .toArray(String[]::new));
        }

        assertThat(profile.shown())
                .hasSize(UserProfile.MAX_SHOWN)
                .containsKeys("item-300", "item-499");
        assertThat(profile.shown()).doesNotContainKey("item-299");
    }
}
