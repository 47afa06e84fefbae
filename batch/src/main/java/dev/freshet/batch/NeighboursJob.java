package dev.freshet.batch;

import dev.freshet.model.memory.NeighboursFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Counts the neighbours of items: the latest items of each person, the pairs among them that lie
 * within a window, the sum over people by pair, and the nearest ones of each item. Spills where
 * memory does not suffice; the driver holds the result, 15 to 50 neighbours an item.
 */
final class NeighboursJob {
    private final JavaSparkContext spark;
    private final PairWeights weights;

    NeighboursJob(JavaSparkContext spark, PairWeights weights) {
        this.spark = spark;
        this.weights = weights;
    }

    /**
     * The neighbours of one item.
     *
     * @param nearest the nearest first
     */
    record Result(String itemId, List<NearestItems.Neighbour> nearest) {}

    /**
     * Counts the neighbours in a history.
     *
     * @param history rows of person, item and number of nanoseconds since 1970; a person's further
     *     interactions with an item have no effect
     * @return in the order of ids
     */
    List<Result> run(Dataset<Row> history) {
        PairWeights of = weights;
        JavaRDD<List<String>> baskets =
                history.select("person", "item", "at")
                        .javaRDD()
                        .mapToPair(
                                row ->
                                        new Tuple2<>(
                                                row.getString(0),
                                                new Tuple2<>(row.getLong(2), row.getString(1))))
                        .groupByKey()
                        .map(person -> latest(person._2(), of.history()))
                        .cache();
        KnownItems known =
                KnownItems.of(
                        baskets.flatMapToPair(
                                        basket ->
                                                basket.stream()
                                                        .map(item -> new Tuple2<>(item, 1))
                                                        .iterator())
                                .reduceByKey(Integer::sum)
                                .filter(item -> item._2() >= of.people())
                                .collectAsMap());
        Broadcast<KnownItems> everywhere = spark.broadcast(known);
        int most = NeighboursFile.most(known.size());
        List<Result> results =
                baskets
                        .flatMapToPair(basket -> pairs(basket, of, everywhere.value()).iterator())
                        .reduceByKey(Pair::plus)
                        .filter(pair -> pair._2().people() >= of.people())
                        .flatMapToPair(pair -> bothWays(pair, of, everywhere.value()).iterator())
                        .aggregateByKey(
                                new NearestItems(most), NearestItems::offer, NearestItems::offerAll)
                        .mapToPair(item -> new Tuple2<>(item._1(), item._2().nearest()))
                        .collect()
                        .stream()
                        .sorted(Comparator.comparing(Tuple2::_1))
                        .map(item -> new Result(known.id(item._1()), item._2()))
                        .toList();
        everywhere.destroy();
        baskets.unpersist();
        return results;
    }

    /** Returns the bytes of a file of these neighbours. */
    static byte[] file(List<Result> results) {
        return NeighboursFile.encode(
                results.stream()
                        .map(
                                item ->
                                        new NeighboursFile.Row(
                                                item.itemId(),
                                                item.nearest().stream()
                                                        .map(NearestItems.Neighbour::itemId)
                                                        .toList(),
                                                item.nearest().stream()
                                                        .map(NearestItems.Neighbour::weight)
                                                        .toList()))
                        .toList());
    }

    /** Returns the distinct items of a person in the order of the first time, the latest ones. */
    static List<String> latest(Iterable<Tuple2<Long, String>> interactions, int most) {
        List<Tuple2<Long, String>> ordered = new ArrayList<>();
        interactions.forEach(ordered::add);
        ordered.sort(
                Comparator.comparing((Tuple2<Long, String> each) -> each._1())
                        .thenComparing(each -> each._2()));
        LinkedHashSet<String> items = new LinkedHashSet<>();
        ordered.forEach(each -> items.add(each._2()));
        List<String> all = List.copyOf(items);
        return new ArrayList<>(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** Returns the pairs of a person's items, the lower number first, with what it gives. */
    private static List<Tuple2<Long, Pair>> pairs(
            List<String> basket, PairWeights weights, KnownItems known) {
        int[] numbers = basket.stream().mapToInt(known::number).toArray();
        Pair one = new Pair(weights.share(numbers.length), 1);
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

    private static List<Tuple2<Integer, NearestItems.Neighbour>> bothWays(
            Tuple2<Long, Pair> pair, PairWeights weights, KnownItems known) {
        int lower = (int) (pair._1() >>> Integer.SIZE);
        int upper = pair._1().intValue();
        return List.of(
                new Tuple2<>(lower, neighbour(lower, upper, pair._2(), weights, known)),
                new Tuple2<>(upper, neighbour(upper, lower, pair._2(), weights, known)));
    }

    private static NearestItems.Neighbour neighbour(
            int item, int other, Pair pair, PairWeights weights, KnownItems known) {
        return new NearestItems.Neighbour(
                known.id(other),
                weights.weight(pair.shares(), known.holders(item), known.holders(other)),
                pair.people());
    }
}
