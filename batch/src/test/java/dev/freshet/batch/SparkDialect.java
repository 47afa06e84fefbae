package dev.freshet.batch;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The statements for Athena as Spark reads them. Both have the same names of functions but for a
 * digest; Spark names units without quotes, makes rows of an array by functions of its own, and
 * defines Iceberg tables with properties of Iceberg instead of Athena's.
 */
final class SparkDialect {
    private static final Pattern UNIT = Pattern.compile("(date_add|date_diff)\\('(\\w+)'");
    private static final Pattern DIGEST =
            Pattern.compile("lower\\(to_hex\\(sha256\\(to_utf8\\(([\\w.]+)\\)\\)\\)\\)");
    private static final Pattern PLACES = Pattern.compile("UNNEST\\((\\w+\\.places)\\)");
    private static final Pattern ARRAY = Pattern.compile("UNNEST\\(");
    private static final Pattern VIEW = Pattern.compile("CREATE OR REPLACE VIEW");
    private static final Pattern TABLE = Pattern.compile("TABLE IF NOT EXISTS `\\w+`\\.");
    private static final Pattern LOCATION = Pattern.compile("LOCATION '[^']*'");
    private static final Pattern DIVISION = Pattern.compile("(?s)(PARTITIONED BY .*?)?TBLPROP.*");

    /** Properties by which Iceberg writes as Athena does, and files that a test can search. */
    private static final String PROPERTIES =
            "USING iceberg $1TBLPROPERTIES ('format-version' = '2',"
                    + " 'write.delete.mode' = 'merge-on-read',"
                    + " 'write.parquet.compression-codec' = 'uncompressed')";

    private static final Map<Pattern, String> RENDERINGS =
            Map.of(
                    UNIT, "$1($2",
                    DIGEST, "sha2($1, 256)",
                    PLACES, "LATERAL inline($1)",
                    VIEW, "CREATE OR REPLACE TEMPORARY VIEW");

    private SparkDialect() {}

    /** Returns a query, a view or a change of rows. */
    static String of(String statement) {
        String rendered = statement;
        for (Map.Entry<Pattern, String> one : RENDERINGS.entrySet()) {
            rendered = one.getKey().matcher(rendered).replaceAll(one.getValue());
        }
        return ARRAY.matcher(rendered).replaceAll("LATERAL explode(");
    }

    /** Returns the definition of a table, in the current database. */
    static String definition(String statement) {
        String table = TABLE.matcher(statement).replaceFirst("TABLE ");
        return DIVISION.matcher(LOCATION.matcher(table).replaceFirst("")).replaceFirst(PROPERTIES);
    }
}
