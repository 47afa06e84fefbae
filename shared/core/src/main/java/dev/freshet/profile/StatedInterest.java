package dev.freshet.profile;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.catalog.Item;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user likes by the statement of the site: items that have one of these values among their
 * tags, or as their attribute of the same name.
 *
 * @param attribute the name of the user's attribute
 * @param values ≤ 50
 */
public record StatedInterest(String attribute, Set<String> values) {
    public StatedInterest {
        values = Set.copyOf(values);
    }

    /** Returns the value by which an item is of interest, or empty. */
    public Optional<String> in(Item item) {
        return Stream.concat(texts(item.attributes().get(attribute)).stream(), item.tags().stream())
                .filter(values::contains)
                .findFirst();
    }

    /** Returns the texts of a value; none for a number and a flag. */
    static Set<String> texts(@Nullable AttributeValue value) {
        return switch (value) {
            case null -> Set.of();
            case AttributeValue.Text(String text) -> Set.of(text);
            case AttributeValue.Texts(List<String> texts) -> new TreeSet<>(texts);
            case AttributeValue.Numeric _, AttributeValue.Flag _ -> Set.of();
        };
    }
}
