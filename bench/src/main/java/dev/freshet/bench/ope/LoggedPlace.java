package dev.freshet.bench.ope;

import java.util.List;

/**
 * One place of a logged list.
 *
 * @param item the item shown
 * @param propensity probability of the item here, given the places above, by the logging policy;
 *     greater than 0, at most 1
 * @param target its probability by the policy that is evaluated, 0 to 1
 * @param reward such as 1 for a click
 * @param pool what could have been shown here, with the item itself; empty if the log has only the
 *     item
 */
record LoggedPlace(
        String item, double propensity, double target, double reward, List<Alternative> pool) {
    /** An item that could have been shown, with its probability by each policy. */
    record Alternative(String item, double propensity, double target) {}

    LoggedPlace {
        pool = List.copyOf(pool);
    }

    /** Returns how much more often the evaluated policy would have shown the item here. */
    double weight() {
        return target / propensity;
    }
}
