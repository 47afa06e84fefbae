package dev.freshet.model.history;

import dev.freshet.event.Target;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of a taste when one act had not been: the item keeps a part of its weight and falls
 * back to where its other acts put it, an author or tag is no longer followed. The other items keep
 * their weights.
 *
 * @param rank of the item in the taste, or {@value #FOLLOW} where the act was to follow
 * @param then its rank without the act; {@value #GONE} where this act alone speaks for it
 * @param since when it would have been met last, epoch seconds
 * @param kept of the item's weight, 0 to 1: the root of what is left of its strength
 */
public record Ablation(UserAction act, int rank, int then, long since, float kept) {
    static final int FOLLOW = -1;
    static final int GONE = Integer.MAX_VALUE;

    /**
     * Each act that the taste would be another without, in the order of the acts. An item whose
     * other acts alone are worth {@link Preferences#MOST_STRENGTH} loses no weight by one of them,
     * a follow repeated is none lost; what is disliked or hidden is no item of the taste.
     *
     * @param acts that the taste was made of, newest first
     */
    public static List<Ablation> each(ItemTable items, Preferences taste, List<UserAction> acts) {
        Map<Target, Double> sums = new HashMap<>();
        acts.forEach(act -> sums.merge(act.target(), act.strength(), Double::sum));
        IntIndex ranks = new IntIndex(taste.size());
        for (int item : taste.items()) {
            ranks.orderOrInsert(item);
        }
        List<Ablation> each = new ArrayList<>();
        for (int at = 0; at < acts.size(); at++) {
            UserAction act = acts.get(at);
            double sum = sums.getOrDefault(act.target(), 0.0);
            if (act.strength() <= 0 || sum <= 0) {
                continue;
            }
            double left = sum - act.strength();
            if (act.target().isItem()) {
                int item = items.index(act.target().id());
                int rank = item < 0 ? -1 : ranks.order(item);
                if (rank >= 0) {
                    long since = left <= 0 ? 0 : since(taste.epochSeconds()[rank], acts, at);
                    int then = left <= 0 ? GONE : then(taste, rank, since);
                    each.add(new Ablation(act, rank, then, since, kept(left, sum)));
                }
            } else if (left <= 0) {
                each.add(new Ablation(act, FOLLOW, FOLLOW, 0, 0));
            }
        }
        return each;
    }

    /** The part of the item's weight that goes. */
    public float gone() {
        return 1 - kept;
    }

    public boolean isFollow() {
        return rank == FOLLOW;
    }

    /** When the item's latest other act was; as it is if that is the latest anyway. */
    private static long since(long now, List<UserAction> acts, int without) {
        Target target = acts.get(without).target();
        for (int at = 0; at < acts.size(); at++) {
            if (at != without && acts.get(at).target().equals(target)) {
                return Math.min(now, acts.get(at).at().getEpochSecond());
            }
        }
        return now;
    }

    /** As many items back as were met since. */
    private static int then(Preferences taste, int rank, long since) {
        int then = rank;
        while (then + 1 < taste.size() && taste.epochSeconds()[then + 1] > since) {
            then++;
        }
        return then;
    }

    private static float kept(double left, double sum) {
        double most = Preferences.MOST_STRENGTH;
        return left <= 0 ? 0 : (float) Math.sqrt(Math.min(most, left) / Math.min(most, sum));
    }
}
