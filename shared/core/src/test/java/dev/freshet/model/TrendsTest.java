package dev.freshet.model;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendsTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private final Examples examples = new Examples();

    private Example.Interaction click(long user, String item, int minute) {
        return examples.interaction(user, item, Duration.ofMinutes(minute));
    }

    private static List<TrendWindow> of(List<TrendWindow> windows, String scope, Duration length) {
        return windows.stream()
                .filter(window -> window.scope().equals(scope) && window.length().equals(length))
                .toList();
    }

    @Test
    void aWindowIsReportedWhenTheClockHasPassedItAndOnlyOnce() {
        Model one =
                learned(
                        Examples.item("a", 1, List.of("chess")),
                        click(1, "a", 0),
                        click(2, "a", 1),
                        click(2, "a", 2),
                        click(1, "b", 3));
        assertThat(one.closedTrends(Model.EMPTY, 1)).isEmpty();
        Model two = learned(one, click(3, "c", 6));
        List<TrendWindow> closed = two.closedTrends(one, 2);
        TrendWindow.Count a = new TrendWindow.Count("a", 2);
        TrendWindow.Count b = new TrendWindow.Count("b", 1);
        assertThat(of(closed, "all", FIVE_MINUTES))
                .containsExactly(new TrendWindow("all", FIVE_MINUTES, NOON, List.of(a, b), 2));
        assertThat(of(closed, "country:BR", FIVE_MINUTES).getFirst().top()).containsExactly(a, b);
        assertThat(of(closed, "tag:chess", FIVE_MINUTES).getFirst().top()).containsExactly(a);
        assertThat(of(closed, "all", Duration.ofHours(1))).isEmpty();
        Model three = learned(two, click(4, "c", 7));
        assertThat(three.closedTrends(two, 3)).isEmpty();
    }

    @Test
    void aLateArrivalReportsTheClosedWindowAgainWithAllOfIt() {
        Model one = learned(click(1, "a", 0));
        Model two = learned(one, click(2, "b", 6));
        Model three = learned(two, click(3, "a", 1));
        assertThat(of(three.closedTrends(two, 3), "all", FIVE_MINUTES).getFirst().top())
                .containsExactly(new TrendWindow.Count("a", 2));
    }

    @Test
    void whatIsTakenBackLeavesTheWindow() {
        Example.Interaction interaction = click(1, "a", 0);
        Model one = learned(interaction, click(2, "b", 0), examples.takenBack(interaction));
        Model two = learned(one, click(3, "c", 6));
        assertThat(of(two.closedTrends(one, 2), "all", FIVE_MINUTES).getFirst().top())
                .containsExactly(new TrendWindow.Count("b", 1));
    }

    @Test
    void aBatchFromThePastLeavesItsLatestHoursAndDaysAndABoundedNumberOfThem() {
        List<Example> days = new ArrayList<>();
        for (int hour = 0; hour < 24 * 30; hour++) {
            days.add(examples.interaction(hour, "a", Duration.ofHours(hour)));
        }
        List<TrendWindow> closed = learned(days).closedTrends(Model.EMPTY, 1);
        List<TrendWindow> all =
                closed.stream().filter(window -> window.scope().equals("all")).toList();
        assertThat(all).hasSizeBetween(Windows.MAX_RETIRED, Windows.MAX_RETIRED + 3);
        assertThat(closed.size()).isLessThanOrEqualTo((Windows.MAX_RETIRED + 6) * 21);
    }
}
