package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoriesTest {
    private final Histories histories = new Histories();

    @Test
    void itemsStandInTheOrderOfTheirLatestInteraction() {
        assertThat(histories.add(3, 10)).isTrue();
        assertThat(histories.add(3, 11)).isTrue();
        assertThat(histories.add(3, 12)).isTrue();
        assertThat(histories.add(3, 10)).isFalse();
        assertThat(histories.items(3)).containsExactly(11, 12, 10);
        assertThat(histories.owners()).isEqualTo(4);
        assertThat(histories.holds(3, 12)).isTrue();
        assertThat(histories.holds(3, 13)).isFalse();
    }

    @Test
    void anUnknownOwnerHasNoItems() {
        histories.add(5, 1);
        assertThat(histories.items(0)).isEmpty();
        assertThat(histories.items(99)).isEmpty();
        assertThat(histories.holds(99, 1)).isFalse();
    }

    @Test
    void theOldestItemLeavesWhenTheBoundIsReached() {
        for (int item = 0; item < Histories.MAX_ITEMS + 2; item++) {
            assertThat(histories.add(0, item)).isTrue();
        }
        assertThat(histories.items(0))
                .hasSize(Histories.MAX_ITEMS)
                .startsWith(2, 3)
                .endsWith(1000, 1001);
    }
}
