package dev.freshet.recommend;

import dev.freshet.model.segment.Segment;
import java.util.List;
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

    public UserGroup {
        items = List.copyOf(items);
        tags = List.copyOf(tags);
        authors = List.copyOf(authors);
    }

    /** Returns the answer where no group is described. */
    static UserGroup untold(long modelVersion, Untold why) {
        return new UserGroup(modelVersion, 0, List.of(), List.of(), List.of(), null, why);
    }

    /** Returns a copy that tells the user's segment. */
    UserGroup of(@Nullable Segment of) {
        return new UserGroup(modelVersion, people, items, tags, authors, of, untold);
    }
}
