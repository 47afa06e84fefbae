package dev.freshet.testkit.fuzz;

import java.util.List;

/**
 * Something that takes bytes which may be anything. Has a public constructor without parameters.
 */
public interface FuzzTarget {
    /** Two or three words, for the table. */
    String name();

    /** Inputs that are good, to begin from. */
    List<byte[]> seeds();

    /** Words of its language. */
    default List<String> words() {
        return List.of();
    }

    /** Most bytes of a generated input. */
    default int longest() {
        return 4_096;
    }

    /**
     * Takes an input. Returns where it was taken, and where it was refused in the way that is the
     * target's own; everything thrown is a finding.
     */
    void take(byte[] input) throws Exception;

    /** Whether it connects to a server of its own, which is otherwise a finding. */
    default boolean connects() {
        return false;
    }

    /** Most bytes that may be allocated for an input of this length. */
    default long mostAllocated(int length) {
        return (8L << 20) + 2_000L * length;
    }
}
