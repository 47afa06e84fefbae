package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.query.Filter.Boost;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@link Filter} from JSON: {@code {"all":[…]}}, {@code {"any":[…]}}, {@code {"not":…}},
 * {@code {"interacted":{…}}}, or a condition on one field, as {@link ConditionReader} reads it.
 *
 * <p>An instance reads the trees of one request and counts their nodes together, so that the work
 * of the request is bounded.
 */
public final class FilterReader {
    /** Deepest nesting of all, any and not. */
    static final int MAX_DEPTH = 10;

    /** Most nodes of all trees of a request, its filter and its boosts. */
    static final int MAX_NODES = 256;

    /** Most conditions on the user's interactions of all trees of a request. */
    static final int MAX_INTERACTED = 16;

    private static final Set<String> LISTS = Set.of("all", "any");
    private static final Set<String> MEMBERS = Set.of("all", "any", "not", "interacted");

    private final EventTypes types;
    private int nodes;
    private int interacted;

    /**
     * Creates a reader.
     *
     * @param types the types of events that conditions can name
     */
    public FilterReader(EventTypes types) {
        this.types = types;
    }

    /**
     * Reads a filter.
     *
     * @param path the path of the tree in messages: {@code filter}
     * @throws InvalidQueryException for a filter that breaks a rule
     */
    public Filter read(JsonNode tree, String path) {
        return node(tree, path, 1);
    }

    /** Reads the member of an object that is a filter; one that is absent passes everything. */
    Filter member(Members members, String name) {
        JsonNode tree = members.find(name);
        return tree == null ? Filter.EVERYTHING : read(tree, members.pathOf(name));
    }

    /**
     * Reads the member {@code boost} of an object.
     *
     * @throws InvalidQueryException for a boost that breaks a rule
     */
    public List<Boost> boosts(Members members) {
        return members.list(
                "boost",
                RecommendationQuery.MAX_BOOSTS,
                "too-many-boosts",
                (element, path) -> {
                    Members boost = Members.of(element, path, Set.of("when", "factor"));
                    JsonNode when = boost.find("when");
                    Double factor = boost.number("factor");
                    if (when == null || factor == null) {
                        throw new InvalidQueryException(
                                "missing-field", path + " needs when and factor.");
                    }
                    return new Boost(read(when, boost.pathOf("when")), factor);
                });
    }

    private Filter node(JsonNode written, String path, int depth) {
        JsonNode node = withoutEmptyLists(written);
        require(
                depth <= MAX_DEPTH,
                "filter-too-deep",
                "A filter may be nested " + MAX_DEPTH + " levels deep at most.");
        nodes++;
        require(
                nodes <= MAX_NODES,
                "filter-too-large",
                "The filters, boosts and promotions of a request may have "
                        + MAX_NODES
                        + " parts at most in all.");
        if (node.has("field")) {
            return ConditionReader.read(node, path);
        }
        Members members = Members.of(node, path, MEMBERS);
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
            interacted++;
            require(
                    interacted <= MAX_INTERACTED,
                    "filter-too-large",
                    "A request may have "
                            + MAX_INTERACTED
                            + " conditions interacted at most in all.");
            return ConditionReader.interacted(actions, members.pathOf("interacted"), types);
        }
        JsonNode part = members.find("not");
        if (part == null) {
            throw ConditionReader.bad(path, "has a not without a filter");
        }
        return new Filter.Not(node(part, members.pathOf("not"), depth + 1));
    }

    /**
     * Returns an object without the empty lists of filters that stand beside other members: clients
     * whose class of filters has a member for each kind write them all.
     */
    private static JsonNode withoutEmptyLists(JsonNode node) {
        if (node.size() > 1 && node instanceof ObjectNode object) {
            ObjectNode kept = object.deepCopy();
            LISTS.stream().filter(name -> isEmptyList(kept.path(name))).forEach(kept::remove);
            return kept;
        }
        return node;
    }

    private static boolean isEmptyList(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }

    private List<Filter> parts(Members members, String name, int depth) {
        return members.list(
                name, MAX_NODES, "filter-too-large", (part, path) -> node(part, path, depth + 1));
    }
}
