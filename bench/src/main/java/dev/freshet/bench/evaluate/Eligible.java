package dev.freshet.bench.evaluate;

/**
 * Who is ranked at one moment: every item met so far by anybody, less those that this person has
 * met; or with repeats, every item met so far.
 *
 * @param repeats whether items that the person has met are ranked too
 */
record Eligible(Stand stand, int person, boolean repeats) {
    boolean has(int item) {
        return item >= 0 && item < stand.items() && (repeats || !stand.hasSeen(person, item));
    }

    int size() {
        return stand.items() - (repeats ? 0 : stand.seenBy(person));
    }
}
