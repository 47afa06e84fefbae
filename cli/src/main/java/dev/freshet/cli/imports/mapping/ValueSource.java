package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from: a field of the record, or a constant.
 *
 * @param from path of the field; null for a constant
 * @param fallback the constant, or what stands for a field that is absent; null if there is none
 * @param prefix text before the value
 * @param as the type of the value; null leaves it as it is
 * @param separator what separates the entries of a list in a text
 * @param scale factor of a number
 * @param position where the mapping says so
 */
record ValueSource(
        @Nullable String from,
        @Nullable JsonNode fallback,
        String prefix,
        @Nullable Type as,
        String separator,
        double scale,
        Position position) {
    /** Most characters of a number. */
    private static final int MAX_NUMBER = 40;

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    /** The type of a value. */
    enum Type {
        STRING,
        NUMBER,
        BOOLEAN,
        LIST
    }

    /** Returns a source that is a field of another type. */
    ValueSource as(Type type) {
        return new ValueSource(from, fallback, prefix, type, separator, scale, position);
    }

    /** Returns the value in a record; empty where it has none. */
    Optional<JsonNode> read(Fields fields) throws UnreadableRecordException {
        Optional<JsonNode> found =
                (from == null ? Optional.<JsonNode>empty() : fields.find(from))
                        .or(() -> Optional.ofNullable(fallback));
        return found.isEmpty() ? found : Optional.of(typed(found.get()));
    }

    /** Returns the value as a text; empty where the record has none. */
    Optional<String> text(Fields fields) throws UnreadableRecordException {
        return as(Type.STRING).read(fields).map(JsonNode::textValue);
    }

    private JsonNode typed(JsonNode value) throws UnreadableRecordException {
        if (as == null) {
            return prefix.isEmpty() ? value : TextNode.valueOf(string(value));
        }
        return switch (as) {
            case STRING -> TextNode.valueOf(string(value));
            case NUMBER -> DoubleNode.valueOf(number(value));
            case BOOLEAN -> BooleanNode.valueOf(truth(value));
            case LIST -> list(value);
        };
    }

    private String string(JsonNode value) throws UnreadableRecordException {
        if (value.isContainerNode()) {
            throw problem(value, "one value");
        }
        return prefix + value.asText().strip();
    }

    private double number(JsonNode value) throws UnreadableRecordException {
        String text = value.asText().strip();
        try {
            double number =
                    value.isContainerNode() || text.length() > MAX_NUMBER
                            ? Double.NaN
                            : Double.parseDouble(text) * scale;
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw problem(value, "a number");
        }
        throw problem(value, "a number");
    }

    private boolean truth(JsonNode value) throws UnreadableRecordException {
        String text = value.asText().strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        throw problem(value, "true or false");
    }

    private ArrayNode list(JsonNode value) throws UnreadableRecordException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (value.isArray()) {
            for (JsonNode entry : value) {
                list.add(string(entry));
            }
        } else {
            for (String entry : string(value).split(Pattern.quote(separator), -1)) {
                if (!entry.isBlank()) {
                    list.add(entry.strip());
                }
            }
        }
        return list;
    }

    private UnreadableRecordException problem(JsonNode value, String expected) {
        return new UnreadableRecordException(
                "The field '%s' holds %s, which is not %s."
                        .formatted(from == null ? "constant" : from, shown(value), expected));
    }

    /** Returns a value in quotes, shortened. */
    static String shown(JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
    }
}
