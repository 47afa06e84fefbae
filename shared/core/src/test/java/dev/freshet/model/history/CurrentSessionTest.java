package dev.freshet.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurrentSessionTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<String> LIKED = List.of("a", "b", "c");
    private static final long[] TIMES = {ago(1), ago(2), ago(3)};

    private static long ago(long minutes) {
        return NOW.minusSeconds(60 * minutes).getEpochSecond();
    }

    private static UserAction read(String item, long minutesAgo, @Nullable String session) {
        return new UserAction(
                item + "@" + minutesAgo,
                EventType.VIEW,
                Target.item(item),
                1,
                NOW.minusSeconds(60 * minutesAgo),
                session);
    }

    private static int[] ranks(@Nullable String asked, UserAction... newestFirst) {
        return CurrentSession.of(List.of(newestFirst), LIKED, asked).ranks();
    }

    @Test
    void actionsOfOneIdAreOfOneSessionHoweverLongThePause() {
        assertThat(ranks(null, read("a", 1, "s"), read("b", 300, "s"), read("c", 301, "r")))
                .containsExactly(0, 1);
    }

    @Test
    void actionsOfAnotherIdAreOfAnotherSessionHoweverShortThePause() {
        assertThat(ranks(null, read("a", 1, "s"), read("b", 2, "r"), read("c", 3, "s")))
                .containsExactly(0, 2);
    }

    @Test
    void withoutIdsAPauseOfMoreThanHalfAnHourEndsTheSession() {
        assertThat(ranks(null, read("a", 1, null), read("b", 31, null), read("c", 62, null)))
                .containsExactly(0, 1);
    }

    @Test
    void aRequestThatNamesANewSessionHasNone() {
        assertThat(ranks("new", read("a", 1, "s"), read("b", 2, null))).isEmpty();
    }

    @Test
    void aRequestHasTheSessionThatItNamesThoughAnotherWasActiveSince() {
        assertThat(ranks("s", read("a", 1, "r"), read("b", 2, "s"), read("c", 9, "s")))
                .containsExactly(1, 2);
    }

    @Test
    void aSessionThatIsNotNamedIsOverAfterHalfAnHour() {
        List<UserAction> actions = List.of(read("a", 1, "s"), read("b", 2, "s"));
        double soon = NOW.getEpochSecond();
        double later = soon + CurrentSession.GAP_SECONDS;
        CurrentSession guessed = CurrentSession.of(actions, LIKED, null);
        assertThat(guessed.ranks(soon, TIMES)).containsExactly(0, 1);
        assertThat(guessed.ranks(later, TIMES)).isEmpty();
        assertThat(CurrentSession.of(actions, LIKED, "s").ranks(later, TIMES))
                .containsExactly(0, 1);
        assertThat(CurrentSession.NONE.ranks(soon, TIMES)).isEmpty();
    }

    @Test
    void timesAloneTellTheSameSessionAsActionsWithoutIds() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            List<UserAction> actions = new ArrayList<>();
            List<String> liked = new ArrayList<>();
            long[] times = new long[8];
            long ago = 0;
            for (int at = 0; at < times.length; at++) {
                ago += random.nextInt(40);
                liked.add("i" + at);
                actions.add(read("i" + at, ago, null));
                times[at] = ago(ago);
            }
            assertThat(CurrentSession.ofTimes(times).ranks())
                    .as("round %s", round)
                    .isEqualTo(CurrentSession.of(actions, liked, null).ranks());
        }
    }
}
