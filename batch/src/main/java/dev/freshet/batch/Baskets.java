package dev.freshet.batch;

import dev.freshet.model.memory.KnownItems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** The distinct items of each person in the order of the first time, at most the latest ones. */
final class Baskets {
    private Baskets() {}

    /**
     * Returns the baskets of a history by person.
     *
     * @param history rows of person, item and number of nanoseconds since 1970; a person's further
     *     interactions with an item have no effect
     * @param most items of a person
     */
    static JavaPairRDD<String, List<String>> of(Dataset<Row> history, int most) {
        return history.select("person", "item", "taken_at")
                .javaRDD()
                .mapToPair(
                        row ->
                                new Tuple2<>(
                                        row.getString(0),
                                        new Tuple2<>(row.getLong(2), row.getString(1))))
                .groupByKey()
                .mapValues(interactions -> latest(interactions, most));
    }

    /** Returns the items that at least so many people have in their baskets. */
    static KnownItems known(JavaPairRDD<String, List<String>> baskets, int people) {
        return KnownItems.of(
                baskets.values()
                        .flatMapToPair(
                                basket ->
                                        basket.stream()
                                                .map(item -> new Tuple2<>(item, 1))
                                                .iterator())
                        .reduceByKey(Integer::sum)
                        .filter(item -> item._2() >= people)
                        .collectAsMap());
    }

    private static List<String> latest(Iterable<Tuple2<Long, String>> interactions, int most) {
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
}
