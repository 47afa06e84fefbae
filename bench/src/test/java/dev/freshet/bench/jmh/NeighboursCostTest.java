package dev.freshet.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeighboursCostTest {
    @Test
    void theSmallestModelOfTheCommandIsMeasured() {
        assertThat(new NeighboursCost(1_000, 1_000).measure(2).pairs().with(0.5)).isPositive();
    }
}
