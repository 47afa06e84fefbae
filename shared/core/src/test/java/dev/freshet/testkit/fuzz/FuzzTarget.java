package dev.freshet.testkit.fuzz;

import java.util.List;

/**
 * A function under fuzzing, which accepts arbitrary bytes. An implementation has a public
 * constructor without parameters.
 */
public interface FuzzTarget {
    /** Returns the name of the target, two or three words, for the table of results. */
    String name();

    /** Returns valid inputs, from which mutations start. */
    List<byte[]> seeds();

    /** Returns words of the input format, which mutations insert. */
    default List<String> words() {
        return List.of();
    }

    /** Returns the maximum length of a generated input, in bytes. */
    default int maxLength() {
        return 4_096;
    }

    /**
     * Processes an input. Returns normally if the input is accepted, and if it is rejected in the
     * way that the target specifies; every exception is a finding.
     */
    void take(byte[] input) throws Exception;

    /**
     * Returns whether the target connects to a server of its own; for other targets a connection is
     * a finding.
     */
    default boolean connects() {
        return false;
    }

    /** Returns the maximum number of bytes allocated for an input of this length. */
    default long maxAllocatedBytes(int length) {
        return (8L << 20) + 2_000L * length;
    }
}
