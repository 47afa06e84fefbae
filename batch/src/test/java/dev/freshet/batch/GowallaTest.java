package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.FactorsJob.FactorSettings;
import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.KnownItems;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.memory.PairWeights;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How well neighbours alone, with exact weights and through the 8-bit form, and factors alone rank
 * on Gowalla, LightGCN's split. Runs where {@code -Dfreshet.gowalla} names the folder of the two
 * files.
 */
@EnabledIfSystemProperty(named = "freshet.gowalla", matches = ".+")
@Timeout(value = 1, unit = TimeUnit.HOURS)
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
        List<ItemNeighbours> results = count(train);
        NeighboursFile file = NeighboursFile.open(ItemNeighbours.file(results));
        Map<String, Integer> numbers = new HashMap<>();
        file.forEachId((id, number) -> numbers.put(id, number));
        Map<String, List<ItemNeighbours.Neighbour>> nearest = new HashMap<>();
        results.forEach(item -> nearest.put(item.itemId(), item.nearest()));

        Weight exactly = (item, at) -> Objects.requireNonNull(nearest.get(item)).get(at).weight();
        Weight eightBits =
                (item, at) ->
                        NeighboursFile.weight(
                                file.code(numbers.getOrDefault(item, -1), at), file.greatest());
        Quality exact =
                rank(test, user -> scores(train.getOrDefault(user, List.of()), nearest, exactly));
        Quality stored =
                rank(test, user -> scores(train.getOrDefault(user, List.of()), nearest, eightBits));

        System.out.println("neighbours alone, exact weights: " + exact);
        System.out.println("neighbours alone, 8-bit form:    " + stored);
        assertThat(stored.recall()).isGreaterThan(0.175);
        assertThat(exact.recall() - stored.recall()).isLessThan(0.002);
        assertThat(exact.ndcg() - stored.ndcg()).isLessThan(0.002);
    }

    private static List<ItemNeighbours> count(Map<String, List<String>> train) throws IOException {
        long pairs =
                train.values().stream()
                        .mapToLong(items -> pairs(items.size(), PairWeights.DEFAULT))
                        .sum();
        try (SparkSession spark = session()) {
            Dataset<Row> history = history(spark, train);
            double before = processorSeconds();
            List<ItemNeighbours> results =
                    new NeighboursJob(
                                    new JavaSparkContext(spark.sparkContext()), PairWeights.DEFAULT)
                            .run(history);
            tell("neighbours, pairs", pairs, processorSeconds() - before);
            return results;
        }
    }

    @Test
    void factorsAloneRankBetterThanChance() throws IOException {
        Path data = Path.of(System.getProperty("freshet.gowalla"));
        Map<String, List<String>> train = read(data.resolve("train.txt"));
        Map<String, List<String>> test = read(data.resolve("test.txt"));
        FactorSettings settings = FactorSettings.DEFAULT;
        long taken = train.values().stream().mapToLong(List::size).sum();
        Quality quality;
        try (SparkSession spark = session()) {
            Dataset<Row> history = history(spark, train);
            double before = processorSeconds();
            FactorsJob.Learned learned = new FactorsJob(spark, settings).learn(history);
            float[][] items = vectors(learned.model().itemFactors(), learned.items().size());
            tell(
                    "factors, interactions in a round",
                    taken * settings.rounds(),
                    processorSeconds() - before);
            float[][] people = vectors(learned.model().userFactors(), train.size());
            Map<String, Integer> numberOf = new HashMap<>();
            new TreeSet<>(train.keySet()).forEach(person -> numberOf.put(person, numberOf.size()));
            quality =
                    rank(
                            test,
                            person ->
                                    scores(
                                            people[Objects.requireNonNull(numberOf.get(person))],
                                            items,
                                            learned.items(),
                                            train.getOrDefault(person, List.of())));
        }
        System.out.println("factors alone: " + quality);
        assertThat(quality.recall()).isGreaterThan(0.05);
    }

    /** Returns vectors by number; empty ones of whom or what has none. */
    private static float[][] vectors(Dataset<Row> factors, int count) {
        float[][] vectors = new float[count][0];
        for (Row row : factors.select("id", "features").collectAsList()) {
            List<Float> values = row.getList(1);
            float[] vector = new float[values.size()];
            for (int at = 0; at < vector.length; at++) {
                vector[at] = values.get(at);
            }
            vectors[row.getInt(0)] = vector;
        }
        return vectors;
    }

    /** Returns the items of the greatest inner products that a person has not, with these. */
    private static Map<String, Double> scores(
            float[] person, float[][] items, KnownItems known, List<String> own) {
        PriorityQueue<Map.Entry<String, Double>> best =
                new PriorityQueue<>(Map.Entry.<String, Double>comparingByValue());
        Set<String> without = Set.copyOf(own);
        double least = Double.NEGATIVE_INFINITY;
        for (int number = 0; number < items.length; number++) {
            double score = product(person, items[number]);
            if (score > least && !without.contains(known.id(number))) {
                best.add(Map.entry(known.id(number), score));
                if (best.size() > LIST) {
                    best.remove();
                    least = best.element().getValue();
                }
            }
        }
        Map<String, Double> scores = new HashMap<>();
        best.forEach(one -> scores.put(one.getKey(), one.getValue()));
        return scores;
    }

    private static float product(float[] person, float[] item) {
        float even = 0;
        float odd = 0;
        for (int at = 0; at + 1 < Math.min(person.length, item.length); at += 2) {
            even += person[at] * item[at];
            odd += person[at + 1] * item[at + 1];
        }
        return even + odd;
    }

    private static Dataset<Row> history(SparkSession spark, Map<String, List<String>> train) {
        List<Row> rows = new ArrayList<>();
        train.forEach(
                (person, items) -> {
                    for (int at = 0; at < items.size(); at++) {
                        rows.add(RowFactory.create(person, items.get(at), (long) at));
                    }
                });
        return spark.createDataFrame(rows, LocalSpark.HISTORY);
    }

    private static SparkSession session() {
        return LocalSpark.builder(8).getOrCreate();
    }

    private static void tell(String what, long count, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d in %.0f processor seconds, %.0f a second%n",
                what,
                count,
                seconds,
                count / seconds);
    }

    /** Returns how many pairs a person of so many items has. */
    private static long pairs(int items, PairWeights weights) {
        long used = Math.min(items, weights.history());
        long near = Math.min(used - 1, weights.window());
        return used * near - near * (near + 1) / 2;
    }

    /** Returns the processor time of this process, which other processes do not lengthen. */
    private static double processorSeconds() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime() / 1e9;
    }

    /** Returns the scores of the items of a person's neighbours, less those the person has. */
    private static Map<String, Double> scores(
            List<String> own, Map<String, List<ItemNeighbours.Neighbour>> nearest, Weight weight) {
        Map<String, Double> scores = new HashMap<>();
        for (String item : own) {
            List<ItemNeighbours.Neighbour> neighbours = nearest.getOrDefault(item, List.of());
            for (int at = 0; at < neighbours.size(); at++) {
                scores.merge(neighbours.get(at).itemId(), weight.of(item, at), Double::sum);
            }
        }
        own.forEach(scores::remove);
        return scores;
    }

    private static Quality rank(
            Map<String, List<String>> test, Function<String, Map<String, Double>> ranking) {
        double recall = 0;
        double ndcg = 0;
        for (Map.Entry<String, List<String>> user : test.entrySet()) {
            Map<String, Double> scores = ranking.apply(user.getKey());
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
