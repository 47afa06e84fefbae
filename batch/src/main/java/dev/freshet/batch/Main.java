package dev.freshet.batch;

import dev.freshet.batch.FactorsJob.FactorSettings;
import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.PairWeights;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
            Computes tables of items over the history in the lake.

              neighbours (--folder FOLDER | --database CATALOG.DATABASE) --out FILE
                         [--history N] [--window N] [--people N] [--job NAME]

                counts the nearest neighbours of items, into the table neighbours and a file

              factors    (--folder FOLDER | --database CATALOG.DATABASE)
                         [--rank N] [--rounds N] [--regularisation X] [--confidence X]
                         [--history N] [--people N] [--seed N] [--job NAME]

                learns vectors of items by alternating least squares, into the table item_factors

              --folder          the folder of a lake on one machine
              --database        the database of Iceberg tables, as Spark names it
              --out             the file to write, of the format neighbours-v1; a path or an address as
                                s3://BUCKET/NAME
              --history         latest items of a person that are used (200)
              --window          most steps between the items of a pair (50)
              --people          least number of people behind a pair or an item (3)
              --rank            numbers of a vector, 16 to 32 (32)
              --rounds          times that all vectors are computed anew (10)
              --regularisation  cost of large numbers (0.1)
              --confidence      how much more an interaction is worth than none (10)
              --seed            of the vectors before the first round (1)
              --job             name of the run, in each row of a table (when it began)
            """;

    private static final List<String> NEIGHBOURS =
            List.of(
                    "--folder",
                    "--database",
                    "--out",
                    "--history",
                    "--window",
                    "--people",
                    "--job");

    private static final List<String> FACTORS =
            List.of(
                    "--folder",
                    "--database",
                    "--rank",
                    "--rounds",
                    "--regularisation",
                    "--confidence",
                    "--history",
                    "--people",
                    "--seed",
                    "--job");

    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Main() {}

    /** A job that is understood and has not begun. */
    @FunctionalInterface
    interface Job {
        /** Runs the job, and returns a sentence about what it wrote. */
        String run(SparkSession spark) throws IOException;
    }

    /** Runs the job that the first argument names; exits with 2 if it is not understood. */
    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.isEmpty()) {
            System.out.print(HELP);
            return;
        }
        Job job;
        try {
            job = job(given, Instant.now());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + " See --help.");
            System.exit(2);
            return;
        }
        try (SparkSession spark = session(given.get(0))) {
            System.out.println(job.run(spark));
        }
    }

    /**
     * Returns the job that arguments describe.
     *
     * @param now names the run where no argument does
     * @throws IllegalArgumentException with a sentence about what is not understood
     */
    static Job job(List<String> given, Instant now) {
        String[] rest = given.subList(1, given.size()).toArray(new String[0]);
        return switch (given.get(0)) {
            case "neighbours" -> neighbours(Arguments.of(NEIGHBOURS, rest), now);
            case "factors" -> factors(Arguments.of(FACTORS, rest), now);
            default ->
                    throw new IllegalArgumentException(
                            "'"
                                    + given.get(0)
                                    + "' is no job; there are 'neighbours' and 'factors'.");
        };
    }

    private static Job neighbours(Arguments named, Instant now) {
        PairWeights usual = PairWeights.DEFAULT;
        PairWeights weights =
                new PairWeights(
                        named.number("--history", usual.history()),
                        named.number("--window", usual.window()),
                        named.number("--people", usual.people()));
        String name = named.text("--job", BEGUN.format(now));
        return spark -> {
            NeighboursJob job =
                    new NeighboursJob(new JavaSparkContext(spark.sparkContext()), weights);
            List<ItemNeighbours> results = job.run(history(spark, named));
            ResultTable.replace(job.rows(spark, results, name), named, "neighbours", name);
            byte[] bytes = ItemNeighbours.file(results);
            Path out = new Path(named.text("--out"));
            FileSystem files = out.getFileSystem(spark.sparkContext().hadoopConfiguration());
            try (OutputStream to = files.create(out, true)) {
                to.write(bytes);
            }
            return "Wrote %d items with neighbours as job %s, and %d bytes to %s."
                    .formatted(results.size(), name, bytes.length, out);
        };
    }

    private static Job factors(Arguments named, Instant now) {
        FactorSettings usual = FactorSettings.DEFAULT;
        FactorSettings settings =
                new FactorSettings(
                        named.number("--rank", usual.rank()),
                        named.number("--rounds", usual.rounds()),
                        named.real("--regularisation", usual.regularisation()),
                        named.real("--confidence", usual.confidence()),
                        named.number("--history", usual.history()),
                        named.number("--people", usual.people()),
                        named.number("--seed", usual.seed()));
        String name = named.text("--job", BEGUN.format(now));
        return spark -> {
            FactorsJob.Learned learned =
                    new FactorsJob(spark, settings).learn(history(spark, named));
            ResultTable.replace(FactorsJob.rows(learned, name), named, "item_factors", name);
            return "Wrote vectors of %d items as job %s.".formatted(learned.items().size(), name);
        };
    }

    private static Dataset<Row> history(SparkSession spark, Arguments named) {
        return named.text("--folder").isEmpty()
                ? History.ofTables(spark, named.text("--database"))
                : History.ofFolder(spark, named.text("--folder"));
    }

    private static SparkSession session(String job) {
        return SparkSession.builder().appName(job).getOrCreate();
    }
}
