package dev.freshet.batch;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in the process of the tests. */
final class LocalSpark {
    /** The columns of a history, as jobs read it. */
    static final StructType HISTORY =
            new StructType()
                    .add("person", DataTypes.StringType)
                    .add("item", DataTypes.StringType)
                    .add("taken_at", DataTypes.LongType);

    private LocalSpark() {}

    /** Returns what makes a session of two threads, which listens on this machine alone. */
    static SparkSession.Builder builder(int partitions) {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", partitions)
                .config("spark.default.parallelism", partitions)
                .config("spark.log.level", "ERROR")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1");
    }
}
