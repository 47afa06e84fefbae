package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A made-up shop of anonymous sessions. Items lie in groups of twenty; from each lead ways to six
 * others, most of them of its group, and the first of them are taken most. A session goes such a
 * way from its latest item, or back to an item that it had: a third of the clicks are repeats.
 */
final class SessionWorld {
    private static final int GROUP = 20;
    private static final int WAYS = 6;
    private static final double BACK = 0.5;
    private static final double ON = 0.72;
    private static final int LONGEST = 20;

    private final SplittableRandom random;
    private final int items;
    private final int[][] ways;

    /** Creates a world; the same seed gives the same one. */
    SessionWorld(long seed, int groups) {
        random = new SplittableRandom(seed);
        items = groups * GROUP;
        ways = new int[items][];
        for (int item = 0; item < items; item++) {
            LinkedHashSet<Integer> to = new LinkedHashSet<>();
            while (to.size() < WAYS) {
                int near = item / GROUP * GROUP + random.nextInt(GROUP);
                int other = random.nextInt(4) == 0 ? random.nextInt(items) : near;
                if (other != item) {
                    to.add(other);
                }
            }
            ways[item] = to.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** Returns the items of a session, of at least two clicks. */
    List<Integer> session() {
        double skewed = random.nextDouble();
        List<Integer> clicks = new ArrayList<>();
        clicks.add((int) (items * skewed * skewed));
        do {
            clicks.add(next(clicks));
        } while (random.nextDouble() < ON && clicks.size() < LONGEST);
        return clicks;
    }

    private int next(List<Integer> clicks) {
        Set<Integer> others = new LinkedHashSet<>(clicks);
        others.remove(clicks.getLast());
        List<Integer> earlier = List.copyOf(others);
        if (!earlier.isEmpty() && random.nextDouble() < BACK) {
            return earlier.get(earlier.size() - 1 - skewed(earlier.size()));
        }
        return ways[clicks.getLast()][skewed(WAYS)];
    }

    /** Returns a number below {@code n}, small ones more often. */
    private int skewed(int n) {
        double one = random.nextDouble();
        return (int) (n * one * one);
    }
}
