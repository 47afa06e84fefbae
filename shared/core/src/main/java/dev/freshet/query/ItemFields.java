package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.EditDistance;
import dev.freshet.json.Identifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of each item beside its id and position.
 *
 * @param members of the item
 * @param attributes names of attributes of the catalogue
 */
public record ItemFields(Set<Member> members, Set<String> attributes) {
    /** The name under which a request lists them. */
    public static final String NAME = "fields";

    /** Most names that a request lists. */
    public static final int MOST = 64;

    /** What a response says where the request lists nothing. */
    public static final ItemFields USUAL =
            new ItemFields(
                    EnumSet.of(Member.TITLE, Member.SCORE, Member.REASONS, Member.MOVED_BY),
                    Set.of());

    /** Members that every item of a response has. */
    private static final List<String> ALWAYS = List.of("itemId", "position");

    private static final String ATTRIBUTE = Filter.Field.ATTRIBUTE_PREFIX;
    private static final int MAX_NAME = ATTRIBUTE.length() + Identifier.MAX_LENGTH;

    /** A member of an item in a response, with the name that requests list it by. */
    public enum Member {
        TITLE("title"),
        TAGS("tags"),
        TYPE("type"),
        AUTHOR("author"),
        PUBLISHED_AT("publishedAt"),
        SCORE("score"),
        REASONS("reasons"),
        MOVED_BY("movedBy");

        private final String wireName;

        Member(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public ItemFields {
        members = Set.copyOf(members);
        attributes = Set.copyOf(attributes);
    }

    /**
     * Reads the member {@code fields} of a body.
     *
     * @throws InvalidQueryException for a list that breaks a rule, or a name that there is not
     */
    public static ItemFields of(JsonNode body) {
        return ofList(body.get(NAME));
    }

    /** Reads the value of the member {@code fields}, or null where a body has none. */
    static ItemFields ofList(@Nullable JsonNode list) {
        if (list == null || list.isNull()) {
            return USUAL;
        }
        require(
                list.isArray() && list.size() <= MOST,
                "bad-fields",
                "fields must be an array of at most " + MOST + " names.");
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            names.add(Members.text(name, NAME, MAX_NAME));
        }
        return ofNames(names);
    }

    /**
     * Reads the parameter {@code fields} of a URL: names separated by commas.
     *
     * @throws InvalidQueryException for more names than allowed, or a name that there is not
     */
    public static ItemFields of(Map<String, String> parameters) {
        String list = parameters.get(NAME);
        if (list == null) {
            return USUAL;
        }
        List<String> names = list.isEmpty() ? List.of() : List.of(list.split(",", MOST + 1));
        require(names.size() <= MOST, "bad-fields", "fields may have at most " + MOST + " names.");
        return ofNames(names);
    }

    private static ItemFields ofNames(List<String> names) {
        if (names.isEmpty()) {
            return USUAL;
        }
        Set<Member> members = EnumSet.noneOf(Member.class);
        Set<String> attributes = new LinkedHashSet<>();
        for (String name : names) {
            Optional<Member> member =
                    Arrays.stream(Member.values())
                            .filter(one -> one.wireName.equals(name))
                            .findFirst();
            member.ifPresent(members::add);
            if (isAttribute(name)) {
                attributes.add(name.substring(ATTRIBUTE.length()));
            } else if (member.isEmpty() && !ALWAYS.contains(name)) {
                throw unknown(name);
            }
        }
        return new ItemFields(members, attributes);
    }

    private static boolean isAttribute(String name) {
        return name.startsWith(ATTRIBUTE)
                && Identifier.ANY.accepts(name.substring(ATTRIBUTE.length()));
    }

    private static InvalidQueryException unknown(String name) {
        List<String> known =
                Stream.concat(
                                Arrays.stream(Member.values()).map(Member::wireName),
                                Stream.concat(ALWAYS.stream(), Stream.of(ATTRIBUTE + "NAME")))
                        .toList();
        String start = name.substring(0, Math.min(name.length(), MAX_NAME));
        String nearest =
                known.stream()
                        .min(Comparator.comparingInt(each -> EditDistance.between(each, start)))
                        .orElseThrow();
        return new InvalidQueryException(
                "unknown-item-field",
                "There is no field "
                        + Members.quoted(name)
                        + " of an item; did you mean "
                        + nearest
                        + "? The fields are "
                        + String.join(", ", known)
                        + ".");
    }

    /** Returns these fields without tags and attributes. */
    public ItemFields withoutTexts() {
        Set<Member> others = EnumSet.noneOf(Member.class);
        others.addAll(members);
        others.remove(Member.TAGS);
        return new ItemFields(others, Set.of());
    }

    /** Returns whether a response says why an item is in it. */
    public boolean explained() {
        return has(Member.REASONS) || has(Member.MOVED_BY);
    }

    public boolean has(Member member) {
        return members.contains(member);
    }
}
