package dev.freshet.model.vectors;

import java.util.List;

/**
 * A group of users of alike tastes.
 *
 * @param number from 1, never given to another segment
 * @param centre mean direction of its users' vectors; {@link
 *     dev.freshet.model.vectors.Factors#RANK} long
 * @param people users of the sample in the segment when it was drawn
 * @param name tags that name it, at most {@value SegmentDrawing.Tags#NAME_TAGS}; none where no tag
 *     tells its users from others
 * @param tags what its users take more of than others do, by what tells most; at most {@value
 *     SegmentDrawing.Tags#MAX_TAGS}
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record Segment(int number, float[] centre, int people, List<String> name, List<Tag> tags) {
    /**
     * Least number of people of a segment that is shown and can be targeted, and of a tag of its
     * users. No stack has a larger k.
     */
    public static final int LEAST_PEOPLE = 10;

    public Segment {
        name = List.copyOf(name);
        tags = List.copyOf(tags);
    }

    /**
     * A tag that a segment's users take more of than others do.
     *
     * @param people users of the segment who took an item of the tag
     * @param lift the tag's mean share of what a user of the segment takes, over that of all users;
     *     above 1
     */
    public record Tag(String tag, int people, float lift) {}

    /** Returns the id in requests and responses, such as {@code s7}. */
    public String id() {
        return "s" + number;
    }

    /** Returns the name for people: the tags, or the id where there are none. */
    public String title() {
        return name.isEmpty() ? id() : String.join(", ", name);
    }

    /** Returns whether enough people are in the segment for it to be shown. */
    public boolean isTold() {
        return people >= LEAST_PEOPLE;
    }
}
