package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.NewItemSignals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Gives items that few users could interact with yet ({@link NewItemSignals}) a fair chance: of
 * every ten positions the fifth goes to one of them, drawn with odds by score (softmax). The
 * probability of the draw is the item's propensity in the exposure token, for off-policy
 * evaluation. Lists of fewer than five positions stay unchanged, and each new item that is chosen
 * by score saves one draw.
 */
public final class Exploration {
    /** First position that is drawn, from 0. */
    static final int FIRST = 4;

    static final int EVERY = 10;

    /**
     * One position of the list.
     *
     * @param rank into the ranked candidates
     * @param propensity probability that the item is at this position; 1 where it was not drawn
     */
    public record Position(int rank, double propensity) {}

    /**
     * Replaces positions of the list by drawn items.
     *
     * @param ranked every candidate, best first
     * @param chosen ranks, best position first
     * @return as many positions as were chosen
     */
    public List<Position> place(
            ItemTable items,
            Candidates candidates,
            ItemScores ranked,
            int[] chosen,
            RandomGenerator random) {
        List<Position> places = new ArrayList<>();
        Set<String> groups = new HashSet<>();
        IntIndex taken = new IntIndex(chosen.length);
        int earned = 0;
        for (int rank : chosen) {
            Item item = items.item(ranked.item(rank));
            if (item.group() != null) {
                groups.add(item.group());
            }
            taken.orderOrInsert(rank);
            earned += isNewcomer(candidates, ranked.item(rank)) ? 1 : 0;
            places.add(new Position(rank, 1));
        }
        for (int at = FIRST + EVERY * earned; at < chosen.length; at += EVERY) {
            int[] newcomers = newcomers(items, candidates, ranked, taken, groups);
            if (newcomers.length == 0) {
                break;
            }
            Position drawn = draw(ranked, newcomers, random);
            places.add(at, drawn);
            places.removeLast();
            taken.orderOrInsert(drawn.rank);
            String group = items.item(ranked.item(drawn.rank)).group();
            if (group != null) {
                groups.add(group);
            }
        }
        return List.copyOf(places);
    }

    private static int[] newcomers(
            ItemTable items,
            Candidates candidates,
            ItemScores ranked,
            IntIndex taken,
            Set<String> groups) {
        int[] found = new int[ranked.size()];
        int size = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            int item = ranked.item(rank);
            if (isNewcomer(candidates, item) && taken.order(rank) < 0) {
                String group = items.item(item).group();
                if (group == null || !groups.contains(group)) {
                    found[size++] = rank;
                }
            }
        }
        return Arrays.copyOf(found, size);
    }

    private static boolean isNewcomer(Candidates candidates, int item) {
        return (candidates.sources(candidates.slot(item)) & NewItemSignals.SOURCE.bit()) != 0;
    }

    private static Position draw(ItemScores ranked, int[] newcomers, RandomGenerator random) {
        double[] odds = new double[newcomers.length];
        double sum = 0;
        for (int i = 0; i < odds.length; i++) {
            odds[i] = Math.exp(ranked.score(newcomers[i]) - ranked.score(newcomers[0]));
            sum += odds[i];
        }
        double left = random.nextDouble() * sum;
        int drawn = 0;
        while (drawn < odds.length - 1 && left >= odds[drawn]) {
            left -= odds[drawn++];
        }
        return new Position(newcomers[drawn], odds[drawn] / sum);
    }
}
