package dev.freshet.check;

/** Checks of arguments by constructors and methods. */
public final class Check {
    private Check() {}

    /**
     * Requires that an argument keeps a rule. The text is made whether or not it is needed: where
     * that costs more than the check and the check is made often, throw directly.
     *
     * @param rule what holds for every valid argument, or what is wrong with this one
     * @throws IllegalArgumentException if it does not hold
     */
    public static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
