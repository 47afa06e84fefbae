package dev.freshet.lake;

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
    /** Texts by name. */
    PROPERTIES("map<string,string>", "MAP(VARCHAR, VARCHAR)"),
    /** The places of a list. */
    PLACES(
            "array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>",
            "STRUCT(item_id VARCHAR, \"position\" INTEGER, propensity DOUBLE, sources INTEGER,"
                    + " drawn BOOLEAN, newcomer BOOLEAN)[]");

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
}
