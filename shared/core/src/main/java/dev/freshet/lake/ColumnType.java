package dev.freshet.lake;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The type of a column, with its name in each engine's definitions. */
public enum ColumnType {
    TEXT("string", "VARCHAR"),
    LONG("bigint", "BIGINT"),
    INTEGER("int", "INTEGER"),
    REAL("double", "DOUBLE"),
    FLAG("boolean", "BOOLEAN"),
    /** A time in UTC; microseconds since 1970 in the JSON of a row. */
    TIME("timestamp", "TIMESTAMP"),
    DAY("date", "DATE"),
    TEXTS("array<string>", "VARCHAR[]"),
    /** The factors of an item. */
    VECTOR("array<float>", "FLOAT[]"),
    /** Texts by name. */
    PROPERTIES("map<string,string>", "MAP(VARCHAR, VARCHAR)"),
    /** The places of a list. */
    PLACES(
            "array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>",
            "STRUCT(item_id VARCHAR, \"position\" INTEGER, propensity DOUBLE, sources INTEGER,"
                    + " drawn BOOLEAN, newcomer BOOLEAN)[]");

    private static final Pattern FIELD = Pattern.compile("(\\w+):");

    private final String athena;
    private final String duckdb;

    ColumnType(String athena, String duckdb) {
        this.athena = athena;
        this.duckdb = duckdb;
    }

    /** Returns the name in Athena's definitions of Iceberg tables. */
    public String athena() {
        return athena;
    }

    /** Returns the name in DuckDB. */
    public String duckdb() {
        return duckdb;
    }

    /** Returns the names of the fields of a structure in order; empty for any other type. */
    List<String> fields() {
        return FIELD.matcher(athena).results().map((MatchResult field) -> field.group(1)).toList();
    }
}
