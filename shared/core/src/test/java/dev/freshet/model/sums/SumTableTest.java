package dev.freshet.model.sums;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumTableTest {
    private static final int ROWS = 7;
    private static final int COLUMNS = 20;

    private static SumTable after(SumTable from, List<Consumer<SumTable.Draft>> additions) {
        SumTable.Draft draft = from.draft(ROWS, COLUMNS);
        additions.forEach(addition -> addition.accept(draft));
        return draft.seal();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsDoNotDependOnTheOrderNorOnWhereAdditionsAreCut(long seed) {
        Random random = new Random(seed);
        List<Consumer<SumTable.Draft>> additions = new ArrayList<>();
        long[][] expected = new long[ROWS][COLUMNS];
        for (int i = 0; i < 300; i++) {
            int row = random.nextInt(ROWS);
            int column = random.nextInt(COLUMNS);
            long amount = random.nextLong(-3, 4);
            expected[row][column] += amount;
            additions.add(draft -> draft.add(row, column, amount));
        }
        SumTable forth = after(SumTable.ZERO, additions);
        Collections.shuffle(additions, random);
        SumTable half = after(SumTable.ZERO, additions.subList(0, 150));
        String before = half.toString();
        SumTable back = after(half, additions.subList(150, 300));

        assertThat(back).isEqualTo(forth).hasSameHashCodeAs(forth);
        assertThat(half).as("a sealed table is never changed").hasToString(before);
        for (int row = 0; row < ROWS; row++) {
            assertThat(forth.row(row, COLUMNS)).containsExactly(expected[row]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, COLUMNS - 1})
    void whatAddsUpToNothingEqualsATableToWhichNothingWasAdded(int column) {
        SumTable.Draft draft = SumTable.ZERO.draft(ROWS, COLUMNS);
        draft.add(2, column, 5);
        SumTable sealed = draft.seal();
        draft.add(2, column, -5);

        assertThat(sealed.get(2, column)).isEqualTo(5);
        assertThat(sealed.filled(ROWS)).isEqualTo(3);
        assertThat(sealed.only(2).get(0, column)).isEqualTo(5);
        assertThat(draft.seal()).isEqualTo(SumTable.ZERO);
        assertThat(draft.seal().filled(ROWS)).isZero();
    }
}
