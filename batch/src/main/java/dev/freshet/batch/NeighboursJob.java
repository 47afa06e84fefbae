package dev.freshet.batch;

import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.KnownItems;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.memory.PairWeights;
import dev.freshet.model.memory.PairWeights.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Counts the neighbours of items: the latest items of each person, the pairs among them that lie
 * within a window, the sum over people by pair, of which nobody makes up more than the k-th
 * greatest share, and the nearest ones of each item. {@link
 * dev.freshet.model.memory.NeighbourCount} counts the same in one process, to the bit. Spills where
 * memory does not suffice; the driver holds the result, 15 to 50 neighbours an item.
 */
final class NeighboursJob {
    /** Items whose rows are sent to a task at once, some 15 MB. */
    private static final int ITEMS_OF_A_TASK = 5_000;

    private static final StructType TABLE =
            new StructType()
                    .add("job", DataTypes.StringType)
                    .add("item_id", DataTypes.StringType)
                    .add("neighbour_id", DataTypes.StringType)
                    .add("weight", DataTypes.DoubleType)
                    .add("people", DataTypes.IntegerType);

    private final JavaSparkContext spark;
    private final PairWeights weights;

    NeighboursJob(JavaSparkContext spark, PairWeights weights) {
        this.spark = spark;
        this.weights = weights;
    }

    /**
     * Counts the neighbours in a history.
     *
     * @param history rows of person, item and number of nanoseconds since 1970; a person's further
     *     interactions with an item have no effect
     * @return in the order of ids
     */
    List<ItemNeighbours> run(Dataset<Row> history) {
        PairWeights of = weights;
        JavaPairRDD<String, List<String>> byPerson = Baskets.of(history, of.history()).cache();
        JavaRDD<List<String>> baskets = byPerson.values();
        KnownItems known = Baskets.known(byPerson, of.people());
        Broadcast<KnownItems> everywhere = spark.broadcast(known);
        int most = NeighboursFile.most(known.size());
        List<ItemNeighbours> results =
                baskets
                        .flatMapToPair(basket -> pairs(basket, of, everywhere.value()).iterator())
                        .reduceByKey((one, other) -> one.plus(other, of.people()))
                        .filter(pair -> pair._2().people() >= of.people())
                        .flatMapToPair(pair -> bothWays(pair, of, everywhere.value()).iterator())
                        .aggregateByKey(
                                new ItemNeighbours.Nearest(most),
                                ItemNeighbours.Nearest::offer,
                                ItemNeighbours.Nearest::offerAll)
                        .mapToPair(item -> new Tuple2<>(item._1(), item._2().nearest()))
                        .collect()
                        .stream()
                        .sorted(Comparator.comparing(Tuple2::_1))
                        .map(item -> new ItemNeighbours(known.id(item._1()), item._2()))
                        .toList();
        everywhere.destroy();
        byPerson.unpersist();
        return results;
    }

    /** Returns the rows of the table of neighbours. */
    Dataset<Row> rows(SparkSession session, List<ItemNeighbours> results, String job) {
        JavaRDD<Row> rows =
                spark.parallelize(results, 1 + results.size() / ITEMS_OF_A_TASK)
                        .flatMap(
                                item ->
                                        item.nearest().stream()
                                                .map(
                                                        near ->
                                                                RowFactory.create(
                                                                        job,
                                                                        item.itemId(),
                                                                        near.itemId(),
                                                                        near.weight(),
                                                                        near.people()))
                                                .iterator());
        return session.createDataFrame(rows, TABLE);
    }

    /** Returns the pairs of a person's items, the lower number first, with what it gives. */
    private static List<Tuple2<Long, Pair>> pairs(
            List<String> basket, PairWeights weights, KnownItems known) {
        int[] numbers = basket.stream().mapToInt(known::number).toArray();
        Pair one = Pair.of(weights.share(numbers.length));
        List<Tuple2<Long, Pair>> pairs = new ArrayList<>();
        for (int at = 0; at < numbers.length; at++) {
            int end = Math.min(numbers.length, at + weights.window() + 1);
            for (int other = at + 1; other < end && numbers[at] >= 0; other++) {
                if (numbers[other] >= 0) {
                    long lower = Math.min(numbers[at], numbers[other]);
                    long upper = Math.max(numbers[at], numbers[other]);
                    pairs.add(new Tuple2<>(lower << Integer.SIZE | upper, one));
                }
            }
        }
        return pairs;
    }

    /** Returns the two items of a pair, each with the other as its neighbour. */
    private static List<Tuple2<Integer, ItemNeighbours.Neighbour>> bothWays(
            Tuple2<Long, Pair> pair, PairWeights weights, KnownItems known) {
        int lower = (int) (pair._1() >>> Integer.SIZE);
        int upper = pair._1().intValue();
        return List.of(
                new Tuple2<>(lower, neighbour(lower, upper, pair._2(), weights, known)),
                new Tuple2<>(upper, neighbour(upper, lower, pair._2(), weights, known)));
    }

    private static ItemNeighbours.Neighbour neighbour(
            int item, int other, Pair pair, PairWeights weights, KnownItems known) {
        return new ItemNeighbours.Neighbour(
                known.id(other),
                weights.weight(pair.cut(), known.holders(item), known.holders(other)),
                pair.people());
    }
}
