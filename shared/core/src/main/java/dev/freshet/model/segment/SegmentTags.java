package dev.freshet.model.segment;

import dev.freshet.model.factor.FoldIn;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the users of each segment take more of than others do. A user's share of a tag is that of
 * the user's latest items which have it. A tag tells a segment from others by p · ln(p / q), where
 * p is the mean share among the segment's users and q among all: its part in the Kullback–Leibler
 * divergence of the two, so neither a tag that everybody takes comes first nor one that is rare.
 */
final class SegmentTags {
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
    SegmentTags(ItemTable items, List<Preferences> users, int[] of, int segments) {
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
