package dev.freshet.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one item from the JSON of the API; the rules and their codes in one place. Members that the
 * API does not know are refused, so that a misspelt one is not lost in silence.
 */
public final class ItemReader {
    /** Longest of ids, types, groups, authors, tags and attribute names, in UTF-16 characters. */
    public static final int MAX_WORD = 128;

    /** Longest title. */
    public static final int MAX_TITLE = 1_024;

    /** Longest text; Freshet keeps it for analysis only. */
    public static final int MAX_TEXT = 65_536;

    /** Longest attribute value. */
    public static final int MAX_ATTRIBUTE = 1_024;

    /** Most tags, and most attributes. */
    public static final int MAX_ENTRIES = 50;

    /** Most windows of availability. */
    public static final int MAX_AVAILABILITY = 20;

    /** Most regions of one window. */
    public static final int MAX_REGIONS = 300;

    /** Longest embedding. */
    public static final int MAX_EMBEDDING = Embedding.MAX_DIMENSION;

    /**
     * Highest version: above milliseconds and nanoseconds of the epoch, and with room for a
     * deletion behind it.
     */
    public static final long MAX_VERSION = 1L << 62;

    /** Longest pause of a repeat rule: ten years. */
    public static final Duration MAX_PAUSE = Duration.ofDays(3_652);

    private static final Set<String> MEMBERS =
            Set.of(
                    "itemId",
                    "version",
                    "type",
                    "group",
                    "title",
                    "text",
                    "tags",
                    "author",
                    "publishedAt",
                    "attributes",
                    "availability",
                    "repeat",
                    "embedding");
    private static final Pattern REGION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

    private final JsonNode json;

    private ItemReader(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads an item.
     *
     * @throws InvalidItemException with the first rule that the JSON breaks
     */
    public static Item read(JsonNode json) throws InvalidItemException {
        if (!json.isObject()) {
            throw new InvalidItemException("item-not-an-object", "An item is a JSON object.");
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new InvalidItemException(
                        "unknown-member",
                        "An item has no member of that name; it may have " + sorted() + ".");
            }
        }
        return new ItemReader(json).item();
    }

    /**
     * Whether this may be an item's id: 1 to 128 characters, no control characters, no broken
     * surrogates.
     */
    public static boolean isWord(String text) {
        return !text.isBlank() && text.length() <= MAX_WORD && isClean(text, false);
    }

    private static String sorted() {
        return String.join(", ", MEMBERS.stream().sorted().toList());
    }

    private Item item() throws InvalidItemException {
        return new Item(
                id(),
                version(),
                false,
                orElse(word("type"), "item"),
                word("group"),
                text("title", MAX_TITLE),
                text("text", MAX_TEXT),
                tags(),
                word("author"),
                time(json, "publishedAt", "bad-published-at"),
                attributes(),
                availability(),
                repeat(),
                embedding());
    }

    private String id() throws InvalidItemException {
        JsonNode id = json.get("itemId");
        if (id == null || id.isNull()) {
            throw new InvalidItemException("missing-item-id", "An item needs its itemId.");
        }
        if (!id.isTextual() || !isWord(id.textValue())) {
            throw new InvalidItemException(
                    "bad-item-id",
                    "An itemId is a text of 1 to "
                            + MAX_WORD
                            + " characters without control characters.");
        }
        return id.textValue();
    }

    private long version() throws InvalidItemException {
        JsonNode version = json.get("version");
        if (version == null || version.isNull()) {
            throw new InvalidItemException(
                    "missing-version",
                    "An item needs a version, a whole number that the site raises on each change.");
        }
        if (!version.isIntegralNumber()
                || !version.canConvertToLong()
                || version.longValue() < 0
                || version.longValue() > MAX_VERSION) {
            throw new InvalidItemException(
                    "bad-version", "A version is a whole number from 0 to 2^62.");
        }
        return version.longValue();
    }

    private @Nullable String word(String name) throws InvalidItemException {
        JsonNode node = json.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        return checkedWord(node, "bad-" + name, name);
    }

    private static String checkedWord(JsonNode node, String code, String name)
            throws InvalidItemException {
        if (!node.isTextual() || !isWord(node.textValue())) {
            throw new InvalidItemException(
                    code,
                    "Member "
                            + name
                            + " takes 1 to "
                            + MAX_WORD
                            + " characters without control characters.");
        }
        return node.textValue();
    }

    private String text(String name, int most) throws InvalidItemException {
        JsonNode node = json.get(name);
        if (node == null || node.isNull()) {
            return "";
        }
        if (!node.isTextual() || !isClean(node.textValue(), true)) {
            throw new InvalidItemException(
                    "bad-" + name, "Member " + name + " takes well-formed text.");
        }
        if (node.textValue().length() > most) {
            throw new InvalidItemException(
                    name + "-too-long",
                    "Member " + name + " takes at most " + most + " characters.");
        }
        return node.textValue();
    }

    private List<String> tags() throws InvalidItemException {
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : list(json, "tags", MAX_ENTRIES, "bad-tags")) {
            tags.add(checkedWord(tag, "bad-tags", "tags"));
        }
        return List.copyOf(tags);
    }

    private Map<String, String> attributes() throws InvalidItemException {
        return attributes(json.get("attributes"));
    }

    /** Reads an object of single values, as items and users have it; null and absent are empty. */
    public static Map<String, String> attributes(@Nullable JsonNode node)
            throws InvalidItemException {
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject() || node.size() > MAX_ENTRIES) {
            throw new InvalidItemException(
                    "bad-attributes",
                    "Attributes are an object of at most " + MAX_ENTRIES + " single values.");
        }
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            boolean single = value.isTextual() || value.isNumber() || value.isBoolean();
            String text = single ? value.asText() : "";
            if (!single
                    || !isWord(entry.getKey())
                    || text.length() > MAX_ATTRIBUTE
                    || !isClean(text, true)) {
                throw new InvalidItemException(
                        "bad-attributes",
                        "An attribute has a name of 1 to "
                                + MAX_WORD
                                + " characters and a text, number or boolean of at most "
                                + MAX_ATTRIBUTE
                                + " characters.");
            }
            attributes.put(entry.getKey(), text);
        }
        return attributes;
    }

    private List<Availability> availability() throws InvalidItemException {
        List<Availability> windows = new ArrayList<>();
        for (JsonNode window : list(json, "availability", MAX_AVAILABILITY, "bad-availability")) {
            Set<String> regions = new LinkedHashSet<>();
            for (JsonNode region : list(window, "regions", MAX_REGIONS, "bad-availability")) {
                if (!region.isTextual() || !REGION.matcher(region.textValue()).matches()) {
                    throw new InvalidItemException(
                            "bad-region",
                            "A region is a country such as BR, or a country and its part such as BR-SP.");
                }
                regions.add(region.textValue());
            }
            Instant from = time(window, "from", "bad-availability");
            Instant until = time(window, "until", "bad-availability");
            if (from != null && until != null && !from.isBefore(until)) {
                throw new InvalidItemException(
                        "bad-availability", "A window of availability ends after it begins.");
            }
            windows.add(new Availability(regions, from, until));
        }
        return windows;
    }

    private RepeatRule repeat() throws InvalidItemException {
        JsonNode node = json.get("repeat");
        if (node == null || node.isNull()) {
            return RepeatRule.NEVER;
        }
        String rule = node.path("rule").asText("");
        return switch (rule) {
            case "never" -> RepeatRule.NEVER;
            case "always" -> RepeatRule.ALWAYS;
            case "after" -> new RepeatRule.After(pause(node.path("afterSeconds")));
            default ->
                    throw new InvalidItemException(
                            "bad-repeat",
                            "A repeat rule is never, always, or after with afterSeconds.");
        };
    }

    private static Duration pause(JsonNode seconds) throws InvalidItemException {
        if (!seconds.isIntegralNumber()
                || !seconds.canConvertToLong()
                || seconds.longValue() < 0
                || seconds.longValue() > MAX_PAUSE.toSeconds()) {
            throw new InvalidItemException(
                    "bad-repeat",
                    "afterSeconds is a whole number from 0 to " + MAX_PAUSE.toSeconds() + ".");
        }
        return Duration.ofSeconds(seconds.longValue());
    }

    private List<Float> embedding() throws InvalidItemException {
        List<Float> numbers = new ArrayList<>();
        for (JsonNode number : list(json, "embedding", MAX_EMBEDDING, "bad-embedding")) {
            if (!number.isNumber() || !Float.isFinite(number.floatValue())) {
                throw new InvalidItemException(
                        "bad-embedding", "An embedding is a list of finite numbers.");
            }
            numbers.add(number.floatValue());
        }
        return numbers;
    }

    private static Iterable<JsonNode> list(JsonNode parent, String name, int most, String code)
            throws InvalidItemException {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > most) {
            throw new InvalidItemException(
                    code, "Member " + name + " is a list of at most " + most + ".");
        }
        return node;
    }

    private static @Nullable Instant time(JsonNode parent, String name, String code)
            throws InvalidItemException {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        try {
            Instant at = OffsetDateTime.parse(node.isTextual() ? node.textValue() : "").toInstant();
            if (at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("3000-01-01T00:00:00Z"))) {
                return at;
            }
        } catch (DateTimeException e) {
            throw badTime(name, code, e);
        }
        throw badTime(name, code, null);
    }

    private static InvalidItemException badTime(
            String name, String code, @Nullable Exception cause) {
        InvalidItemException invalid =
                new InvalidItemException(
                        code,
                        "Member "
                                + name
                                + " is a time such as 2026-05-01T12:00:00Z, from 1970 to 2999.");
        if (cause != null) {
            invalid.addSuppressed(cause);
        }
        return invalid;
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static boolean isClean(String text, boolean linesAllowed) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)
                    || (Character.isISOControl(c)
                            && !(linesAllowed && Character.isWhitespace(c)))) {
                return false;
            }
        }
        return true;
    }
}
