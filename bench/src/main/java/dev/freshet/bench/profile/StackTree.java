package dev.freshet.bench.profile;

import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Samples of call stacks, merged by their common callers: how much weight each method has below
 * each of its callers. Memory grows with the number of different stacks.
 */
public final class StackTree {
    private final TreeMap<String, StackTree> callees = new TreeMap<>();
    private long weight;

    /**
     * Adds a sample.
     *
     * @param stack names of methods, the outermost caller first
     * @param of what the sample stands for: 1 for time, bytes for memory
     */
    public void add(List<String> stack, long of) {
        StackTree at = this;
        at.weight += of;
        for (String method : stack) {
            at = at.callees.computeIfAbsent(method, unknown -> new StackTree());
            at.weight += of;
        }
    }

    /** Returns the weight of this method and of all that it called. */
    public long weight() {
        return weight;
    }

    /** Passes on each method that was called from here, in the order of their names. */
    void callees(BiConsumer<String, StackTree> visitor) {
        callees.forEach(visitor);
    }
}
