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
                        examples.interaction(1, "a"),
                        examples.interaction(2, "a", Duration.ofMinutes(1)),
                        examples.interaction(2, "a", Duration.ofMinutes(2)),
                        examples.interaction(1, "b", Duration.ofMinutes(3)));
        assertThat(one.closedTrends(Model.EMPTY, 1)).isEmpty();
        Model two = learned(one, examples.interaction(3, "c", Duration.ofMinutes(6)));
        List<TrendWindow> closed = two.closedTrends(one, 2);
        TrendWindow.Count a = new TrendWindow.Count("a", 2);
        TrendWindow.Count b = new TrendWindow.Count("b", 1);
        assertThat(of(closed, "all", FIVE_MINUTES))
                .containsExactly(new TrendWindow("all", FIVE_MINUTES, NOON, List.of(a, b), 2));
        assertThat(of(closed, "country:BR", FIVE_MINUTES).getFirst().top()).containsExactly(a, b);
        assertThat(of(closed, "tag:chess", FIVE_MINUTES).getFirst().top()).containsExactly(a);
        assertThat(of(closed, "all", Duration.ofHours(1))).isEmpty();
        Model three = learned(two, examples.interaction(4, "c", Duration.ofMinutes(7)));
        assertThat(three.closedTrends(two, 3)).isEmpty();
    }

    @Test
    void aLateArrivalReportsTheClosedWindowAgainWithAllOfIt() {
        Model one = learned(examples.interaction(1, "a"));
        Model two = learned(one, examples.interaction(2, "b", Duration.ofMinutes(6)));
        Model three = learned(two, examples.interaction(3, "a", Duration.ofMinutes(1)));
        assertThat(of(three.closedTrends(two, 3), "all", FIVE_MINUTES).getFirst().top())
                .containsExactly(new TrendWindow.Count("a", 2));
    }

    @Test
    void whatIsTakenBackLeavesTheWindow() {
        Example.Interaction interaction = examples.interaction(1, "a");
        Model one =
                learned(interaction, examples.interaction(2, "b"), examples.takenBack(interaction));
        Model two = learned(one, examples.interaction(3, "c", Duration.ofMinutes(6)));
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
