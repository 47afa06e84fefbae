package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.json.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URL, with one value each.
 *
 * @param values decoded, by name
 */
public record QueryParameters(Map<String, String> values) {
    /**
     * Returns parameters of which all have to be known.
     *
     * @param known names of the parameters, at least one
     * @throws InvalidQueryException if there is another one
     */
    public static QueryParameters of(Map<String, String> values, String... known) {
        List<String> names = List.of(known);
        if (!names.containsAll(values.keySet())) {
            int last = names.size() - 1;
            throw new InvalidQueryException(
                    "unknown-parameter",
                    (last == 0
                                    ? "The parameter is "
                                    : "The parameters are "
                                            + String.join(", ", names.subList(0, last))
                                            + " and ")
                            + names.get(last)
                            + "; leave out any other.");
        }
        return new QueryParameters(values);
    }

    /** Returns the value of a parameter. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * Returns the value of a parameter that is an identifier; null for one that is not there.
     *
     * @throws InvalidQueryException if the value breaks the rule
     */
    @Nullable String identifier(String name, Identifier rule) {
        String value = values.get(name);
        return value == null ? null : Members.identifier(TextNode.valueOf(value), name, rule);
    }

    /**
     * Returns the identifiers that a parameter has, separated by commas; none for one that is empty
     * or not there.
     *
     * @param most that it may have
     * @throws InvalidQueryException with the code {@code too-many-NAME}, or if one breaks the rule
     */
    List<String> identifiers(String name, int most) {
        String list = values.getOrDefault(name, "");
        List<String> all = list.isEmpty() ? List.of() : List.of(list.split(",", most + 1));
        require(all.size() <= most, "too-many-" + name, name + " has at most " + most + " names.");
        all.forEach(one -> Members.identifier(TextNode.valueOf(one), name, Identifier.ANY));
        return all;
    }

    /**
     * Returns the value of a parameter that is a whole number.
     *
     * @param least at least 0
     * @param most at most 9,999
     * @param otherwise the value of a parameter that is not there
     * @throws InvalidQueryException if the value is no number of this range
     */
    public int whole(String name, int least, int most, int otherwise) {
        String text = values.getOrDefault(name, Integer.toString(otherwise));
        int value = text.matches("0|[1-9][0-9]{0,3}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw new InvalidQueryException(
                    name + "-out-of-range",
                    "%s is a whole number from %d to %d.".formatted(name, least, most));
        }
        return value;
    }
}
