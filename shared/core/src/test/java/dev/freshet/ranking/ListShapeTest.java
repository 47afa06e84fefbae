package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListShapeTest {
    private final Site site =
            new Site()
                    .put(
                            article("a", "same words", "x"),
                            article("b", "same words", "x"),
                            article("c", "nothing shared", "y"))
                    .crowdReads(3, Duration.ofHours(1), "a")
                    .crowdReads(4, Duration.ofHours(1), "c");

    private ListShape shape(String... ids) {
        List<Ranked> list =
                Arrays.stream(ids)
                        .map(id -> site.model().items().index(id))
                        .map(
                                item ->
                                        new Ranked(
                                                item,
                                                0,
                                                new Exploration.Position(
                                                        0, 1, Exploration.Kind.CHOSEN),
                                                List.of(),
                                                1,
                                                List.of(),
                                                List.of()))
                        .toList();
        return new ListShape(site.model(), list);
    }

    @Test
    void equalItemsHaveNoSpreadAndDifferentOnesHaveAll() {
        assertThat(shape("a", "b").spread().orElseThrow()).isCloseTo(0, within(1e-6));
        assertThat(shape("a", "c").spread().orElseThrow()).isCloseTo(1, within(1e-6));
        assertThat(shape("a", "b", "c").spread().orElseThrow()).isCloseTo(2 / 3.0, within(1e-6));
    }

    @Test
    void noveltyIsTheMeanOfTheBitsByWhichItemsAreRarerThanAllInteractions() {
        double a = Math.log(8 / 4.0) / Math.log(2);
        double b = Math.log(8 / 1.0) / Math.log(2);
        assertThat(shape("a").novelty().orElseThrow()).isCloseTo(a, within(1e-9));
        assertThat(shape("a", "b").novelty().orElseThrow()).isCloseTo((a + b) / 2, within(1e-9));
    }

    @Test
    void aListThatIsTooShortHasNoShape() {
        assertThat(shape("a").spread()).isEmpty();
        assertThat(shape().spread()).isEmpty();
        assertThat(shape().novelty()).isEmpty();
    }

    @Test
    void onlyTheFirstTwentyAreCompared() {
        String[] ids = new String[100];
        Arrays.fill(ids, "c");
        Arrays.fill(ids, 0, ListShape.COMPARED, "a");

        assertThat(shape(ids).spread().orElseThrow()).isCloseTo(0, within(1e-6));
    }
}
