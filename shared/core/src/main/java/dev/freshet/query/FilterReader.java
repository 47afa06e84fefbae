package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.FieldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@link Filter} from JSON: {@code {"all":[…]}}, {@code {"any":[…]}}, {@code {"not":…}},
 * {@code {"interacted":{…}}}, or a condition on one field, as {@link ConditionReader} reads it.
 *
 * <p>An instance reads the trees of one request and counts their nodes together, so that the work
 * of the request is bounded.
 */
final class FilterReader {
    /** Deepest nesting of all, any and not. */
    static final int MAX_DEPTH = 10;

    /** Most nodes of all trees of a request, its filter and its boosts. */
    static final int MAX_NODES = 256;

    static final int MAX_PARTS = 32;

    /** Most conditions on the user's interactions of all trees of a request. */
    static final int MAX_INTERACTED = 16;

    private final EventTypes types;
    private int nodes;
    private int interacted;

    /** Creates a reader of conditions that know the types of the product alone. */
    FilterReader() {
        this(EventTypes.BUILT_IN);
    }

    /**
     * Creates a reader.
     *
     * @param types the types of events that conditions can name
     */
    FilterReader(EventTypes types) {
        this.types = types;
    }

    /**
     * Reads a filter.
     *
     * @param path the path of the tree in messages: {@code filter}
     */
    Filter read(JsonNode tree, String path) {
        return node(tree, path, 1);
    }

    /** Returns the number of nodes of the trees that were read. */
    int nodes() {
        return nodes;
    }

    private Filter node(JsonNode node, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidQueryException(
                    "filter-too-deep",
                    "A filter may be nested " + MAX_DEPTH + " levels deep at most.");
        }
        if (++nodes > MAX_NODES) {
            throw new InvalidQueryException(
                    "filter-too-large",
                    "The filters, boosts and promotions of a request may have "
                            + MAX_NODES
                            + " parts at most in all.");
        }
        if (node.has("field")) {
            return ConditionReader.read(node, path);
        }
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(node, path, Set.of("all", "any", "not", "interacted"));
        if (node.size() != 1) {
            throw ConditionReader.bad(
                    path,
                    "has exactly one of all, any, not, interacted, or a field with its condition");
        }
        if (members.has("all")) {
            return new Filter.All(parts(members, "all", depth));
        }
        if (members.has("any")) {
            return new Filter.Any(parts(members, "any", depth));
        }
        JsonNode actions = members.find("interacted");
        if (actions != null) {
            if (++interacted > MAX_INTERACTED) {
                throw new InvalidQueryException(
                        "filter-too-large",
                        "A request may have "
                                + MAX_INTERACTED
                                + " conditions interacted at most in all.");
            }
            return ConditionReader.interacted(actions, members.pathOf("interacted"), types);
        }
        JsonNode part = members.find("not");
        if (part == null) {
            throw ConditionReader.bad(path, "has a not without a filter");
        }
        return new Filter.Not(node(part, members.pathOf("not"), depth + 1));
    }

    private List<Filter> parts(FieldReader<InvalidQueryException> members, String name, int depth) {
        List<Filter> parts = new ArrayList<>();
        for (JsonNode part : ConditionReader.array(members, name, MAX_PARTS)) {
            parts.add(node(part, members.pathOf(name) + "[" + parts.size() + "]", depth + 1));
        }
        return parts;
    }
}
