package dev.freshet.model.sums;

/**
 * The sums about the catalogue, as an immutable value.
 *
 * @param items by item
 * @param topics by hour and topic
 */
public record Audience(ItemAudience items, TopicWindows topics) {
    public static final Audience NONE = new Audience(ItemAudience.EMPTY, TopicWindows.EMPTY);

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(items.draft(), topics.draft());
    }

    /** The mutable continuation of {@link Audience}. */
    public record Draft(ItemAudience.Draft items, TopicWindows.Draft topics) {
        /** Returns a view of the items without copying, valid until the next change. */
        public Audience peek() {
            return new Audience(items.peek(), TopicWindows.EMPTY);
        }

        /** Returns the content as an immutable value; this draft can be continued. */
        public Audience seal() {
            return new Audience(items.seal(), topics.seal());
        }
    }
}
