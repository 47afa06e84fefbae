package dev.freshet.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The lake as Iceberg tables of a catalog in a folder, kept by the product's own statements. */
final class IcebergLake implements AutoCloseable {
    /** The database, as Spark names it. */
    static final String DATABASE = "lake.freshet";

    final SparkSession spark;
    private final Map<String, String> statements = new LinkedHashMap<>();

    IcebergLake(java.nio.file.Path warehouse) throws IOException {
        spark =
                LocalSpark.builder(1)
                        // Statements over few rows: planning and compiling is what takes time.
                        .config("spark.sql.codegen.wholeStage", "false")
                        .config("spark.sql.adaptive.enabled", "false")
                        .config("spark.sql.session.timeZone", "UTC")
                        // A time of Athena's Iceberg tables has no zone.
                        .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
                        .config(
                                "spark.sql.extensions",
                                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                        .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
                        .config("spark.sql.catalog.lake.type", "hadoop")
                        .config("spark.sql.catalog.lake.warehouse", warehouse.toString())
                        .getOrCreate();
        for (String part : text("statements.sql").split("(?m)^-- ", -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                statements.put(part.substring(0, end), part.substring(end + 1).strip());
            }
        }
        spark.sql("CREATE NAMESPACE " + DATABASE);
        spark.sql("USE " + DATABASE);
        named("define ").forEach(table -> spark.sql(SparkDialect.definition(statement(table))));
        named("view ").forEach(this::run);
    }

    /** Appends what arrived before the tables were settled, and the tables without days. */
    void fill() throws IOException {
        append("arrivals", lines("arrivals-settled.jsonl"));
        for (String table : List.of("items", "neighbours", "item_factors")) {
            append(table, lines(table + ".jsonl"));
        }
    }

    /** Returns the names of statements that begin so, in their order. */
    List<String> named(String beginning) {
        return statements.keySet().stream().filter(name -> name.startsWith(beginning)).toList();
    }

    Dataset<Row> run(String name) {
        return spark.sql(SparkDialect.of(statement(name)));
    }

    private String statement(String name) {
        return Objects.requireNonNull(statements.get(name), name);
    }

    /** Appends rows, of which each line is a JSON object with times in microseconds. */
    void append(String table, List<String> lines) {
        StructType columns = spark.table(table).schema();
        StructType types = new StructType();
        List<Column> values = new ArrayList<>();
        for (StructField column : columns.fields()) {
            boolean time = column.dataType().equals(DataTypes.TimestampNTZType);
            DataType type = time ? DataTypes.LongType : column.dataType();
            types = types.add(column.name(), type);
            Column value = col(column.name());
            values.add(
                    (time ? timestamp_micros(value).cast(DataTypes.TimestampNTZType) : value)
                            .as(column.name()));
        }
        try {
            spark.read()
                    .schema(types)
                    .json(spark.createDataset(lines, Encoders.STRING()))
                    .select(values.toArray(new Column[0]))
                    .writeTo(table)
                    .append();
        } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** Settles and erases, in the order of a night. */
    void settle() {
        run("settle erasures");
        run("settle merges");
        named("erase ").forEach(this::run);
        run("settle interactions");
        run("settle exposures");
    }

    /** Rewrites files with deleted rows and removes what only older snapshots need. */
    void purge() {
        named("erase ").stream()
                .map(name -> name.substring("erase ".length()))
                .forEach(
                        table -> {
                            call(
                                    "rewrite_data_files",
                                    table,
                                    "options => map('delete-file-threshold', '1')");
                            call("rewrite_manifests", table, "use_caching => false");
                            call(
                                    "expire_snapshots",
                                    table,
                                    "older_than => TIMESTAMP '9999-01-01', retain_last => 1");
                        });
    }

    private void call(String procedure, String table, String arguments) {
        spark.sql(
                "CALL lake.system.%s(table => 'lake.freshet.%s', %s)"
                        .formatted(procedure, table, arguments));
    }

    /** Returns all rows of a table as texts, in order. */
    List<String> rows(String table) {
        return texts(spark.table(table)).sorted().toList();
    }

    static Stream<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.mkString("\t"));
    }

    static List<String> lines(String file) throws IOException {
        return text(file).lines().toList();
    }

    private static String text(String file) throws IOException {
        try (InputStream in = IcebergLake.class.getResourceAsStream(file)) {
            return new String(
                    Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        spark.stop();
    }
}
