package dev.freshet.cli.imports.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Values of Parquet as JSON: numbers and flags as they are, dates and times as in ISO 8601, bytes
 * as the text that they are in UTF-8, else in Base64; lists, groups and maps nested. A number that
 * is not finite is null.
 */
final class ParquetValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ParquetValues() {}

    /** Returns the fields of a row or a group. */
    static ObjectNode object(StructAccessor fields) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < fields.getFieldCount(); i++) {
            object.set(
                    fields.getFieldName(i),
                    fields.isNull(i) ? JSON.nullNode() : json(fields.getValue(i)));
        }
        return object;
    }

    private static JsonNode json(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Float number ->
                    Float.isFinite(number)
                            ? JSON.numberNode(new BigDecimal(number.toString()))
                            : JSON.nullNode();
            case Double number ->
                    Double.isFinite(number) ? JSON.numberNode(number) : JSON.nullNode();
            case BigDecimal number -> JSON.numberNode(number);
            case byte[] bytes -> JSON.textNode(text(bytes));
            case PqList list -> {
                ArrayNode array = JSON.arrayNode();
                list.values().forEach(entry -> array.add(json(entry)));
                yield array;
            }
            case PqStruct struct -> object(struct);
            case PqMap map -> {
                ObjectNode object = JSON.objectNode();
                for (PqMap.Entry entry : map.getEntries()) {
                    object.set(
                            String.valueOf(entry.getKey()),
                            entry.isValueNull() ? JSON.nullNode() : json(entry.getValue()));
                }
                yield object;
            }
            default -> JSON.textNode(value.toString());
        };
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException binary) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
