package dev.freshet.recommend;

import dev.freshet.catalog.Item;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.vectors.Segment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is common to the people who are most like a user. All numbers of people are rounded down to
 * a multiple of k, and nothing is named that fewer than k people of the group have.
 *
 * @param modelVersion version of the model that counted
 * @param people number of people in the group; 0 where no group is described
 * @param items that they hold, those of most people first
 * @param tags of the items that they hold, each counted once a person
 * @param authors of the items that they hold, each counted once a person
 * @param segment of the user; null where it is not known
 * @param untold why no group is described; null where one is
 */
public record UserGroup(
        long modelVersion,
        int people,
        List<Counted> items,
        List<Counted> tags,
        List<Counted> authors,
        @Nullable Segment segment,
        @Nullable Untold untold) {
    /**
     * Counts what the people of a group have in common: by people and never by events, and shown in
     * steps of k people only. What has the same rounded number is ordered by its id, so that the
     * order tells no more than the numbers.
     *
     * <p>Cost: of each person the latest {@value Preferences#MAX_ITEMS} items are counted.
     */
    static final class GroupCounts {
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
        UserGroup disclosed(long modelVersion, int people, int most, @Nullable Segment segment) {
            return new UserGroup(
                    modelVersion,
                    steps(people),
                    disclosed(items, most, this::title),
                    disclosed(tags, most, _ -> null),
                    disclosed(authors, most, _ -> null),
                    segment,
                    null);
        }

        private List<Counted> disclosed(
                Map<String, Integer> counts, int most, Function<String, @Nullable String> titles) {
            return counts.entrySet().stream()
                    .filter(count -> count.getValue() >= k)
                    .map(count -> new Counted(count.getKey(), null, steps(count.getValue())))
                    .sorted(MAX_PEOPLE_FIRST)
                    .limit(most)
                    .map(one -> new Counted(one.id(), titles.apply(one.id()), one.people()))
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

    /**
     * An item, a tag or an author.
     *
     * @param id the item's id, the tag, or the author's id
     * @param title the item's title; null for a tag or an author
     * @param people how many of the group have it
     */
    public record Counted(String id, @Nullable String title, int people) {}

    /** Why no group is described for a user. */
    public enum Untold {
        /** A profile of the user refuses personalisation. */
        REFUSED,

        /** The model knows no item that the user likes. */
        NO_HISTORY,

        /** Fewer people than may be described have something in common with the user. */
        TOO_FEW_PEOPLE
    }

    /** Returns the answer where no group is described. */
    static UserGroup untold(long modelVersion, @Nullable Segment segment, Untold why) {
        return new UserGroup(modelVersion, 0, List.of(), List.of(), List.of(), segment, why);
    }
}
