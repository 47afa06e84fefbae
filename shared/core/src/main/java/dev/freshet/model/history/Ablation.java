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
public record Ablation(UserAction action, int rank, int then, long since, float kept) {
    static final int FOLLOW = -1;
    static final int GONE = Integer.MAX_VALUE;

    /**
     * Each act that the taste would be another without, in the order of the acts. An item whose
     * other acts alone are worth {@link Preferences#MOST_STRENGTH} loses no weight by one of them,
     * a follow repeated is none lost; what is disliked or hidden is no item of the taste.
     *
     * @param actions that the taste was made of, newest first
     */
    public static List<Ablation> each(
            ItemTable items, Preferences preferences, List<UserAction> actions) {
        Map<Target, Double> sums = new HashMap<>();
        actions.forEach(action -> sums.merge(action.target(), action.strength(), Double::sum));
        IntIndex ranks = new IntIndex(preferences.size());
        for (int item : preferences.items()) {
            ranks.orderOrInsert(item);
        }
        List<Ablation> each = new ArrayList<>();
        for (int at = 0; at < actions.size(); at++) {
            UserAction action = actions.get(at);
            double sum = sums.getOrDefault(action.target(), 0.0);
            if (action.strength() <= 0 || sum <= 0) {
                continue;
            }
            double left = sum - action.strength();
            if (action.target().isItem()) {
                int item = items.index(action.target().id());
                int rank = item < 0 ? -1 : ranks.order(item);
                if (rank >= 0) {
                    long since =
                            left <= 0 ? 0 : since(preferences.epochSeconds()[rank], actions, at);
                    int then = left <= 0 ? GONE : then(preferences, rank, since);
                    each.add(new Ablation(action, rank, then, since, kept(left, sum)));
                }
            } else if (left <= 0) {
                each.add(new Ablation(action, FOLLOW, FOLLOW, 0, 0));
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
    private static long since(long now, List<UserAction> actions, int without) {
        Target target = actions.get(without).target();
        for (int at = 0; at < actions.size(); at++) {
            if (at != without && actions.get(at).target().equals(target)) {
                return Math.min(now, actions.get(at).at().getEpochSecond());
            }
        }
        return now;
    }

    /** As many items back as were met since. */
    private static int then(Preferences preferences, int rank, long since) {
        int then = rank;
        while (then + 1 < preferences.size() && preferences.epochSeconds()[then + 1] > since) {
            then++;
        }
        return then;
    }

    private static float kept(double left, double sum) {
        double most = Preferences.MOST_STRENGTH;
        return left <= 0 ? 0 : (float) Math.sqrt(Math.min(most, left) / Math.min(most, sum));
    }
}
