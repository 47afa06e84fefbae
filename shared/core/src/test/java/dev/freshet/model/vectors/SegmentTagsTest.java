package dev.freshet.model.vectors;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two segments of a hundred users each, every one with one item. */
class SegmentTagsTest {
    private static final int EACH = 100;

    private final List<Preferences> users = new ArrayList<>();
    private final int[] of = new int[2 * EACH];
    private final Model model =
            learned(
                    List.<Example>of(
                            Examples.item("a", 1, List.of("run", "all")),
                            Examples.item("b", 1, List.of("trail", "all")),
                            Examples.item("c", 1, List.of("cook", "all"))));

    /** Counts with this many users of the first segment who took a, b and the others c. */
    private SegmentDrawing.Tags tags(int a, int b) {
        for (int user = 0; user < 2 * EACH; user++) {
            users.add(Preferences.ofItem(user < a ? 0 : user < a + b ? 1 : 2));
        }
        Arrays.fill(of, EACH, 2 * EACH, 1);
        return new SegmentDrawing.Tags(model.items(), users, of, 2);
    }

    @Test
    void aTagIsToldWithItsPeopleAndHowMuchMoreTheyTakeOfIt() {
        assertThat(tags(60, 20).of(0))
                .containsExactly(new Segment.Tag("run", 60, 2), new Segment.Tag("trail", 20, 2));
    }

    @Test
    void whatEverybodyTakesTellsNothing() {
        assertThat(tags(60, 40).of(0)).extracting(Segment.Tag::tag).doesNotContain("all");
    }

    @Test
    void aTagOfFewerThanTenPeopleIsNotTold() {
        assertThat(tags(90, 9).of(0)).extracting(Segment.Tag::tag).containsExactly("run");
    }

    @Test
    void aNameStaysUntilAnotherTagTellsClearlyMore() {
        assertThat(tags(30, 36).name(0, List.of())).containsExactly("trail", "run");
        assertThat(tags(30, 36).name(0, List.of("run", "trail"))).containsExactly("run", "trail");
    }

    @Test
    void aTagThatTellsLessThanHalfJoinsNoNameButStaysInOneForAWhile() {
        assertThat(tags(60, 28).name(0, List.of())).containsExactly("run");
        assertThat(tags(60, 28).name(0, List.of("trail"))).containsExactly("trail", "run");
        users.clear();
        assertThat(tags(60, 20).name(0, List.of("trail"))).containsExactly("run");
    }
}
