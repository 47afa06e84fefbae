package dev.freshet.model.audience;

import dev.freshet.catalog.Item;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The counts of one period, for each kind of topic.
 *
 * @param byKind in the order of {@link TopicKind}
 */
public record TopicWindow(List<TopicCounts> byKind) {
    private static final TopicKind[] KINDS = TopicKind.values();

    public static final TopicWindow EMPTY =
            new TopicWindow(Collections.nCopies(KINDS.length, TopicCounts.EMPTY));

    public TopicWindow {
        byKind = List.copyOf(byKind);
    }

    /** Returns the counts of a kind. */
    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    public TopicCounts of(TopicKind kind) {
        return byKind.get(kind.ordinal());
    }

    Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation of {@link TopicWindow}. */
    static final class Draft {
        private final TopicCounts.Draft[] byKind;

        private Draft(TopicWindow from) {
            byKind =
                    from.byKind().stream()
                            .map(TopicCounts::draft)
                            .toArray(TopicCounts.Draft[]::new);
        }

        /**
         * Adds an interaction with an item, or takes one back.
         *
         * @param most returns the most topics of a kind
         */
        void add(Item item, int sign, ToIntFunction<TopicKind> most) {
            for (int at = 0; at < KINDS.length; at++) {
                List<String> topics = KINDS[at].of(item);
                for (String topic : topics) {
                    byKind[at].add(topic, sign * share(topics.size()), most.applyAsInt(KINDS[at]));
                }
            }
        }

        TopicWindow seal() {
            return new TopicWindow(Arrays.stream(byKind).map(TopicCounts.Draft::seal).toList());
        }
    }

    /** Returns the units of each of so many topics. */
    static long share(int topics) {
        return Math.round((double) TopicCounts.UNITS / topics);
    }
}
