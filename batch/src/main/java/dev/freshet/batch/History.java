package dev.freshet.batch;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What people took, as the lake has it: interactions with items of positive strength that were not
 * taken back, by the person whom an alias belongs to: that of its first merge.
 */
final class History {
    private static final String STANDING =
            "SELECT coalesce(m.merged_into, i.pseudonym) AS person, i.target_id AS item,"
                    + " i.occurred_ns AS at FROM interactions i"
                    + " LEFT JOIN (SELECT pseudonym, merged_into, row_number() OVER"
                    + " (PARTITION BY pseudonym ORDER BY sequence) AS nth FROM merges) m"
                    + " ON m.pseudonym = i.pseudonym AND m.nth = 1"
                    + " WHERE i.retracts IS NULL AND i.target_kind = 'item' AND i.strength > 0"
                    + " AND NOT EXISTS (SELECT 1 FROM interactions r"
                    + " WHERE r.pseudonym = i.pseudonym AND r.retracts = i.event_id)";

    private History() {}

    /** Reads the tables of an Iceberg catalog. */
    static Dataset<Row> ofTables(SparkSession spark, String database) {
        spark.table(database + ".interactions").createOrReplaceTempView("interactions");
        spark.table(database + ".merges").createOrReplaceTempView("merges");
        return spark.sql(STANDING);
    }

    /** Reads the folders of a lake on one machine. */
    static Dataset<Row> ofFolder(SparkSession spark, String folder) {
        parquet(spark, folder, "interactions").createOrReplaceTempView("interactions");
        parquet(spark, folder, "merges").createOrReplaceTempView("merges");
        return spark.sql(STANDING);
    }

    private static Dataset<Row> parquet(SparkSession spark, String folder, String table) {
        return spark.read()
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.parquet")
                .parquet(folder + "/" + table);
    }
}
