package dev.freshet.lake;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a {@code CREATE TABLE} statement of the lake says of a table. The statement does nothing
 * where a release before made the table; {@link #additions} is what such a table lacks.
 *
 * @param columns the types of its columns by their names, in their order
 */
public record TableDefinition(String database, String name, Map<String, String> columns) {
    private static final Pattern CREATE =
            Pattern.compile(
                    "(?s)CREATE (?:EXTERNAL )?TABLE IF NOT EXISTS `(\\w+)`\\.`(\\w+)` \\(\\n(.+?)\\)\\n.*");

    /** A type may have commas between angle brackets. */
    private static final Pattern COLUMN = Pattern.compile("(?m)^ {2}`(\\w+)` (.+?),?$");

    public TableDefinition {
        columns = new LinkedHashMap<>(columns);
    }

    /** Reads a statement; empty if it makes no table. */
    public static Optional<TableDefinition> of(String statement) {
        Matcher create = CREATE.matcher(statement);
        if (!create.matches()) {
            return Optional.empty();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        Matcher column = COLUMN.matcher(create.group(3));
        while (column.find()) {
            columns.put(column.group(1), column.group(2));
        }
        return Optional.of(new TableDefinition(create.group(1), create.group(2), columns));
    }

    /**
     * Returns the statement that adds the columns which a table lacks; empty if it lacks none.
     * Columns that only the table has are left alone.
     *
     * @param present the types of the table's columns by their names
     * @throws IllegalStateException with a sentence for the operator, if a column has another type
     */
    public Optional<String> additions(Map<String, String> present) {
        columns.forEach(
                (column, type) -> {
                    String there = present.getOrDefault(column, type);
                    if (!plain(there).equals(plain(type))) {
                        throw new IllegalStateException(
                                "The column %s of the lake's table %s is %s, and this release has %s: no deployment changes a type. Nothing was changed; deploy the release before, and see what the changelog says of the lake"
                                        .formatted(column, name, there, type));
                    }
                });
        String missing =
                columns.entrySet().stream()
                        .filter(column -> !present.containsKey(column.getKey()))
                        .map(column -> "`%s` %s".formatted(column.getKey(), column.getValue()))
                        .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "ALTER TABLE `%s`.`%s` ADD COLUMNS (%s)"
                                .formatted(database, name, missing));
    }

    private static String plain(String type) {
        return type.toLowerCase(Locale.ROOT).replace(" ", "");
    }
}
