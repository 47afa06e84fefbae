package dev.freshet.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The entry of the jar: {@code spark-submit --class dev.freshet.batch.Main batch.jar …}. */
public final class Main {
    private static final String HELP =
            """
            Counts the nearest neighbours of items over the history in the lake.

              neighbours (--folder FOLDER | --database CATALOG.DATABASE) --out FILE
                         [--history N] [--window N] [--people N]

              --folder    the folder of a lake on one machine
              --database  the database of Iceberg tables, as Spark names it
              --out       the file to write, of the format neighbours-v1
              --history   latest items of a person that are used (200)
              --window    most steps between the items of a pair (50)
              --people    least number of people behind a pair (3)
            """;

    private Main() {}

    /** Runs the job that the first argument names; exits with 2 if it is not understood. */
    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.isEmpty()) {
            System.out.print(HELP);
            return;
        }
        Arguments named;
        PairWeights weights;
        try {
            if (!given.get(0).equals("neighbours")) {
                throw new IllegalArgumentException(
                        "'" + given.get(0) + "' is no job; there is 'neighbours'.");
            }
            named = Arguments.of(given.subList(1, given.size()).toArray(new String[0]));
            weights =
                    new PairWeights(
                            named.number("--history", PairWeights.DEFAULT.history()),
                            named.number("--window", PairWeights.DEFAULT.window()),
                            named.number("--people", PairWeights.DEFAULT.people()));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + " See --help.");
            System.exit(2);
            return;
        }
        try (SparkSession spark = session()) {
            run(spark, named, weights);
        }
    }

    private static SparkSession session() {
        return SparkSession.builder()
                .appName("neighbours")
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .getOrCreate();
    }

    static void run(SparkSession spark, Arguments named, PairWeights weights) throws IOException {
        Dataset<Row> history =
                named.text("--folder").isEmpty()
                        ? History.ofTables(spark, named.text("--database"))
                        : History.ofFolder(spark, named.text("--folder"));
        List<NeighboursJob.Result> results =
                new NeighboursJob(new JavaSparkContext(spark.sparkContext()), weights).run(history);
        byte[] bytes = NeighboursJob.file(results);
        Path out = new Path(named.text("--out"));
        FileSystem files = out.getFileSystem(spark.sparkContext().hadoopConfiguration());
        try (OutputStream to = files.create(out, true)) {
            to.write(bytes);
        }
        System.out.printf(
                "Wrote %d items with neighbours, %d bytes, to %s.%n",
                results.size(), bytes.length, out);
    }
}
