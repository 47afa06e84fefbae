package dev.freshet.candidate;

import dev.freshet.query.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction or disjunction of conditions and of further nodes. Negation is pushed down to the
 * conditions, a node of one part is replaced by the part, and nested nodes of one kind are merged.
 *
 * @param all true for a conjunction, false for a disjunction
 * @param plain the bits of the conditions that are to hold
 * @param negated the bits of the conditions that are not to hold; none of them is in {@code plain}
 * @param parts further nodes, each of the other kind
 * @param nodes the number of nodes, this one included
 */
@SuppressWarnings("ArrayRecordComponent")
record FilterNode(boolean all, long[] plain, long[] negated, List<FilterNode> parts, int nodes) {
    /** Most words of 64 bits, and so most conditions: 256, as a request may have. */
    static final int MAX_WORDS = 4;

    /** Sets of conditions of one filter, each with one bit. */
    static final class ConditionBits {
        private ConditionBits() {}

        static long[] none() {
            return new long[FilterNode.MAX_WORDS];
        }

        static void mark(long[] bits, int condition) {
            bits[condition / Long.SIZE] |= 1L << condition;
        }

        /** Adds conditions to those that hold. */
        static void set(long[] truth, long @Nullable [] bits) {
            if (bits != null) {
                for (int word = 0; word < truth.length; word++) {
                    truth[word] |= bits[word];
                }
            }
        }
    }

    /** Returns the tree of a filter, whose conditions get their bits from {@code conditions}. */
    static FilterNode compile(Filter filter, FilterConditions conditions) {
        Draft root = new Draft(true);
        root.add(filter, false, conditions);
        FilterNode node = root.node();
        return node.parts.size() == 1 && isZero(node.plain) && isZero(node.negated)
                ? node.parts.getFirst()
                : node;
    }

    /** Returns whether the node holds for an item. */
    boolean holds(long[] truth) {
        for (int word = 0; word < MAX_WORDS; word++) {
            long wrong = (truth[word] ^ plain[word]) & (plain[word] | negated[word]);
            long right = ~(truth[word] ^ plain[word]) & (plain[word] | negated[word]);
            if ((all ? wrong : right) != 0) {
                return !all;
            }
        }
        for (FilterNode part : parts) {
            if (part.holds(truth) != all) {
                return !all;
            }
        }
        return all;
    }

    /** Returns whether the node is a conjunction of nothing. */
    boolean holdsAlways() {
        return all && parts.isEmpty() && isZero(plain) && isZero(negated);
    }

    private static boolean isZero(long[] words) {
        long any = 0;
        for (long word : words) {
            any |= word;
        }
        return any == 0;
    }

    private static final class Draft {
        private final boolean all;
        private final long[] plain = new long[MAX_WORDS];
        private final long[] negated = new long[MAX_WORDS];
        private final List<FilterNode> parts = new ArrayList<>();

        Draft(boolean all) {
            this.all = all;
        }

        void add(Filter filter, boolean not, FilterConditions conditions) {
            switch (filter) {
                case Filter.Not(Filter part) -> add(part, !not, conditions);
                case Filter.All(List<Filter> group) -> addGroup(group, !not, not, conditions);
                case Filter.Any(List<Filter> group) -> addGroup(group, not, not, conditions);
                case Filter.Condition _, Filter.OfUser _, Filter.Interacted _ ->
                        ConditionBits.mark(not ? negated : plain, conditions.add(filter));
            }
        }

        /**
         * Adds a group of filters, each negated if {@code not}; by De Morgan's laws the negation of
         * a conjunction is a disjunction of negations.
         */
        private void addGroup(
                List<Filter> group, boolean conjunction, boolean not, FilterConditions conditions) {
            boolean merged = conjunction == all || group.size() == 1;
            Draft into = merged ? this : new Draft(conjunction);
            group.forEach(part -> into.add(part, not, conditions));
            if (!merged) {
                parts.add(into.node());
            }
        }

        FilterNode node() {
            int nodes = 1 + parts.stream().mapToInt(FilterNode::nodes).sum();
            return new FilterNode(all, plain, negated, List.copyOf(parts), nodes);
        }
    }
}
