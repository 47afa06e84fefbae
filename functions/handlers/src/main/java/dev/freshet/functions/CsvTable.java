package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.freshet.json.CsvCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Encodes a list of JSON objects as CSV (RFC 4180, UTF-8, lines that end with CR LF). The header
 * row has the names of the members in the order in which they first occur; those of a nested object
 * are {@code object.member}. An array of plain values is one cell, separated by {@code "; "}. A
 * member that an object lacks is an empty cell.
 *
 * <p>Texts come from catalogues and requests, and are guarded against spreadsheets; numbers are
 * not.
 */
final class CsvTable {
    private static final String LINE = "\r\n";

    private CsvTable() {}

    /** Returns the table of a list whose elements are objects. */
    static String of(JsonNode list) {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode element : list) {
            Map<String, String> row = new LinkedHashMap<>();
            members("", element, row);
            columns.addAll(row.keySet());
            rows.add(row);
        }
        StringBuilder csv = new StringBuilder();
        StringJoiner header = new StringJoiner(",");
        columns.forEach(column -> header.add(CsvCell.quoted(CsvCell.guarded(column))));
        csv.append(header).append(LINE);
        for (Map<String, String> row : rows) {
            StringJoiner line = new StringJoiner(",");
            columns.forEach(column -> line.add(CsvCell.quoted(row.getOrDefault(column, ""))));
            csv.append(line).append(LINE);
        }
        return csv.toString();
    }

    private static void members(String prefix, JsonNode object, Map<String, String> row) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = prefix + member.getKey();
            if (member.getValue().isObject()) {
                members(name + ".", member.getValue(), row);
            } else {
                row.put(name, cell(member.getValue()));
            }
        }
    }

    private static String cell(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "";
            case STRING -> CsvCell.guarded(value.textValue());
            case ARRAY -> CsvCell.guarded(joined((ArrayNode) value));
            default -> value.asText();
        };
    }

    private static String joined(ArrayNode values) {
        StringJoiner all = new StringJoiner("; ");
        values.forEach(
                value -> all.add(value.isContainerNode() ? value.toString() : value.asText()));
        return all.toString();
    }
}
