package dev.freshet.model.vectors;

import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        Sample sample = Sample.of(baskets, factors, MAX_PEOPLE);
        if (sample.people() == 0) {
            return new SegmentState(List.of(), last.given(), day, steps, 0);
        }
        KMeans.Clusters clusters = clusters(last, sample);
        int[] sizes = sizes(clusters.of(), clusters.centres().length);
        Map<Integer, Segment> kept = kept(last, sample, clusters, sizes);
        Tags tags = new Tags(items, sample.preferences(), clusters.of(), sizes.length);
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

    private static KMeans.Clusters clusters(SegmentState last, Sample sample) {
        KMeans means = new KMeans(sample.vectors());
        int most = Math.clamp(sample.people() / PEOPLE_EACH, 1, SegmentState.MOST);
        KMeans.Clusters fresh = means.grown(new float[0][], most);
        if (last.segments().isEmpty()) {
            return fresh;
        }
        KMeans.Clusters warm = means.grown(last.centres(), most);
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
            SegmentState last, Sample sample, KMeans.Clusters clusters, int[] sizes) {
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

    /**
     * The users that segments are drawn from, in the order of a hash of their pseudonyms: those
     * with the lowest hashes among the most recently active ones. So mostly the same people are in
     * the sample from day to day. Users that do not count for others yet are left out.
     *
     * @param vectors the direction of each user
     * @param preferences parallel to {@code vectors}
     */
    @SuppressWarnings("ArrayRecordComponent") // never modified
    record Sample(float[][] vectors, List<Preferences> preferences) {
        /** Most baskets that are looked at, the most recently active ones. */
        private static final int MAX_ACTIVE = 100_000;

        /**
         * Reads the sample.
         *
         * @param most users
         */
        static Sample of(Baskets baskets, Factors factors, int most) {
            Segments.UserVectors users = new Segments.UserVectors(factors);
            List<float[]> vectors = new ArrayList<>();
            List<Preferences> preferences = new ArrayList<>();
            for (long key : byHash(baskets)) {
                Preferences one = Preferences.of(baskets.basket((int) key));
                float[] vector = users.of(one);
                if (vector != null) {
                    vectors.add(vector);
                    preferences.add(one);
                }
                if (vectors.size() == most) {
                    break;
                }
            }
            return new Sample(vectors.toArray(float[][]::new), preferences);
        }

        int people() {
            return vectors.length;
        }

        /**
         * Returns the slots of the latest baskets below the hashes of their pseudonyms, ascending.
         * Of two equal hashes of 32 bits the slot decides, which no snapshot keeps; so both are
         * left out.
         */
        private static long[] byHash(Baskets baskets) {
            long[] keys = new long[Math.min(MAX_ACTIVE, baskets.users())];
            int size = 0;
            for (int link = baskets.activity().newest();
                    link != 0 && size < keys.length;
                    link = baskets.activity().older().get(link - 1)) {
                int slot = link - 1;
                if (!baskets.newcomers().isWaiting(slot)) {
                    keys[size++] = (hash(baskets.keys().get(slot)) & 0xFFFFFFFF00000000L) | slot;
                }
            }
            keys = Arrays.copyOf(keys, size);
            Arrays.sort(keys);
            int kept = 0;
            for (int at = 0; at < size; at++) {
                boolean alone =
                        (at == 0 || keys[at - 1] >> 32 != keys[at] >> 32)
                                && (at == size - 1 || keys[at + 1] >> 32 != keys[at] >> 32);
                if (alone) {
                    keys[kept++] = keys[at];
                }
            }
            return Arrays.copyOf(keys, kept);
        }

        private static long hash(long pseudonym) {
            long mixed = (pseudonym ^ (pseudonym >>> 32)) * 0x9E3779B97F4A7C15L;
            return mixed ^ (mixed >>> 29);
        }
    }

    /**
     * What the users of each segment take more of than others do. A user's share of a tag is that
     * of the user's latest items which have it. A tag tells a segment from others by p · ln(p / q),
     * where p is the mean share among the segment's users and q among all: its part in the
     * Kullback–Leibler divergence of the two, so neither a tag that everybody takes comes first nor
     * one that is rare.
     */
    static final class Tags {
        /** Most tags of a segment. */
        static final int MAX_TAGS = 10;

        /** Most tags of a name. */
        static final int NAME_TAGS = 3;

        /** Least lift of a tag. */
        private static final double LEAST_LIFT = 1.2;

        /** A tag of a name gives way to one that tells so many times more. */
        private static final double MARGIN = 1.25;

        /** A name has tags that tell at least this part of what its first one tells. */
        private static final double NAME_SHARE = 0.5;

        private record Scored(Segment.Tag tag, double score) {}

        private static final Comparator<Scored> BEST_FIRST =
                Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparing(one -> one.tag().tag());

        private static final class Group {
            private final Map<String, Double> shares = new HashMap<>();
            private final Map<String, Integer> people = new HashMap<>();
            private int users;
        }

        private final Group[] groups;
        private final Map<String, Double> all = new HashMap<>();
        private int users;

        /**
         * Counts the tags.
         *
         * @param of parallel to {@code users}: the index of each one's segment
         */
        Tags(ItemTable items, List<Preferences> users, int[] of, int segments) {
            groups = new Group[segments];
            for (int at = 0; at < segments; at++) {
                groups[at] = new Group();
            }
            for (int user = 0; user < of.length; user++) {
                add(items, users.get(user), groups[of[user]]);
            }
        }

        private void add(ItemTable items, Preferences user, Group group) {
            int read = Math.min(FoldIn.MAX_ITEMS, user.size());
            Set<String> known = new HashSet<>();
            for (int rank = 0; rank < read; rank++) {
                for (String tag : items.item(user.items()[rank]).tags()) {
                    group.shares.merge(tag, 1.0 / read, Double::sum);
                    all.merge(tag, 1.0 / read, Double::sum);
                    if (known.add(tag)) {
                        group.people.merge(tag, 1, Integer::sum);
                    }
                }
            }
            group.users++;
            users++;
        }

        /** Returns the tags of a segment, those that tell most first. */
        List<Segment.Tag> of(int segment) {
            return scored(segment).stream().limit(MAX_TAGS).map(Scored::tag).toList();
        }

        /**
         * Returns the tags that name a segment.
         *
         * @param before the name until now, which stays unless others tell clearly more
         */
        List<String> name(int segment, List<String> before) {
            List<Scored> best =
                    scored(segment).stream()
                            .map(
                                    one ->
                                            before.contains(one.tag().tag())
                                                    ? new Scored(one.tag(), MARGIN * one.score())
                                                    : one)
                            .sorted(BEST_FIRST)
                            .limit(NAME_TAGS)
                            .toList();
            List<String> next = new ArrayList<>();
            for (Scored one : best) {
                if (one.score() >= NAME_SHARE * best.getFirst().score()) {
                    next.add(one.tag().tag());
                }
            }
            LinkedHashSet<String> inOrder = new LinkedHashSet<>(before);
            inOrder.retainAll(next);
            inOrder.addAll(next);
            return List.copyOf(inOrder);
        }

        private List<Scored> scored(int segment) {
            Group group = groups[segment];
            List<Scored> scored = new ArrayList<>();
            group.people.forEach(
                    (tag, people) -> {
                        double share = group.shares.getOrDefault(tag, 0.0) / group.users;
                        double lift = share * users / all.getOrDefault(tag, 1.0);
                        if (people >= Segment.LEAST_PEOPLE && lift >= LEAST_LIFT) {
                            scored.add(
                                    new Scored(
                                            new Segment.Tag(tag, people, (float) lift),
                                            share * StrictMath.log(lift)));
                        }
                    });
            scored.sort(BEST_FIRST);
            return scored;
        }
    }
}
