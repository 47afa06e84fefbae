package dev.freshet.model.sums;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.sums.ShadowSums.Column;
import dev.freshet.model.sums.ShadowSums.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ShadowSumsTest {
    private static long total(ShadowSums sums, int place, Column column) {
        return Arrays.stream(sums.column(place, column)).sum();
    }

    @Test
    void weightsAreSummedByPlaceAndBucket() {
        Tally tally = ShadowSums.ZERO.tally();
        tally.shown(7, new double[] {0, Math.log(2)});
        tally.shown(7, new double[] {Math.log(0.5)});
        tally.shown(9, new double[] {Double.NEGATIVE_INFINITY});
        ShadowSums sums = tally.sums();

        assertThat(sums.places()).isEqualTo(2);
        assertThat(sums.column(0, Column.LISTS)[7]).isEqualTo(2);
        assertThat(sums.column(0, Column.WEIGHTS)[7]).isEqualTo(3 * ShadowSums.ONE / 2);
        assertThat(sums.column(0, Column.LISTS)[9]).isEqualTo(1);
        assertThat(sums.column(0, Column.WEIGHTS)[9]).isZero();
        assertThat(sums.column(1, Column.WEIGHTS)[7]).isEqualTo(2 * ShadowSums.ONE);
        assertThat(sums.squares(1)).isEqualTo(4 * ShadowSums.ONE);
        assertThat(sums.largest(0)).isEqualTo(ShadowSums.ONE);
    }

    @Test
    void aClickCountsWithTheWeightOfItsPlace() {
        Tally tally = ShadowSums.ZERO.tally();
        tally.clicked(3, 1, Math.log(0.25));
        tally.clicked(3, ShadowSums.PLACES, 0);
        ShadowSums sums = tally.sums();

        assertThat(total(sums, 1, Column.CLICKS)).isEqualTo(1);
        assertThat(total(sums, 1, Column.WEIGHTED_CLICKS)).isEqualTo(ShadowSums.ONE / 4);
        assertThat(sums.places()).isEqualTo(2);
    }

    @Test
    void placesBeyondTheBoundAreLeftOut() {
        Tally tally = ShadowSums.ZERO.tally();
        tally.shown(0, new double[100]);

        assertThat(tally.sums().places()).isEqualTo(ShadowSums.PLACES);
    }

    @Test
    void aWeightAboveTheBoundIsClippedAndCounted() {
        Tally tally = ShadowSums.ZERO.tally();
        tally.shown(0, new double[] {Math.log(ShadowSums.MAX_WEIGHT), 20, Double.MAX_VALUE});
        ShadowSums sums = tally.sums();

        assertThat(sums.clipped()).isEqualTo(2);
        assertThat(total(sums, 1, Column.WEIGHTS))
                .isEqualTo(ShadowSums.MAX_WEIGHT * ShadowSums.ONE);
        assertThat(sums.squares(2))
                .isEqualTo((long) ShadowSums.MAX_WEIGHT * ShadowSums.MAX_WEIGHT * ShadowSums.ONE);
    }

    @Test
    void theOrderOfTheListsDoesNotMatter() {
        Random random = new Random(5);
        List<Consumer<Tally>> acts = new ArrayList<>();
        for (int list = 0; list < 500; list++) {
            int bucket = random.nextInt(BucketSums.BUCKETS);
            double[] weights = random.doubles(6, -3, 2).toArray();
            acts.add(tally -> tally.shown(bucket, weights));
            acts.add(tally -> tally.clicked(bucket, 4, weights[4]));
            acts.add(Tally::leftOut);
        }
        Tally forth = ShadowSums.ZERO.tally();
        acts.forEach(act -> act.accept(forth));
        Collections.shuffle(acts, random);
        Tally back = ShadowSums.ZERO.tally();
        acts.forEach(act -> act.accept(back));

        assertThat(back.sums()).isEqualTo(forth.sums());
        assertThat(back.sums().leftOut()).isEqualTo(500);
    }
}
