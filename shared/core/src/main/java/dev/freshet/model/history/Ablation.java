package dev.freshet.model.history;

import dev.freshet.event.Target;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The effect of removing one of a user's actions from the user's preferences. The action's item
 * keeps a part of its weight and falls back to the rank that its other actions give it, or an
 * author or tag is no longer followed. The weights of the other items are not changed.
 *
 * @param action the action that is removed
 * @param rank the item's rank in the preferences, or {@value #FOLLOW} where the action follows an
 *     author or tag
 * @param newRank the item's rank without the action; {@value #REMOVED} where the item's remaining
 *     strength is not positive
 * @param lastInteractionAt epoch seconds of the item's latest interaction without the action
 * @param remainingShare share of the item's weight that remains, 0 to 1: the square root of the
 *     ratio of remaining to full strength
 */
public record Ablation(
        UserAction action, int rank, int newRank, long lastInteractionAt, float remainingShare) {
    static final int FOLLOW = -1;
    static final int REMOVED = Integer.MAX_VALUE;

    /**
     * Returns an ablation for each action whose removal changes the preferences, in the order of
     * the actions. An item whose other actions add up to {@link Preferences#MAX_STRENGTH} or more
     * loses no weight without one of them. A repeated follow is not changed by removing one of its
     * actions. Items disliked or hidden on balance are not part of the liked items and have no
     * ablation.
     *
     * @param actions the actions that the preferences were computed from, newest first
     */
    public static List<Ablation> each(
            ItemTable items, Preferences preferences, List<UserAction> actions) {
        Map<Target, Double> sums = new HashMap<>();
        actions.forEach(action -> sums.merge(action.target(), action.strength(), Double::sum));
        IntIndex ranks = preferences.ranks();
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
                    long lastInteractionAt =
                            left <= 0
                                    ? 0
                                    : lastInteractionAt(
                                            preferences.epochSeconds()[rank], actions, at);
                    int newRank =
                            left <= 0 ? REMOVED : newRank(preferences, rank, lastInteractionAt);
                    each.add(
                            new Ablation(
                                    action,
                                    rank,
                                    newRank,
                                    lastInteractionAt,
                                    remainingShare(left, sum)));
                }
            } else if (left <= 0) {
                each.add(new Ablation(action, FOLLOW, FOLLOW, 0, 0));
            }
        }
        return each;
    }

    /** Returns the share of the item's weight that is lost, 0 to 1. */
    public float lostShare() {
        return 1 - remainingShare;
    }

    /** Returns whether nothing of the item remains without the action. */
    public boolean isRemoval() {
        return newRank == REMOVED;
    }

    /** Returns whether the action follows an author or a tag. */
    public boolean isFollow() {
        return rank == FOLLOW;
    }

    /** Returns the time of the item's latest other action, at most {@code now}. */
    private static long lastInteractionAt(long now, List<UserAction> actions, int without) {
        Target target = actions.get(without).target();
        for (int at = 0; at < actions.size(); at++) {
            if (at != without && actions.get(at).target().equals(target)) {
                return Math.min(now, actions.get(at).at().getEpochSecond());
            }
        }
        return now;
    }

    /** Returns the rank after moving behind all items with a later interaction. */
    private static int newRank(Preferences preferences, int rank, long lastInteractionAt) {
        int newRank = rank;
        while (newRank + 1 < preferences.size()
                && preferences.epochSeconds()[newRank + 1] > lastInteractionAt) {
            newRank++;
        }
        return newRank;
    }

    private static float remainingShare(double left, double sum) {
        double most = Preferences.MAX_STRENGTH;
        return left <= 0 ? 0 : (float) Math.sqrt(Math.min(most, left) / Math.min(most, sum));
    }
}
