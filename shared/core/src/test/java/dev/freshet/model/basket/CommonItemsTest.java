package dev.freshet.model.basket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommonItemsTest {
    private final BasketScratch.CommonItems common = new BasketScratch.CommonItems();

    @Test
    void itemsThatEnoughBasketsHoldAreNumberedInTheirOrder() {
        count(7, 3, 7, 5, 3, 5, 9);
        common.end(2);
        assertThat(common.size()).isEqualTo(3);
        assertThat(common.number(7)).isZero();
        assertThat(common.number(3)).isEqualTo(1);
        assertThat(common.number(5)).isEqualTo(2);
        assertThat(common.number(9)).isEqualTo(-1);
        assertThat(common.item(2)).isEqualTo(5);
    }

    @Test
    void nothingIsLeftOfAnEarlierUse() {
        count(7, 7, 3);
        common.end(2);
        common.clear();
        count(3, 7);
        common.end(2);
        assertThat(common.size()).isZero();
        assertThat(common.number(7)).isEqualTo(-1);
    }

    private void count(int... items) {
        common.reserve(10);
        common.expect(items.length);
        for (int item : items) {
            common.count(item);
        }
    }
}
