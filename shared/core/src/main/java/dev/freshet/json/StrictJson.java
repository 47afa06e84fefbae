package dev.freshet.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A parser of JSON from untrusted clients: UTF-8, no duplicate members, nothing after the end of
 * the value, and bounds on depth and length. A member that is null is left out at any depth, since
 * many clients write one for what they leave out.
 *
 * <p>{@code NaN} and {@code Infinity}, which are not JSON but which some clients write, are read as
 * numbers, so that the rule of the one value refuses it instead of the whole body being refused.
 */
public final class StrictJson {
    /**
     * Deepest nesting of objects and arrays in any body, in levels; routes have narrower rules of
     * their own.
     */
    public static final int MAX_DEPTH = 200;

    /** Longest number, in characters. */
    public static final int MAX_NUMBER_LENGTH = 100;

    /** Longest member name, in characters. */
    public static final int MAX_NAME_LENGTH = 4096;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                                    .maxNameLength(MAX_NAME_LENGTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final ObjectReader PART_READER =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /**
     * Reads one JSON value.
     *
     * @param body UTF-8; the caller has bounded its length
     * @throws MalformedJsonException if the body is empty, not JSON, or beyond the bounds
     */
    public static JsonNode read(byte[] body) throws MalformedJsonException {
        return withoutNulls(readWithNulls(body));
    }

    /**
     * Reads one JSON value with the members that are null: a merge patch removes what it names so,
     * and a token must not have them.
     *
     * @param body UTF-8; the caller has bounded its length
     * @throws MalformedJsonException as {@link #read}
     */
    public static JsonNode readWithNulls(byte[] body) throws MalformedJsonException {
        try {
            checkEncoding(body);
            JsonNode node = MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw new MalformedJsonException("not-json", "The body is empty; send JSON.");
            }
            return node;
        } catch (IOException malformed) {
            throw malformed(malformed);
        }
    }

    /**
     * Returns a parser with these rules that reports byte offsets, for bodies that are read in
     * parts.
     *
     * @throws MalformedJsonException if the body is in UTF-16 or UTF-32
     */
    public static JsonParser parser(byte[] body) throws IOException, MalformedJsonException {
        checkEncoding(body);
        return MAPPER.getFactory().createParser(body);
    }

    /**
     * Refuses UTF-16 and UTF-32, which the parser would detect and read: with or without a byte
     * order mark, their first four bytes hold a zero or a byte that no UTF-8 has. Sizes in bytes
     * and the positions of events count on UTF-8.
     */
    private static void checkEncoding(byte[] body) throws MalformedJsonException {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0 || body[i] == (byte) 0xFE || body[i] == (byte) 0xFF) {
                throw new MalformedJsonException(
                        "not-json", "The body is not in UTF-8, as RFC 8259 demands of JSON.");
            }
        }
    }

    /**
     * Returns the value at the parser's current position as a tree, and leaves what follows it to
     * the caller.
     */
    public static JsonNode tree(JsonParser parser) throws IOException {
        return withoutNulls(PART_READER.readTree(parser));
    }

    /** Removes the members that are null from a value, and returns it. */
    public static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeNulls();
        }
        node.forEach(StrictJson::withoutNulls);
        return node;
    }

    /** Returns the number of levels of objects and arrays in a value: 0 for a single value. */
    public static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainerNode() ? deepest + 1 : deepest;
    }

    /** Returns the exception that describes a parser's error, without quoting the body. */
    public static MalformedJsonException malformed(IOException malformed) {
        String where =
                malformed instanceof JsonProcessingException parsing
                        ? where(parsing.getLocation())
                        : "";
        return malformed instanceof StreamConstraintsException
                ? new MalformedJsonException(
                        "json-out-of-bounds",
                        "The body nests deeper than %d levels, or has a number or a name that is too long%s."
                                .formatted(MAX_DEPTH, where))
                : new MalformedJsonException(
                        "not-json",
                        "The body is not JSON (RFC 8259, UTF-8, without duplicate members)%s."
                                .formatted(where));
    }

    private static String where(@Nullable JsonLocation at) {
        return at == null || at.getLineNr() < 1
                ? ""
                : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }
}
