package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.NeighbourCount;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.memory.PairWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursJobTest {
    private static final StructType INTERACTIONS =
            new StructType()
                    .add("pseudonym", DataTypes.StringType)
                    .add("event_id", DataTypes.StringType)
                    .add("target_kind", DataTypes.StringType)
                    .add("target_id", DataTypes.StringType)
                    .add("occurred_ns", DataTypes.LongType)
                    .add("strength", DataTypes.DoubleType)
                    .add("retracts", DataTypes.StringType);
    private static final StructType MERGES =
            new StructType()
                    .add("pseudonym", DataTypes.StringType)
                    .add("merged_into", DataTypes.StringType)
                    .add("sequence", DataTypes.StringType);

    private static SparkSession spark;
    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        spark = LocalSpark.builder(2).getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<Row> history(Random random, int people, int items, int events) {
        List<Row> rows = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            double skew = random.nextDouble();
            rows.add(
                    RowFactory.create(
                            "p" + random.nextInt(people),
                            "i" + (int) (skew * skew * items),
                            (long) random.nextInt(1_000)));
        }
        return rows;
    }

    private static List<ItemNeighbours> run(List<Row> rows, PairWeights weights) {
        return new NeighboursJob(new JavaSparkContext(spark.sparkContext()), weights)
                .run(spark.createDataFrame(rows, LocalSpark.HISTORY));
    }

    /** Counts the same in one process. */
    private static byte[] counted(List<Row> rows, PairWeights weights) {
        List<Row> ordered = new ArrayList<>(rows);
        ordered.sort(
                Comparator.comparingLong((Row row) -> row.getLong(2))
                        .thenComparing(row -> row.getString(1)));
        Map<String, LinkedHashSet<String>> baskets = new TreeMap<>();
        for (Row row : ordered) {
            baskets.computeIfAbsent(row.getString(0), person -> new LinkedHashSet<>())
                    .add(row.getString(1));
        }
        NeighbourCount count = new NeighbourCount(weights);
        baskets.values().forEach(basket -> count.add(List.copyOf(basket)));
        return ItemNeighbours.file(count.nearest(done -> {}));
    }

    @Test
    void theJobWritesTheBytesOfACountInOneProcess() {
        for (int seed = 1; seed <= 5; seed++) {
            List<Row> rows = history(new Random(seed), 60, 80, 1_500);
            PairWeights weights = new PairWeights(5 + seed * 5, 2 + seed, 2 + seed % 2);
            byte[] bytes = ItemNeighbours.file(run(rows, weights));

            assertThat(bytes).as("seed %d", seed).isEqualTo(counted(rows, weights));
            assertThat(NeighboursFile.open(bytes).items()).isPositive();
        }
    }

    @Test
    void theOrderOfRowsAndPartitionsChangesNoByte() {
        List<Row> rows = history(new Random(9), 80, 60, 2_000);
        byte[] bytes = ItemNeighbours.file(run(rows, PairWeights.DEFAULT));
        Collections.shuffle(rows, new Random(10));
        Dataset<Row> other = spark.createDataFrame(rows, LocalSpark.HISTORY).repartition(7);
        byte[] again =
                ItemNeighbours.file(
                        new NeighboursJob(
                                        new JavaSparkContext(spark.sparkContext()),
                                        PairWeights.DEFAULT)
                                .run(other));
        assertThat(again).isEqualTo(bytes);
        assertThat(NeighboursFile.open(bytes).items()).isPositive();
    }

    @Test
    void theLakeIsReadWithoutWhatWasTakenBackAndByTheOwnersOfAliases() throws IOException {
        List<Row> interactions = new ArrayList<>();
        for (int person = 0; person < 3; person++) {
            String also = person == 0 ? "alias" : "p" + person;
            interactions.add(event("p" + person, "e1", "item", "tea", 1, null));
            interactions.add(event(also, "e2", "item", "milk", 1, null));
            interactions.add(event("p" + person, "e3", "item", "gone", 1, null));
            interactions.add(event("p" + person, "e4", "item", "gone", 1, "e3"));
            interactions.add(event("p" + person, "e5", "tag", "drinks", 1, null));
            interactions.add(event("p" + person, "e6", "item", "disliked", -1, null));
        }
        spark.createDataFrame(interactions, INTERACTIONS)
                .write()
                .parquet(folder.resolve("interactions/day=1").toString());
        spark.createDataFrame(
                        List.of(
                                RowFactory.create("alias", "p0", "1"),
                                RowFactory.create("alias", "p9", "2")),
                        MERGES)
                .write()
                .parquet(folder.resolve("merges").toString());
        Path out = folder.resolve("out");

        run("first", out);
        run("second", out);

        NeighboursFile file = NeighboursFile.open(Files.readAllBytes(out));
        assertThat(file.ids()).containsExactly("milk", "tea");
        assertThat(file.neighbour(0, 0)).isEqualTo(1);
        List<Row> table =
                spark.read()
                        .option("recursiveFileLookup", "true")
                        .option("pathGlobFilter", "*.parquet")
                        .parquet(folder.resolve("neighbours").toString())
                        .orderBy("item_id")
                        .collectAsList();
        assertThat(table)
                .extracting(row -> row.getString(0), row -> row.getString(1), row -> row.getInt(4))
                .containsExactly(tuple("second", "milk", 3), tuple("second", "tea", 3));
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    private void run(String job, Path out) throws IOException {
        Main.job(
                        List.of(
                                "neighbours",
                                "--folder",
                                folder.toString(),
                                "--out",
                                out.toUri().toString(),
                                "--job",
                                job),
                        Instant.EPOCH)
                .run(spark);
    }

    private static Row event(
            String person,
            String id,
            String kind,
            String target,
            double strength,
            @Nullable String retracts) {
        return RowFactory.create(person, id, kind, target, (long) id.charAt(1), strength, retracts);
    }
}
