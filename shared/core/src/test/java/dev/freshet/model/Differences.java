package dev.freshet.model;

import dev.freshet.bytes.ByteSink;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.rating.RatingCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the sums and baskets of two models of the same items, one of which had seen and
 * forgotten a person. A row from which nothing was dropped must be equal to the bit; of any other
 * row, the generations that still count by the clock must be equal. A window of trends in both
 * models must be equal; one that is in only one model must have been dropped from the other because
 * of a bound.
 */
final class Differences {
    private final Model forgot;
    private final Model never;
    private final long clock;
    private final List<String> found = new ArrayList<>();

    private Differences(Model forgot, Model never) {
        this.forgot = forgot;
        this.never = never;
        clock = Math.max(forgot.clock().getEpochSecond(), never.clock().getEpochSecond());
    }

    static List<String> between(Model forgot, Model never) {
        Differences differences = new Differences(forgot, never);
        differences.baskets();
        differences.items();
        differences.scopes();
        differences.windows();
        return differences.found;
    }

    private void baskets() {
        if (!Arrays.equals(bytes(forgot), bytes(never))) {
            found.add("baskets");
        }
    }

    private static byte[] bytes(Model model) {
        ByteSink out = new ByteSink(1_000);
        Baskets.form(model.items().size()).write(model.baskets(), out);
        return out.toBytes();
    }

    private void items() {
        Counts a = forgot.counts();
        Counts b = never.counts();
        for (int item = 0; item < never.items().size(); item++) {
            same("people of " + item, a.totals().get(item), b.totals().get(item));
            RatingCounts ours = forgot.ratingCounts();
            RatingCounts theirs = never.ratingCounts();
            same("ratings of " + item, ours.counts().get(item), theirs.counts().get(item));
            same("stars of " + item, ours.sums().get(item), theirs.sums().get(item));
            for (HalfLife halfLife : HalfLife.values()) {
                int row = Counts.row(item, halfLife);
                row(
                        item + " over " + halfLife,
                        halfLife,
                        new long[] {
                            a.states().get(row), a.sums().get(2 * row), a.sums().get(2 * row + 1)
                        },
                        new long[] {
                            b.states().get(row), b.sums().get(2 * row), b.sums().get(2 * row + 1)
                        });
            }
        }
        same("ratings", forgot.ratingCounts().count(), never.ratingCounts().count());
    }

    private void scopes() {
        Set<String> scopes = new TreeSet<>(forgot.scoped().byScope().keySet());
        scopes.addAll(never.scoped().byScope().keySet());
        for (String scope : scopes) {
            for (int item = 0; item < never.items().size(); item++) {
                for (int which = 0; which < 2; which++) {
                    row(
                            scope + " " + item,
                            which == 0 ? ScopeCounts.SHORT : ScopeCounts.LONG,
                            scoped(forgot, scope, item, which),
                            scoped(never, scope, item, which));
                }
            }
        }
    }

    private static long[] scoped(Model model, String scope, int item, int which) {
        ScopeCounts counts = model.scoped().byScope().get(scope);
        for (int order = 0; counts != null && order < counts.size(); order++) {
            if (counts.item(order) == item) {
                return new long[] {
                    counts.state(order, which),
                    counts.sum(order, 2 * which),
                    counts.sum(order, 2 * which + 1)
                };
            }
        }
        return new long[3];
    }

    private void row(String what, HalfLife halfLife, long[] ours, long[] theirs) {
        if (Decay.lost((int) ours[0]) == Decay.NOTHING_LOST) {
            if (!Arrays.equals(ours, theirs)) {
                found.add(what + ": " + Arrays.toString(ours) + " " + Arrays.toString(theirs));
            }
            return;
        }
        int present = Decay.generation(clock, halfLife);
        for (int generation = present - 1; generation <= present; generation++) {
            same(what + " in " + generation, sum(ours, generation), sum(theirs, generation));
        }
    }

    private static long sum(long[] row, int generation) {
        int newest = Decay.newest((int) row[0]);
        boolean kept = generation == newest || generation == newest - 1;
        return kept ? row[1 + (generation & 1)] : 0;
    }

    private void windows() {
        compare(forgot.windows(), never.windows());
        compare(never.windows(), forgot.windows());
    }

    private void compare(Windows some, Windows others) {
        for (Windows.Window window : some.kept()) {
            long floor = others.floors().get(Windows.LENGTHS.indexOf(window.length()));
            List<String> same =
                    others.kept().stream()
                            .filter(window::isSame)
                            .map(Differences::describe)
                            .toList();
            boolean left = same.isEmpty() && window.start() <= floor;
            if (!left && !same.equals(List.of(describe(window)))) {
                found.add("window " + describe(window) + ": " + same);
            }
        }
    }

    private static String describe(Windows.Window window) {
        StringBuilder text = new StringBuilder(window.length() + " from " + window.start());
        window.sorted()
                .forEach(
                        (scope, counts) -> {
                            text.append(' ').append(scope);
                            for (int order : counts.sorted()) {
                                text.append(" " + counts.item(order) + "x" + counts.count(order));
                            }
                        });
        return text.toString();
    }

    private void same(String what, long ours, long theirs) {
        if (ours != theirs) {
            found.add(what + ": " + ours + ", never seen " + theirs);
        }
    }
}
