package dev.freshet.model.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.memory.NeighboursFile.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeighboursFileTest {
    private static List<Row> rows(Random random, int items, int neighbours) {
        List<Row> rows = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            TreeSet<String> others = new TreeSet<>();
            while (others.size() < Math.min(neighbours, items - 1)) {
                int other = random.nextInt(items);
                if (other != item) {
                    others.add("item-ü" + other);
                }
            }
            List<Double> weights =
                    others.stream().map(other -> Math.exp(6 * random.nextGaussian())).toList();
            rows.add(new Row("item-ü" + item, List.copyOf(others), weights));
        }
        return rows;
    }

    @Test
    void rowsComeBackInOrderOfTheirWeights() {
        byte[] bytes =
                NeighboursFile.encode(
                        List.of(
                                new Row("tea", List.of("cup", "milk"), List.of(1.0, 4.0)),
                                new Row("milk", List.of("tea"), List.of(4.0))));
        NeighboursFile file = NeighboursFile.open(bytes);

        assertThat(file.ids()).containsExactly("cup", "milk", "tea");
        assertThat(file.neighbour(2, 0)).isEqualTo(1);
        assertThat(file.neighbour(2, 1)).isZero();
        assertThat(file.code(2, 0)).isEqualTo(255);
        assertThat(NeighboursFile.weight(file.code(2, 1), file.greatest())).isEqualTo(1);
        assertThat(file.code(2, 2)).isZero();
        assertThat(file.code(0, 0)).isZero();
    }

    @Test
    void equalRowsInAnyOrderHaveEqualBytes() {
        List<Row> rows = rows(new Random(1), 200, 60);
        byte[] bytes = NeighboursFile.encode(rows);
        Collections.shuffle(rows, new Random(2));
        assertThat(NeighboursFile.encode(rows)).isEqualTo(bytes);
        assertThat(NeighboursFile.open(bytes).width()).isEqualTo(50);
    }

    @Test
    void aWeightIsOffByTwoPercentAtMost() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            double greatest = Math.exp(10 * random.nextGaussian());
            double weight = greatest * Math.pow(2, -15.9 * random.nextDouble());
            int code = NeighboursFile.code(weight, greatest);
            assertThat(NeighboursFile.weight(code, greatest) / weight).isEqualTo(1, within(0.022));
        }
        assertThat(NeighboursFile.code(1e-300, 1)).isEqualTo(1);
    }

    @Test
    void damageAnywhereIsRefusedWithASentence() {
        byte[] bytes = NeighboursFile.encode(rows(new Random(4), 30, 5));
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            assertThatThrownBy(() -> NeighboursFile.open(damaged))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The file of neighbours is damaged: ");
        }
        for (int length : new int[] {0, 10, 31, bytes.length - 1}) {
            assertThatThrownBy(() -> NeighboursFile.open(Arrays.copyOf(bytes, length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theTableOfAnyNumberOfItemsTakesSixtyFourMegabytesAtMost() {
        assertThat(NeighboursFile.most(1)).isEqualTo(50);
        assertThat(NeighboursFile.most(328_965)).isEqualTo(50);
        assertThat(NeighboursFile.most(328_966)).isEqualTo(49);
        assertThat(NeighboursFile.most(1_000_000)).isEqualTo(15);
        for (int items = 1; items <= NeighboursFile.MAX_ITEMS; items += 997) {
            assertThat(4L * items * (1 + NeighboursFile.most(items)))
                    .isLessThanOrEqualTo(NeighboursFile.TABLE_BYTES);
        }
    }

    @Test
    void whatIsNoWeightOrNoOtherItemIsRefused() {
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Row("a", List.of("b"), List.of(weight)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Row("a", List.of("a"), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class);
        Row twice = new Row("a", List.of("b"), List.of(1.0));
        assertThatThrownBy(() -> NeighboursFile.encode(List.of(twice, twice)))
                .hasMessageContaining("two rows");
        assertThatThrownBy(
                        () ->
                                NeighboursFile.encode(
                                        List.of(new Row("a".repeat(1_025), List.of(), List.of()))))
                .hasMessageContaining("1025 bytes");
    }

    @Test
    void aFileWithoutItemsIsAFile() {
        assertThat(NeighboursFile.open(NeighboursFile.encode(List.of())).items()).isZero();
    }
}
