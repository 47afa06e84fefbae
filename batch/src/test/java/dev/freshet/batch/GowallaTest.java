package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.memory.NeighboursFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How well neighbours alone rank on Gowalla, LightGCN's split, with exact weights and through the
 * 8-bit form. Runs where {@code -Dfreshet.gowalla} names the folder of the two files.
 */
@EnabledIfSystemProperty(named = "freshet.gowalla", matches = ".+")
class GowallaTest {
    private static final int LIST = 20;

    private record Quality(double recall, double ndcg) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "Recall@20 %.4f, NDCG@20 %.4f", recall, ndcg);
        }
    }

    /** The weight of a neighbour as a list is ranked by it. */
    private interface Weight {
        double of(String item, int rank);
    }

    @Test
    void neighboursAloneRankAlmostAsWellThroughTheEightBitForm() throws IOException {
        Path data = Path.of(System.getProperty("freshet.gowalla"));
        Map<String, List<String>> train = read(data.resolve("train.txt"));
        Map<String, List<String>> test = read(data.resolve("test.txt"));
        List<NeighboursJob.Result> results = count(train);
        NeighboursFile file = NeighboursFile.open(NeighboursJob.file(results));
        Map<String, Integer> numbers = new HashMap<>();
        file.forEachId((id, number) -> numbers.put(id, number));
        Map<String, List<NearestItems.Neighbour>> nearest = new HashMap<>();
        results.forEach(item -> nearest.put(item.itemId(), item.nearest()));

        Quality exact =
                rank(
                        train,
                        test,
                        nearest,
                        (item, at) -> Objects.requireNonNull(nearest.get(item)).get(at).weight());
        Quality stored =
                rank(
                        train,
                        test,
                        nearest,
                        (item, at) ->
                                NeighboursFile.weight(
                                        file.code(numbers.getOrDefault(item, -1), at),
                                        file.greatest()));

        System.out.println("neighbours alone, exact weights: " + exact);
        System.out.println("neighbours alone, 8-bit form:    " + stored);
        assertThat(stored.recall()).isGreaterThan(0.175);
        assertThat(exact.recall() - stored.recall()).isLessThan(0.002);
        assertThat(exact.ndcg() - stored.ndcg()).isLessThan(0.002);
    }

    private static List<NeighboursJob.Result> count(Map<String, List<String>> train)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        train.forEach(
                (person, items) -> {
                    for (int at = 0; at < items.size(); at++) {
                        rows.add(RowFactory.create(person, items.get(at), (long) at));
                    }
                });
        StructType history =
                new StructType()
                        .add("person", DataTypes.StringType)
                        .add("item", DataTypes.StringType)
                        .add("at", DataTypes.LongType);
        try (SparkSession spark =
                SparkSession.builder()
                        .master("local[2]")
                        .config("spark.ui.enabled", "false")
                        .config("spark.sql.shuffle.partitions", "8")
                        .config("spark.default.parallelism", "8")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .getOrCreate()) {
            return new NeighboursJob(
                            new JavaSparkContext(spark.sparkContext()), PairWeights.DEFAULT)
                    .run(spark.createDataFrame(rows, history));
        }
    }

    private static Quality rank(
            Map<String, List<String>> train,
            Map<String, List<String>> test,
            Map<String, List<NearestItems.Neighbour>> nearest,
            Weight weight) {
        double recall = 0;
        double ndcg = 0;
        for (Map.Entry<String, List<String>> user : test.entrySet()) {
            List<String> own = train.getOrDefault(user.getKey(), List.of());
            Map<String, Double> scores = new HashMap<>();
            for (String item : own) {
                List<NearestItems.Neighbour> neighbours = nearest.getOrDefault(item, List.of());
                for (int at = 0; at < neighbours.size(); at++) {
                    scores.merge(neighbours.get(at).itemId(), weight.of(item, at), Double::sum);
                }
            }
            own.forEach(scores::remove);
            List<String> list =
                    scores.entrySet().stream()
                            .sorted(
                                    Map.Entry.<String, Double>comparingByValue()
                                            .reversed()
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .limit(LIST)
                            .map(Map.Entry::getKey)
                            .toList();
            TreeSet<String> taken = new TreeSet<>(user.getValue());
            double found = 0;
            double gain = 0;
            double ideal = 0;
            for (int at = 0; at < LIST; at++) {
                double discount = Math.log(2) / Math.log(at + 2);
                ideal += at < taken.size() ? discount : 0;
                if (at < list.size() && taken.contains(list.get(at))) {
                    found++;
                    gain += discount;
                }
            }
            recall += found / taken.size();
            ndcg += gain / ideal;
        }
        return new Quality(recall / test.size(), ndcg / test.size());
    }

    private static Map<String, List<String>> read(Path file) throws IOException {
        Map<String, List<String>> lines = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            List<String> fields = List.of(line.trim().split(" ", -1));
            if (fields.size() > 1) {
                lines.put(fields.get(0), fields.subList(1, fields.size()));
            }
        }
        return lines;
    }
}
