package dev.freshet.batch;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** A table of the lake that holds the rows of one job, the latest, and is replaced whole. */
final class ResultTable {
    private ResultTable() {}

    /**
     * Writes rows where the job read the history: to an Iceberg table in one snapshot, or to the
     * folder of the job, which is renamed when it is whole, before those of other jobs are deleted.
     *
     * @param job the name of the job, which is in each row
     */
    static void replace(Dataset<Row> rows, Arguments named, String table, String job)
            throws IOException {
        if (named.text("--folder").isEmpty()) {
            String name = named.text("--database") + "." + table;
            try {
                rows.writeTo(name).overwrite(lit(true));
            } catch (NoSuchTableException absent) {
                throw new IOException(name + " is no table: deploy the lake anew.", absent);
            }
        } else {
            replaceFolder(rows, new Path(named.text("--folder")), table, job);
        }
    }

    private static void replaceFolder(Dataset<Row> rows, Path lake, String table, String job)
            throws IOException {
        Path fresh = new Path(lake, "tmp/" + table + "-" + job);
        Path whole = new Path(lake, table + "/job=" + job);
        FileSystem files =
                lake.getFileSystem(rows.sparkSession().sparkContext().hadoopConfiguration());
        rows.write().mode("overwrite").parquet(fresh.toString());
        files.mkdirs(whole.getParent());
        files.delete(whole, true);
        if (!files.rename(fresh, whole)) {
            throw new IOException(fresh + " cannot be renamed to " + whole + ".");
        }
        for (FileStatus other : files.listStatus(whole.getParent())) {
            if (!other.getPath().getName().equals(whole.getName())) {
                files.delete(other.getPath(), true);
            }
        }
    }
}
