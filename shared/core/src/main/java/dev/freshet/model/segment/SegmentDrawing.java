package dev.freshet.model.segment;

import dev.freshet.model.basket.Baskets;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.item.ItemTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the segments anew from a sample of users, at most once a day where a site is not young.
 * k-means begins at the centres of the drawing before, so segments stay from day to day; a fresh
 * beginning takes over where it fits clearly better. A segment keeps its number where it shares a
 * third of its users with the one before; a number is never given twice.
 *
 * <p>Cost: some 60 µs for each of at most {@value #MAX_PEOPLE} users.
 */
public final class SegmentDrawing {
    /** Most users in the sample. */
    static final int MAX_PEOPLE = 2_048;

    /** Learning steps until the first drawing. */
    static final int FIRST_STEPS = 200;

    /** Learning steps from one day's drawing to the next. */
    static final int LEAST_STEPS = 1_000;

    /** Users of the sample for each segment, on average. */
    private static final int PEOPLE_EACH = 25;

    /** A fresh beginning takes over where its sum of squares is at most this part. */
    private static final double CLEARLY_BETTER = 0.9;

    /** Users that two segments share, over those of either, for the later to keep the number. */
    private static final double LEAST_COMMON = 1.0 / 3;

    private record Pair(int now, int before, int common) {}

    private SegmentDrawing() {}

    /**
     * Returns whether it is time to draw again.
     *
     * @param day since 1970-01-01 in UTC
     * @param steps learning steps of the vectors so far
     */
    public static boolean isDue(SegmentState last, int day, long steps) {
        return steps >= Math.max(FIRST_STEPS, 2 * last.steps())
                || (day > last.day() && steps - last.steps() >= LEAST_STEPS);
    }

    /** Returns the segments as drawn now; those of before where no user has a vector. */
    public static SegmentState draw(
            SegmentState last,
            ItemTable items,
            Baskets baskets,
            Factors factors,
            int day,
            long steps) {
        SegmentSample sample = SegmentSample.of(baskets, factors, MAX_PEOPLE);
        if (sample.people() == 0) {
            return new SegmentState(List.of(), last.given(), day, steps, 0);
        }
        KMeans.Clusters clusters = clusters(last, sample);
        int[] sizes = sizes(clusters.of(), clusters.centres().length);
        Map<Integer, Segment> kept = kept(last, sample, clusters, sizes);
        SegmentTags tags =
                new SegmentTags(items, sample.preferences(), clusters.of(), sizes.length);
        List<Segment> segments = new ArrayList<>();
        int given = last.given();
        for (int at = 0; at < sizes.length; at++) {
            if (sizes[at] > 0) {
                Segment before = kept.get(at);
                segments.add(
                        new Segment(
                                before == null ? ++given : before.number(),
                                clusters.centres()[at],
                                sizes[at],
                                tags.name(at, before == null ? List.of() : before.name()),
                                tags.of(at)));
            }
        }
        segments.sort(Comparator.comparingInt(Segment::number));
        return new SegmentState(segments, given, day, steps, sample.people());
    }

    private static KMeans.Clusters clusters(SegmentState last, SegmentSample sample) {
        KMeans means = new KMeans(sample.vectors());
        int most = Math.clamp(sample.people() / PEOPLE_EACH, 1, SegmentState.MOST);
        KMeans.Clusters fresh = means.from(means.chosen(new float[0][], most));
        if (last.segments().isEmpty()) {
            return fresh;
        }
        KMeans.Clusters warm = means.from(means.chosen(last.centres(), most));
        return fresh.squares() <= CLEARLY_BETTER * warm.squares() ? fresh : warm;
    }

    private static int[] sizes(int[] of, int count) {
        int[] sizes = new int[count];
        for (int one : of) {
            sizes[one]++;
        }
        return sizes;
    }

    /** Returns the segments of before that go on, by index of the cluster. */
    private static Map<Integer, Segment> kept(
            SegmentState last, SegmentSample sample, KMeans.Clusters clusters, int[] sizes) {
        int former = last.segments().size();
        if (former == 0) {
            return Map.of();
        }
        int[] before = new KMeans(sample.vectors()).assign(last.centres());
        int[] formerSizes = sizes(before, former);
        int[][] common = new int[sizes.length][former];
        for (int user = 0; user < before.length; user++) {
            common[clusters.of()[user]][before[user]]++;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int now = 0; now < sizes.length; now++) {
            for (int old = 0; old < former; old++) {
                int either = sizes[now] + formerSizes[old] - common[now][old];
                if (common[now][old] > 0 && common[now][old] >= LEAST_COMMON * either) {
                    pairs.add(new Pair(now, old, common[now][old]));
                }
            }
        }
        pairs.sort(
                Comparator.comparingInt(Pair::common)
                        .reversed()
                        .thenComparingInt(Pair::before)
                        .thenComparingInt(Pair::now));
        Map<Integer, Segment> kept = new HashMap<>();
        boolean[] taken = new boolean[former];
        for (Pair pair : pairs) {
            if (!taken[pair.before] && !kept.containsKey(pair.now)) {
                taken[pair.before] = true;
                kept.put(pair.now, last.segments().get(pair.before));
            }
        }
        return kept;
    }
}
