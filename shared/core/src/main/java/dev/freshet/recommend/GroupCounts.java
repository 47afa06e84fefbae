package dev.freshet.recommend;

import dev.freshet.catalog.Item;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.recommend.UserGroup.Counted;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the people of a group have in common: by people and never by events, and told in
 * steps of k people only. What has the same rounded number is ordered by its id, so that the order
 * tells no more than the numbers.
 *
 * <p>Cost: of each person the latest {@value Preferences#MAX_ITEMS} items are counted.
 */
final class GroupCounts {
    private static final Comparator<Counted> MAX_PEOPLE_FIRST =
            Comparator.comparingInt(Counted::people).reversed().thenComparing(Counted::id);

    private final Model model;
    private final int k;
    private final Map<String, Integer> items = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();
    private final Map<String, Integer> authors = new HashMap<>();

    /** Creates counts of a model's items in steps of its number k. */
    GroupCounts(Model model) {
        this.model = model;
        k = model.settings().kAnonymity();
    }

    /** Counts what one person of the group holds. */
    void add(int[] basket) {
        Set<String> ofPerson = new HashSet<>();
        Set<String> writers = new HashSet<>();
        for (int held : Preferences.of(basket).items()) {
            if (model.shows(held)) {
                Item item = model.items().properties(held);
                items.merge(model.items().id(held), 1, Integer::sum);
                ofPerson.addAll(item.tags());
                if (item.author() != null) {
                    writers.add(item.author());
                }
            }
        }
        ofPerson.forEach(tag -> tags.merge(tag, 1, Integer::sum));
        writers.forEach(author -> authors.merge(author, 1, Integer::sum));
    }

    /**
     * Returns the description.
     *
     * @param people number of people counted
     * @param most entries of each list
     */
    UserGroup told(long modelVersion, int people, int most) {
        List<Counted> titled =
                told(items, most).stream()
                        .map(one -> new Counted(one.id(), title(one.id()), one.people()))
                        .toList();
        return new UserGroup(
                modelVersion,
                steps(people),
                titled,
                told(tags, most),
                told(authors, most),
                null,
                null);
    }

    private List<Counted> told(Map<String, Integer> counts, int most) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() >= k)
                .map(count -> new Counted(count.getKey(), null, steps(count.getValue())))
                .sorted(MAX_PEOPLE_FIRST)
                .limit(most)
                .toList();
    }

    private int steps(int people) {
        return people / k * k;
    }

    private @Nullable String title(String itemId) {
        int item = model.items().index(itemId);
        return model.items().catalogued(item) ? model.items().item(item).title() : null;
    }
}
