package dev.freshet.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.AttributeValue.Flag;
import dev.freshet.catalog.AttributeValue.Numeric;
import dev.freshet.catalog.AttributeValue.Text;
import dev.freshet.catalog.AttributeValue.Texts;
import dev.freshet.json.Identifier;
import dev.freshet.json.TextRule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the attributes of an item or a user as a JSON object, and bounds them: items'
 * attributes are held in the memory of every function that recommends.
 */
public final class Attributes {
    /** Most attributes, and most entries of a list. */
    public static final int MAX_ENTRIES = 50;

    /** Longest name of an attribute and longest entry of a list, in UTF-16 characters. */
    public static final int MAX_NAME = Identifier.MAX_LENGTH;

    /** Longest text, in UTF-16 characters. */
    public static final int MAX_TEXT = 1_024;

    /**
     * Most characters of all names and values in all; a number counts 8, a flag 1, a list the sum
     * of its entries.
     */
    public static final int MAX_SIZE = 16_384;

    /** Highest whole number: 2^53, up to which every whole number is a double. */
    public static final long MAX_WHOLE = 1L << 53;

    private Attributes() {}

    /**
     * Reads attributes; null and absent are none.
     *
     * @throws InvalidAttributesException with the first rule that the JSON breaks
     */
    public static Map<String, AttributeValue> read(@Nullable JsonNode node)
            throws InvalidAttributesException {
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject() || node.size() > MAX_ENTRIES) {
            throw new InvalidAttributesException(
                    "Attributes are an object of at most " + MAX_ENTRIES + " names with a value.");
        }
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!Identifier.ANY.accepts(entry.getKey())) {
                throw new InvalidAttributesException(
                        "The name of an attribute is a text of " + Identifier.ANY.rule() + ".");
            }
            attributes.put(entry.getKey(), value(entry.getValue()));
        }
        if (size(attributes) > MAX_SIZE) {
            throw new InvalidAttributesException(
                    "The names and values of all attributes have at most "
                            + MAX_SIZE
                            + " characters in all.");
        }
        return attributes;
    }

    /**
     * Reads one value.
     *
     * @throws InvalidAttributesException if it is none of text, number, flag and list of texts, or
     *     out of bounds
     */
    public static AttributeValue value(JsonNode node) throws InvalidAttributesException {
        if (node.isTextual()) {
            return text(node.textValue());
        }
        if (node.isBoolean()) {
            return AttributeValue.of(node.booleanValue());
        }
        if (node.isNumber()) {
            return number(node);
        }
        if (node.isArray()) {
            return texts(node);
        }
        throw new InvalidAttributesException(
                "The value of an attribute is a text, a number, true, false or a list of texts.");
    }

    private static Text text(String text) throws InvalidAttributesException {
        if (text.length() > MAX_TEXT || !TextRule.MULTI_LINE.accepts(text)) {
            throw new InvalidAttributesException(
                    "A text among the attributes is well-formed and has at most "
                            + MAX_TEXT
                            + " characters.");
        }
        return new Text(text);
    }

    private static Numeric number(JsonNode node) throws InvalidAttributesException {
        boolean exact =
                !node.isIntegralNumber()
                        || (node.canConvertToLong()
                                && node.longValue() >= -MAX_WHOLE
                                && node.longValue() <= MAX_WHOLE);
        if (!exact) {
            throw new InvalidAttributesException(
                    "A whole number among the attributes is at most 2^53; send a longer one as a"
                            + " text, so that it keeps its digits.");
        }
        if (!Numeric.accepts(node.doubleValue())) {
            throw new InvalidAttributesException(
                    "A number among the attributes is 0 or has a magnitude from 1e-100 to 1e100.");
        }
        return new Numeric(node.doubleValue());
    }

    private static Texts texts(JsonNode array) throws InvalidAttributesException {
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode entry : array) {
            if (array.size() > MAX_ENTRIES
                    || !entry.isTextual()
                    || !Identifier.ANY.accepts(entry.textValue())) {
                throw new InvalidAttributesException(
                        "A list among the attributes has at most "
                                + MAX_ENTRIES
                                + " texts, each of "
                                + Identifier.ANY.rule()
                                + ".");
            }
            texts.add(entry.textValue());
        }
        return new Texts(List.copyOf(texts));
    }

    private static int size(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().size())
                .sum();
    }

    /** Returns the JSON of attributes, sorted by name; {@link #read} reads equal ones from it. */
    public static ObjectNode write(Map<String, AttributeValue> attributes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(attributes).forEach((name, value) -> json.set(name, write(value)));
        return json;
    }

    /** Returns the JSON of one value; a number that is whole has no fraction: {@code 4}. */
    public static JsonNode write(AttributeValue value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case Text(String text) -> json.textNode(text);
            case Flag(boolean flag) -> json.booleanNode(flag);
            case Numeric number ->
                    number.whole()
                            ? json.numberNode((long) number.value())
                            : json.numberNode(number.value());
            case Texts(List<String> texts) -> {
                ArrayNode array = json.arrayNode(texts.size());
                texts.forEach(array::add);
                yield array;
            }
        };
    }

    /** Attributes that break a rule; the message is one sentence for a person. */
    public static final class InvalidAttributesException extends Exception {
        private static final long serialVersionUID = 1L;

        /** The code of every such refusal. */
        public static final String CODE = "bad-attributes";

        private final String detail;

        InvalidAttributesException(String detail) {
            super(detail);
            this.detail = detail;
        }

        /** Returns one sentence for a person; it quotes nothing of the values. */
        public String detail() {
            return detail;
        }
    }

    /**
     * The attributes of items that a page may ask to be answered. An owner may keep others beside
     * them, such as the price of purchase, which only servers of the site read.
     *
     * @param names at most {@value #MOST}
     */
    public record PublicAttributes(Set<String> names) {
        public static final int MOST = 32;

        /** The longest text of names, so that it fits the environment of a function. */
        public static final int MAX_LENGTH = 500;

        /** What a list is drawn with. */
        public static final PublicAttributes DEFAULT = of("imageUrl,url,price");

        public PublicAttributes {
            names = Set.copyOf(names);
        }

        /** Returns whether a text lists names of attributes, separated by commas. */
        public static boolean areNames(String text) {
            return text.length() <= MAX_LENGTH
                    && split(text).size() <= MOST
                    && split(text).stream().allMatch(Identifier.ANY::accepts);
        }

        /** Returns the attributes of a text that {@link #areNames}. */
        public static PublicAttributes of(String text) {
            return new PublicAttributes(new LinkedHashSet<>(split(text)));
        }

        private static List<String> split(String text) {
            return List.of(text.split(",", -1));
        }

        /** Returns whether a page may read the attribute. */
        public boolean allows(String name) {
            return names.contains(name);
        }
    }
}
