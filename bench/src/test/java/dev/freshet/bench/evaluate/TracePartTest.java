package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracePartTest {
    private static final Trace WHOLE =
            Toy.views("ann:tea", "bob:tea", "ann:cup", "bob:tea", "eve:cup", "ann:tea");

    @Test
    void aPartNumbersPeopleAndItemsAnew() {
        Trace part = WHOLE.part(2, 3);

        assertThat(Toy.order(part)).containsExactly("0:0", "1:1", "2:0");
        assertThat(part.people()).isEqualTo(3);
        assertThat(part.items()).isEqualTo(2);
    }

    @Test
    void whatWasARepeatMayBeTheFirstInteractionOfAPart() {
        assertThat(WHOLE.steps().get(3).interaction().first()).isFalse();
        assertThat(WHOLE.part(3, 2).steps().getFirst().interaction().first()).isTrue();
    }

    @Test
    void aPartEndsWithTheStream() {
        assertThat(WHOLE.part(4, 10).steps()).hasSize(2);
        assertThat(WHOLE.part(4, Integer.MAX_VALUE).steps()).hasSize(2);
        assertThat(WHOLE.part(0, 10).steps()).hasSize(6);
        assertThat(Toy.order(WHOLE.part(0, 10))).isEqualTo(Toy.order(WHOLE));
    }
}
