package dev.freshet.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

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
}
