package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.Text;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a query.
 *
 * @param columns names
 * @param rows values of each row, in the order of the columns
 * @param more whether rows were left out
 */
public record QueryRows(List<String> columns, List<List<JsonNode>> rows, boolean more) {
    private static final int WIDEST = 60;

    /**
     * Reads rows.
     *
     * @param limit most rows
     */
    public static QueryRows read(ResultSet result, int limit) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.add(result.getMetaData().getColumnLabel(i));
        }
        List<List<JsonNode>> rows = new ArrayList<>();
        boolean more = result.next();
        while (more && rows.size() < limit) {
            List<JsonNode> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(value(result.getObject(i)));
            }
            rows.add(row);
            more = result.next();
        }
        return new QueryRows(columns, rows, more);
    }

    /**
     * Returns rows whose values are texts, as Athena gives them.
     *
     * @param types the types of the columns, such as {@code bigint}
     * @param given the rows; null is NULL
     */
    static QueryRows ofTexts(
            List<String> columns,
            List<String> types,
            List<List<@Nullable String>> given,
            boolean more) {
        List<List<JsonNode>> rows = new ArrayList<>();
        for (List<@Nullable String> row : given) {
            List<JsonNode> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(typed(row.get(i), types.get(i)));
            }
            rows.add(values);
        }
        return new QueryRows(columns, rows, more);
    }

    private static JsonNode typed(@Nullable String text, String type) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (text == null) {
            return json.nullNode();
        }
        return switch (type) {
            case "bigint", "integer", "smallint", "tinyint" ->
                    json.numberNode(Long.parseLong(text));
            case "double", "float", "real" -> json.numberNode(Double.parseDouble(text));
            case "decimal" -> json.numberNode(new BigDecimal(text));
            case "boolean" -> json.booleanNode(Boolean.parseBoolean(text));
            default -> json.textNode(text);
        };
    }

    private static JsonNode value(@Nullable Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case null -> json.nullNode();
            case Boolean flag -> json.booleanNode(flag);
            case Double real -> json.numberNode(real);
            case Float real -> json.numberNode(real);
            case BigDecimal decimal -> json.numberNode(decimal);
            case Number whole -> json.numberNode(whole.longValue());
            default -> json.textNode(value.toString());
        };
    }

    /** Returns the rows as objects by the names of the columns. */
    public ObjectNode toJson() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        columns.forEach(result.putArray("columns")::add);
        ArrayNode all = result.putArray("rows");
        for (List<JsonNode> row : rows) {
            ObjectNode object = all.addObject();
            for (int i = 0; i < columns.size(); i++) {
                object.set(columns.get(i), row.get(i));
            }
        }
        return result.put("more", more);
    }

    String toText() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        rows.forEach(row -> lines.add(row.stream().map(QueryRows::text).toList()));
        Text text = new Text().addTable(lines, columns.size());
        if (rows.isEmpty() || more) {
            text.add(rows.isEmpty() ? "(no rows)" : "(and more: see --limit)");
        }
        return text.toString();
    }

    private static String text(JsonNode value) {
        String text =
                value.isNull()
                        ? ""
                        : value.isFloatingPointNumber()
                                ? String.format(Locale.ROOT, "%.4g", value.asDouble())
                                : value.asText();
        return Text.cut(text, WIDEST);
    }
}
