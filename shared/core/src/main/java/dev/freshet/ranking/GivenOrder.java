package dev.freshet.ranking;

import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.ranking.ResolvedRules.PinnedItem;
import dev.freshet.ranking.ResolvedRules.Promoted;
import dev.freshet.ranking.policy.PlackettLuce;
import dev.freshet.ranking.policy.Pool.FixedPool;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Gives every given item a place, in turn: to the item that is pinned to the place; else, where
 * fewer of the places so far went to promoted items than their share, to the best of these; else to
 * a draw among all that have no place, or to the best of them. Pinned items count for limits from
 * the beginning. What a filter withholds, or what limits and the least score hold back, has its
 * place by score alone and counts for nothing. Used once, by one thread.
 *
 * <p>Cost: for n items, n filters of each promotion, and n steps for each promoted place.
 */
final class GivenOrder {
    private final ItemScores ranked;
    private final ResolvedRules rules;
    private final double temperature;
    private final ValueLimits limits;
    private final FixedPool pool;
    private final double mean;
    private final NavigableMap<Integer, Integer> pins = new TreeMap<>();
    private final boolean[][] promoted;
    private final int[] placed;
    private final List<Position> positions = new ArrayList<>();
    private final List<Withheld> held = new ArrayList<>();
    private final Model model;
    private int first;

    /**
     * Creates an order in which nothing has a place.
     *
     * @param ranked the given items, best first
     * @param temperature of the draws of the first places, 0 (by score alone) to 1
     */
    GivenOrder(Model model, ItemScores ranked, ResolvedRules rules, double temperature) {
        this.model = model;
        this.ranked = ranked;
        this.rules = rules;
        this.temperature = temperature;
        limits = ValueLimits.only(model, rules.limits());
        mean = ResolvedRules.mean(ranked);
        double[] worth = new double[ranked.size()];
        for (int rank = 0; rank < worth.length; rank++) {
            worth[rank] = Exploration.shown(ranked.score(rank));
        }
        pool = new FixedPool(worth);
        List<Promoted> promotions = rules.promotions();
        placed = new int[promotions.size()];
        promoted = new boolean[promotions.size()][worth.length];
        for (int of = 0; of < placed.length; of++) {
            for (int rank = 0; rank < worth.length; rank++) {
                promoted[of][rank] = promotions.get(of).filter().test(ranked.item(rank));
            }
        }
    }

    /** Gives all places. */
    List<Position> place(RandomGenerator random) {
        PlackettLuce policy = PlackettLuce.of(temperature, pool);
        pin();
        drop();
        while (isOpen() || !pins.isEmpty()) {
            Position next = next(policy, random);
            positions.add(next);
            pool.place(next.rank());
            count(next);
        }
        return positions;
    }

    /** Returns what limits and the least score hold back, in the order in which it was found. */
    List<Withheld> withheld() {
        return held;
    }

    private void pin() {
        for (PinnedItem pin : rules.pins()) {
            for (int rank = 0; rank < ranked.size(); rank++) {
                if (ranked.item(rank) == pin.item() && !rules.withheld().contains(pin.item())) {
                    pins.put(pin.position() - 1, rank);
                    pool.place(rank);
                    limits.place(pin.item());
                }
            }
        }
    }

    /** Leaves out what is held back by now, if that is asked for. */
    private void drop() {
        for (int rank = 0; rank < ranked.size() && rules.drop(); rank++) {
            if (pool.open(rank) && isHeldBack(rank)) {
                pool.place(rank);
                hold(rank);
            }
        }
    }

    private boolean isOpen() {
        while (first < ranked.size() && !pool.open(first)) {
            first++;
        }
        return first < ranked.size();
    }

    private Position next(PlackettLuce policy, RandomGenerator random) {
        int at = positions.size();
        Map.Entry<Integer, Integer> pin = pins.firstEntry();
        if (pin != null && (pin.getKey() <= at || !isOpen())) {
            pins.pollFirstEntry();
            return new Position(pin.getValue(), 1, Kind.PINNED);
        }
        for (int of = 0; of < placed.length; of++) {
            if (placed[of] < rules.promotions().get(of).due(at + 1)) {
                int best = best(promoted[of]);
                if (best >= 0) {
                    return new Position(best, 1, Kind.PROMOTED);
                }
            }
        }
        if (temperature > 0 && at < Ranking.MAX_DRAWN) {
            Draw draw = policy.draw(pool, random);
            return new Position(draw.index(), draw.probability(), Kind.DRAWN);
        }
        return new Position(first, 1, Kind.CHOSEN);
    }

    private int best(boolean[] matches) {
        for (int rank = first; rank < matches.length; rank++) {
            if (matches[rank]
                    && pool.open(rank)
                    && !rules.withheld().contains(ranked.item(rank))
                    && !isHeldBack(rank)) {
                return rank;
            }
        }
        return -1;
    }

    private void count(Position position) {
        int rank = position.rank();
        int item = ranked.item(rank);
        boolean pinned = position.kind() == Kind.PINNED;
        if (rules.withheld().contains(item)) {
            return;
        }
        if (!pinned && isHeldBack(rank)) {
            hold(rank);
            return;
        }
        for (int of = 0; of < placed.length; of++) {
            placed[of] += promoted[of][rank] ? 1 : 0;
        }
        if (!pinned && limits.place(item)) {
            drop();
        }
    }

    private boolean isHeldBack(int rank) {
        return isBelow(rank) || !limits.allow(ranked.item(rank));
    }

    private void hold(int rank) {
        int item = ranked.item(rank);
        Limit limit = isBelow(rank) ? null : limits.reached(item);
        held.add(Withheld.by(model.items().id(item), limit));
    }

    private boolean isBelow(int rank) {
        return ResolvedRules.chance(ranked.score(rank), mean) < rules.minScore();
    }
}
