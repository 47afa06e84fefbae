package dev.freshet.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {
    private final StackTree tree = new StackTree();

    @Test
    void aBoxIsAsWideAsItsShareAndStandsAboveItsCaller() {
        tree.add(List.of("A.all", "B.most"), 3);
        tree.add(List.of("A.all", "C.rest"), 1);
        String svg = FlameGraph.svg(tree, "Title");
        assertThat(svg)
                .contains(
                        "<title>A.all, 100.0 %</title><rect x=\"0.0\" y=\"47\" width=\"1199.5\"",
                        "<title>B.most, 75.0 %</title><rect x=\"0.0\" y=\"30\" width=\"899.5\"",
                        "<title>C.rest, 25.0 %</title><rect x=\"900.0\" y=\"30\" width=\"299.5\"");
    }

    @Test
    void narrowBoxesAreLeftOutAndKeepTheirPlace() {
        tree.add(List.of("A.tiny"), 1);
        tree.add(List.of("B.rest"), 999);
        assertThat(FlameGraph.svg(tree, "Title"))
                .doesNotContain("A.tiny")
                .contains("B.rest, 99.9 %</title><rect x=\"1.2\"");
    }

    @Test
    void namesAreEscapedAndCutToTheirBoxes() {
        tree.add(List.of("Thing.<init>"), 1);
        tree.add(List.of("Y.aVeryLongNameOfAMethod"), 1);
        tree.add(List.of("Z.rest"), 11);
        String svg = FlameGraph.svg(tree, "a < b");
        assertThat(svg).contains("a &lt; b", "Thing.&lt;init&gt;", "Y.aVeryLongN…</text>");
        assertThat(svg).doesNotContain("<init>");
    }
}
