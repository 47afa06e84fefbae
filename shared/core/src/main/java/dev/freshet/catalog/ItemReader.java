package dev.freshet.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.Attributes.InvalidAttributesException;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.json.FieldReader;
import dev.freshet.json.FieldReader.Violation;
import dev.freshet.json.Identifier;
import dev.freshet.json.TextRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one item from the JSON of the API and checks it by the rules of the catalogue. Unknown
 * members are refused, so that a misspelt one is reported rather than ignored.
 */
public final class ItemReader {
    /** Longest of ids, types, groups, authors and tags, in UTF-16 characters. */
    public static final int MAX_NAME = Identifier.MAX_LENGTH;

    /** Longest title, in UTF-16 characters. */
    public static final int MAX_TITLE = 1_024;

    /** Longest text, in UTF-16 characters; it is used for analysis and not for display. */
    public static final int MAX_TEXT = 65_536;

    /** Most tags. */
    public static final int MAX_TAGS = 50;

    /** Most windows of availability. */
    public static final int MAX_AVAILABILITY = 20;

    /** Most regions of one window. */
    public static final int MAX_REGIONS = 300;

    /** The greatest number of an embedding, and the negative of the least. */
    private static final double MAX_NUMBER = 3.4e38;

    /** Most numbers of an embedding. */
    public static final int MAX_EMBEDDING = Embedding.MAX_DIMENSION;

    /**
     * Highest version: above milliseconds and nanoseconds of the epoch, and with room for the
     * version of a deletion above it.
     */
    public static final long MAX_VERSION = 1L << 62;

    /** Longest pause of a repeat rule: ten years. */
    public static final Duration MAX_PAUSE = Duration.ofDays(3_652);

    private static final List<String> URLS = List.of("url", "imageUrl");
    private static final String REST = "[^\\s\"<>`\\\\]*";
    private static final Pattern URL =
            Pattern.compile("(?i:https?)://[^\\s\"<>`\\\\/?#]+(?:[/?#]" + REST + ")?");

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
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private final FieldReader<InvalidItemException> fields;

    private ItemReader(FieldReader<InvalidItemException> fields) {
        this.fields = fields;
    }

    /**
     * Reads an item; one without a version is {@link Item#UNVERSIONED}.
     *
     * @throws InvalidItemException with the first rule that the JSON breaks
     */
    public static Item read(JsonNode json) throws InvalidItemException {
        return new ItemReader(FieldReader.strict(json, "", MEMBERS, ItemReader::report)).item();
    }

    /**
     * Checks that an object has no member but those of an item.
     *
     * @throws InvalidItemException if it has one
     */
    static void checkMembers(JsonNode json) throws InvalidItemException {
        FieldReader.strict(json, "", MEMBERS, ItemReader::report);
    }

    private Item item() throws InvalidItemException {
        String type = orElse(name("type"), "item");
        return new Item(
                id(),
                version(),
                false,
                new Item.Content(
                        type,
                        name("group"),
                        text("title", MAX_TITLE),
                        text("text", MAX_TEXT),
                        tags(),
                        name("author"),
                        time(fields, "publishedAt"),
                        attributes()),
                ShowingRulesReader.availability(fields),
                ShowingRulesReader.repeat(fields, type),
                Embedding.given(embedding()));
    }

    private String id() throws InvalidItemException {
        JsonNode id = fields.find("itemId");
        if (id == null) {
            throw new InvalidItemException("missing-item-id", "An item needs its itemId.");
        }
        return FieldReader.identifierOf(
                id,
                "itemId",
                Identifier.ANY,
                _ ->
                        new InvalidItemException(
                                "bad-item-id",
                                "An itemId is a text of " + Identifier.ANY.rule() + "."));
    }

    private long version() throws InvalidItemException {
        Long version =
                fields.reportingBy(
                                _ ->
                                        new InvalidItemException(
                                                "bad-version",
                                                "A version is a whole number from 0 to 2^62."))
                        .integer("version", 0, MAX_VERSION);
        return version == null ? Item.UNVERSIONED : version;
    }

    private @Nullable String name(String name) throws InvalidItemException {
        return fields.identifier(name, Identifier.ANY);
    }

    private String text(String name, int max) throws InvalidItemException {
        String text = orElse(fields.text(name, TextRule.MULTI_LINE), "");
        if (text.length() > max) {
            throw new InvalidItemException(
                    name + "-too-long",
                    "Member " + name + " takes at most " + max + " characters.");
        }
        return text;
    }

    private List<String> tags() throws InvalidItemException {
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : fields.array("tags", MAX_TAGS)) {
            tags.add(FieldReader.identifierOf(tag, "tags", Identifier.ANY, ItemReader::report));
        }
        return List.copyOf(tags);
    }

    private Map<String, AttributeValue> attributes() throws InvalidItemException {
        try {
            Map<String, AttributeValue> attributes = Attributes.read(fields.find("attributes"));
            checkUrls(attributes);
            return attributes;
        } catch (InvalidAttributesException invalid) {
            throw new InvalidItemException(InvalidAttributesException.CODE, invalid.detail());
        }
    }

    private List<Float> embedding() throws InvalidItemException {
        List<Float> numbers = new ArrayList<>();
        for (JsonNode number : fields.array("embedding", MAX_EMBEDDING)) {
            check(
                    number.isNumber() && Math.abs(number.doubleValue()) <= MAX_NUMBER,
                    "bad-embedding",
                    "An embedding is a list of numbers from -3.4e38 to 3.4e38.");
            numbers.add(number.floatValue());
        }
        return numbers;
    }

    /** Returns a time of the years 1970 to 2999, or null for an absent member. */
    static @Nullable Instant time(FieldReader<InvalidItemException> parent, String name)
            throws InvalidItemException {
        Instant at = parent.time(name, Integer.MAX_VALUE);
        if (at != null && !(at.isAfter(Instant.EPOCH) && at.isBefore(LATEST))) {
            throw parent.exceptionFor(new Violation.BadTime(name));
        }
        return at;
    }

    private static InvalidItemException report(Violation violation) {
        return violation instanceof Violation.NotAnObject
                ? new InvalidItemException("item-not-an-object", "An item is a JSON object.")
                : report(code(violation.field()), violation);
    }

    private static String atMost(int elements) {
        return " is a list of at most " + elements + ".";
    }

    /** Returns the code of a member's rules: {@code bad-published-at} for publishedAt. */
    private static String code(String field) {
        return "bad-" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the report of a broken rule.
     *
     * @param code of every rule but the one on unknown members, which has its own
     */
    static InvalidItemException report(String code, Violation violation) {
        String of = violation.field().isEmpty() ? "An item" : "Member " + violation.field();
        String rule =
                switch (violation) {
                    case Violation.UnknownMember unknown ->
                            " has no member of that name; it may have "
                                    + String.join(", ", new TreeSet<>(unknown.known()))
                                    + ".";
                    case Violation.NotAnObject _ -> " is a JSON object.";
                    case Violation.BadIdentifier _ -> " takes " + Identifier.ANY.rule() + ".";
                    case Violation.NotText _, Violation.TooLong _, Violation.BadText _ ->
                            " takes well-formed text.";
                    case Violation.BadTime _ ->
                            " is a time such as 2026-05-01T12:00:00Z, from 1970 to 2999.";
                    case Violation.NotAnArray list -> atMost(list.max());
                    case Violation.TooMany list -> atMost(list.max());
                    default -> throw new IllegalArgumentException("no rule of items: " + violation);
                };
        boolean unknown = violation instanceof Violation.UnknownMember;
        return new InvalidItemException(unknown ? "unknown-member" : code, of + rule);
    }

    private static void check(boolean holds, String code, String detail)
            throws InvalidItemException {
        if (!holds) {
            throw new InvalidItemException(code, detail);
        }
    }

    private static String orElse(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }

    /**
     * Checks the attributes {@code url} and {@code imageUrl}, which pages follow and draw. Where
     * they are texts they have to be absolute URLs of http or https without characters that would
     * end an attribute in HTML, so that no put item brings a {@code javascript:} into a page.
     */
    private static void checkUrls(Map<String, AttributeValue> attributes)
            throws InvalidItemException {
        for (String name : URLS) {
            if (!isUrl(attributes.get(name))) {
                throw new InvalidItemException(
                        "bad-url",
                        "The attribute %s takes an absolute URL that begins with http:// or https://."
                                .formatted(name));
            }
        }
    }

    private static boolean isUrl(@Nullable AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text(String text) -> URL.matcher(text).matches();
            case AttributeValue.Texts(List<String> texts) ->
                    texts.stream().allMatch(text -> URL.matcher(text).matches());
            case null, default -> true;
        };
    }

    /**
     * An item that breaks a rule of the catalogue: a stable kebab-case code and a message that says
     * what to do.
     */
    public static final class InvalidItemException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        public InvalidItemException(String code, String detail) {
            super(detail);
            this.code = code;
        }

        /** Returns the stable code of the broken rule, in kebab-case. */
        public String code() {
            return code;
        }
    }

    /**
     * Reads the members of an item that limit where, when and how often it may be shown. Each entry
     * has to be an object of known members: a misspelt limit would otherwise read as no limit, and
     * the item would be shown everywhere and for ever.
     */
    static final class ShowingRulesReader {
        private static final Set<String> WINDOW = Set.of("regions", "from", "until");
        private static final Set<String> REPEAT = Set.of("rule", "afterSeconds");

        /** Types of items that people buy, or listen to, again and again. */
        private static final Set<String> RETURNED_TO =
                Set.of("product", "song", "track", "album", "podcast");

        private static final Pattern REGION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

        private ShowingRulesReader() {}

        /** Reads {@code availability}; empty where it is absent. */
        static List<Availability> availability(FieldReader<InvalidItemException> item)
                throws InvalidItemException {
            List<Availability> windows = new ArrayList<>();
            for (JsonNode json : item.array("availability", ItemReader.MAX_AVAILABILITY)) {
                windows.add(
                        window(
                                FieldReader.strict(
                                        json,
                                        "availability[" + windows.size() + "]",
                                        WINDOW,
                                        violation ->
                                                ItemReader.report("bad-availability", violation))));
            }
            return windows;
        }

        private static Availability window(FieldReader<InvalidItemException> window)
                throws InvalidItemException {
            Set<String> regions = new LinkedHashSet<>();
            for (JsonNode region : window.array("regions", ItemReader.MAX_REGIONS)) {
                check(
                        region.isTextual() && REGION.matcher(region.textValue()).matches(),
                        "bad-region",
                        "A region is a country such as BR, or a country and its part such as BR-SP.");
                regions.add(region.textValue());
            }
            Instant from = ItemReader.time(window, "from");
            Instant until = ItemReader.time(window, "until");
            check(
                    from == null || until == null || from.isBefore(until),
                    "bad-availability",
                    "A window of availability must end after it begins.");
            return new Availability(regions, from, until);
        }

        /**
         * Reads {@code repeat}. Where it is absent, what people return to by nature, which they buy
         * or listen to, may be repeated as it is learned, and everything else never.
         *
         * @param type of the item
         */
        static RepeatRule repeat(FieldReader<InvalidItemException> item, String type)
                throws InvalidItemException {
            JsonNode node = item.find("repeat");
            if (node == null) {
                return RETURNED_TO.contains(type) ? RepeatRule.LEARNED : RepeatRule.NEVER;
            }
            FieldReader<InvalidItemException> members =
                    FieldReader.strict(node, "repeat", REPEAT, ShowingRulesReader::badRepeat);
            JsonNode word = members.find("rule");
            RepeatRule rule =
                    switch (word == null ? "" : word.asText("")) {
                        case "never" -> RepeatRule.NEVER;
                        case "always" -> RepeatRule.ALWAYS;
                        case "learned" -> RepeatRule.LEARNED;
                        case "after" -> new RepeatRule.After(pause(members));
                        default ->
                                throw new InvalidItemException(
                                        "bad-repeat",
                                        "A repeat rule is never, always, learned, or after with"
                                                + " afterSeconds.");
                    };
            check(
                    rule instanceof RepeatRule.After || !members.has("afterSeconds"),
                    "bad-repeat",
                    "afterSeconds belongs to the repeat rule after only.");
            return rule;
        }

        private static Duration pause(FieldReader<InvalidItemException> members)
                throws InvalidItemException {
            long most = ItemReader.MAX_PAUSE.toSeconds();
            Long seconds =
                    members.reportingBy(_ -> badPause(most)).integer("afterSeconds", 0, most);
            if (seconds == null) {
                throw badPause(most);
            }
            return Duration.ofSeconds(seconds);
        }

        private static InvalidItemException badPause(long most) {
            return new InvalidItemException(
                    "bad-repeat", "afterSeconds is a whole number from 0 to " + most + ".");
        }

        private static InvalidItemException badRepeat(Violation violation) {
            return ItemReader.report("bad-repeat", violation);
        }
    }
}
