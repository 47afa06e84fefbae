package dev.freshet.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.freshet.model.memory.KnownItems;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Learns factors of items by alternating least squares over who took what.
 *
 * <p>People and items are numbered in the order of their ids, so that one seed makes one result, up
 * to the order in which Spark sums.
 *
 * @see <a href="https://doi.org/10.1109/ICDM.2008.22">Hu, Koren and Volinsky, Collaborative
 *     Filtering for Implicit Feedback Datasets</a>
 */
final class FactorsJob {
    private static final StructType TAKEN =
            new StructType()
                    .add("person", DataTypes.IntegerType)
                    .add("item", DataTypes.IntegerType)
                    .add("taken", DataTypes.FloatType);

    private final SparkSession spark;
    private final FactorSettings settings;

    /**
     * Factors by number of a person and an item.
     *
     * @param items the items by number
     */
    record Learned(ALSModel model, KnownItems items) {}

    FactorsJob(SparkSession spark, FactorSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /** Learns the factors of a history. */
    Learned learn(Dataset<Row> history) {
        JavaPairRDD<String, List<String>> baskets = Baskets.of(history, settings.history()).cache();
        KnownItems known = Baskets.known(baskets, settings.people());
        if (known.size() == 0) {
            throw new IllegalArgumentException(
                    "No item was taken by " + settings.people() + " people.");
        }
        Broadcast<KnownItems> everywhere =
                new JavaSparkContext(spark.sparkContext()).broadcast(known);
        JavaRDD<Row> taken =
                baskets.sortByKey()
                        .values()
                        .zipWithIndex()
                        .flatMap(
                                person ->
                                        person._1().stream()
                                                .mapToInt(everywhere.value()::number)
                                                .filter(item -> item >= 0)
                                                .mapToObj(
                                                        item ->
                                                                RowFactory.create(
                                                                        Math.toIntExact(
                                                                                person._2()),
                                                                        item,
                                                                        1f))
                                                .iterator());
        ALSModel model =
                new ALS()
                        .setImplicitPrefs(true)
                        .setRank(settings.rank())
                        .setMaxIter(settings.rounds())
                        .setRegParam(settings.regularisation())
                        .setAlpha(settings.confidence())
                        .setSeed(settings.seed())
                        .setUserCol("person")
                        .setItemCol("item")
                        .setRatingCol("taken")
                        .fit(spark.createDataFrame(taken, TAKEN));
        baskets.unpersist();
        return new Learned(model, known);
    }

    /** Returns the rows of the table of factors. */
    static Dataset<Row> rows(Learned learned, String job) {
        KnownItems items = learned.items();
        UDF1<Integer, String> id = items::id;
        return learned.model()
                .itemFactors()
                .select(
                        lit(job).as("job"),
                        udf(id, DataTypes.StringType).apply(col("id")).as("item_id"),
                        col("features").as("vector"));
    }

    /**
     * How factors are learned: an interaction is worth 1 + {@code confidence} times what is not
     * one, and the squares of a vector's numbers cost {@code regularisation} for each of its
     * interactions.
     *
     * @param rank numbers of a vector, 16 to 32
     * @param rounds times that all vectors are computed anew, 1 to 50
     * @param regularisation above 0, at most 10
     * @param confidence above 0, at most 1,000
     * @param history latest items of a person that are used, 2 to 10,000
     * @param people least number of people who took an item, from 3: no vector is of one person
     * @param seed of the vectors before the first round
     */
    record FactorSettings(
            int rank,
            int rounds,
            double regularisation,
            double confidence,
            int history,
            int people,
            int seed) {
        static final FactorSettings DEFAULT = new FactorSettings(32, 10, 0.1, 10, 200, 3, 1);

        FactorSettings {
            check(rank >= 16 && rank <= 32, "--rank must be 16 to 32", rank);
            check(rounds >= 1 && rounds <= 50, "--rounds must be 1 to 50", rounds);
            check(
                    regularisation > 0 && regularisation <= 10,
                    "--regularisation must be above 0 and at most 10",
                    regularisation);
            check(
                    confidence > 0 && confidence <= 1_000,
                    "--confidence must be above 0 and at most 1000",
                    confidence);
            check(history >= 2 && history <= 10_000, "--history must be 2 to 10000", history);
            check(people >= 3, "--people must be 3 or more", people);
        }

        private static void check(boolean holds, String sentence, Number given) {
            if (!holds) {
                throw new IllegalArgumentException(sentence + ", not " + given + ".");
            }
        }
    }
}
