package dev.freshet.batch;

import dev.freshet.model.memory.NeighbourCount;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What people took, as the lake has it: interactions with items of positive strength that were not
 * taken back, by the person whom an alias belongs to. The statement is that of {@link
 * NeighbourCount#TAKEN}, so that a count in one process reads the same rows.
 *
 * <p>Rows have a person, an item, and the number of nanoseconds since 1970 when it was taken. Spark
 * reads them as a job needs them; nothing is held here.
 */
final class History {
    private History() {}

    /**
     * Reads the tables of an Iceberg catalog.
     *
     * @param database the database of the tables, as {@code CATALOG.DATABASE}
     */
    static Dataset<Row> ofTables(SparkSession spark, String database) {
        spark.table(database + ".interactions").createOrReplaceTempView("interactions");
        spark.table(database + ".merges").createOrReplaceTempView("merges");
        return spark.sql(NeighbourCount.TAKEN);
    }

    /**
     * Reads the folders of a lake on one machine.
     *
     * @param folder its path or address, below which tables have folders of Parquet files
     */
    static Dataset<Row> ofFolder(SparkSession spark, String folder) {
        parquet(spark, folder, "interactions").createOrReplaceTempView("interactions");
        parquet(spark, folder, "merges").createOrReplaceTempView("merges");
        return spark.sql(NeighbourCount.TAKEN);
    }

    private static Dataset<Row> parquet(SparkSession spark, String folder, String table) {
        return spark.read()
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.parquet")
                .parquet(folder + "/" + table);
    }
}
