package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.FactorsJob.FactorSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FactorsJobTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.builder(2).getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** People of two kinds, who take items of two kinds, and an item that only two people took. */
    private static List<Row> history() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < 40; person++) {
            String kind = person % 2 == 0 ? "tea" : "ink";
            for (int n = 0; n < 6; n++) {
                String item = kind + random.nextInt(10);
                rows.add(RowFactory.create("p" + person, item, (long) n));
            }
        }
        rows.add(RowFactory.create("p0", "rare", 9L));
        rows.add(RowFactory.create("p1", "rare", 9L));
        return rows;
    }

    private static Map<String, double[]> vectors(List<Row> history) {
        FactorSettings settings = new FactorSettings(16, 4, 0.1, 10, 200, 3, 1);
        Map<String, double[]> vectors = new HashMap<>();
        FactorsJob.rows(
                        new FactorsJob(spark, settings)
                                .learn(spark.createDataFrame(history, LocalSpark.HISTORY)),
                        "j")
                .collectAsList()
                .forEach(
                        row ->
                                vectors.put(
                                        row.getString(1),
                                        row.<Float>getList(2).stream()
                                                .mapToDouble(Float::doubleValue)
                                                .toArray()));
        return vectors;
    }

    private static double cosine(double[] a, double[] b) {
        return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }

    @Test
    void itemsOfTheSamePeopleAreNearerThanThoseOfOthers() {
        Map<String, double[]> vectors = vectors(history());

        assertThat(vectors).hasSize(20).doesNotContainKey("rare");
        vectors.forEach(
                (item, vector) -> {
                    assertThat(vector).hasSize(16);
                    assertThat(mean(item, vectors, true))
                            .as(item)
                            .isGreaterThan(mean(item, vectors, false) + 0.2);
                });
    }

    /** Returns the mean cosine of an item and the others of its kind, or those of the other. */
    private static double mean(String item, Map<String, double[]> vectors, boolean own) {
        return vectors.entrySet().stream()
                .filter(other -> !other.getKey().equals(item))
                .filter(other -> other.getKey().substring(0, 3).equals(item.substring(0, 3)) == own)
                .mapToDouble(
                        other ->
                                cosine(Objects.requireNonNull(vectors.get(item)), other.getValue()))
                .average()
                .orElseThrow();
    }

    @Test
    void theSameSeedMakesTheSameVectorsWhateverTheOrderOfRows() {
        List<Row> rows = history();
        Map<String, double[]> vectors = vectors(rows);
        List<Row> other = new ArrayList<>(rows);
        Collections.shuffle(other, new Random(6));
        Map<String, double[]> again = vectors(other);

        assertThat(again.keySet()).isEqualTo(vectors.keySet());
        again.forEach(
                (item, vector) ->
                        assertThat(cosine(vector, Objects.requireNonNull(vectors.get(item))))
                                .isGreaterThan(1 - 1e-6));
    }

    @Test
    void aHistoryWithoutItemsOfEnoughPeopleIsRefused() {
        assertThatThrownBy(() -> vectors(List.of(RowFactory.create("p", "i", 1L))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No item was taken by 3 people");
    }
}
