package dev.freshet.model.basket;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.settings.ModelSettings;

/**
 * What others met right after, and right before, the reader's latest items, by the basket index: of
 * each of the {@value #LATEST} latest items the baskets that took it in last, fewer the further
 * back the item, and of each basket the {@value #WIDTH} entries to either side. An entry counts
 * less the further off it stands, the further back the item is by rank and by hours, and by both
 * popularities ({@link dev.freshet.model.settings.BasketSettings}).
 *
 * <p>Cost: at most {@value #MOST_OPENED} baskets are opened, of ≤ 200 entries each.
 *
 * <p>Session-based nearest neighbours do as well as recurrent networks: Ludewig, Jannach,
 * "Evaluation of session-based recommendation algorithms", 2018. Reading both sides apart lets the
 * blend learn whether order matters: in a news stream it does, in a sitting of ratings it hardly
 * does.
 */
public final class NextItems {
    static final int LATEST = 10;
    public static final int WIDTH = 20;

    /** Baskets opened of all items together, at most. */
    public static final int MOST_OPENED = 900;

    /** Baskets opened of an item at least, however far back it is. */
    private static final int LEAST_OPENED = 20;

    private final ItemTable items;
    private final Baskets baskets;
    private final BasketTables tables;

    public NextItems(ItemTable items, Baskets baskets, BasketTables tables) {
        this.items = items;
        this.baskets = baskets;
        this.tables = tables;
    }

    /**
     * What stands beside a taste.
     *
     * @param after scores of items met after the reader's latest ones: 1 for one reader who went
     *     there straight from the latest, if nobody else met either
     * @param before of those met before, likewise
     */
    public record Beside(IntFloats after, IntFloats before) {}

    /** Items met next after this one, deleted ones left out; scores as in {@link Beside}. */
    public ItemScores after(int item, int limit) {
        Preferences one = Preferences.ofItem(item);
        return top(beside(one).after(), one, limit);
    }

    /** Both sides; the taste's own items and deleted ones included. */
    public Beside beside(Preferences preferences) {
        if (preferences.isEmpty()) {
            return new Beside(new IntFloats(1), new IntFloats(1));
        }
        BasketScratch scratch = BasketScratch.take(items.size(), baskets.keys().size());
        long latest = preferences.epochSeconds()[0];
        int left = MOST_OPENED;
        for (int rank = 0; rank < Math.min(LATEST, preferences.size()); rank++) {
            int item = preferences.items()[rank];
            float weight =
                    tables.nextHistory(rank, latest - preferences.epochSeconds()[rank])
                            * tables.nextSource(holders(item));
            left -= open(item, weight, Math.min(left, opened(rank)), scratch);
        }
        IntFloats after =
                BasketScratch.drain(scratch.scores, baskets.holders(), tables.nextTarget());
        IntFloats before =
                BasketScratch.drain(scratch.others, baskets.holders(), tables.nextTarget());
        scratch.giveBack();
        return new Beside(after, before);
    }

    /** Opens the item's latest baskets. @return how many */
    private int open(int item, float weight, int most, BasketScratch scratch) {
        int[] postings = baskets.postings(item);
        int opened = Math.min(most, postings.length);
        for (int p = postings.length - 1; p >= postings.length - opened; p--) {
            int[] basket = baskets.basket(postings[p]);
            int at = BasketEntries.find(basket, item);
            scratch.scores.expect(WIDTH);
            scratch.others.expect(WIDTH);
            int end = Math.min(BasketEntries.size(basket), at + WIDTH + 1);
            for (int other = at + 1; other < end; other++) {
                if (BasketEntries.positive(basket, other)) {
                    scratch.scores.add(
                            BasketEntries.item(basket, other),
                            weight * tables.nextDistance(other - at - 1));
                }
            }
            for (int other = at - 1; other >= Math.max(0, at - WIDTH); other--) {
                if (BasketEntries.positive(basket, other)) {
                    scratch.others.add(
                            BasketEntries.item(basket, other),
                            weight * tables.nextDistance(at - other - 1));
                }
            }
        }
        return opened;
    }

    /**
     * What each of the latest items gives some items, before its own weight and the popularity of
     * the item, and the next one back gives, which would be the last of the latest without one of
     * them.
     *
     * @param after by item asked about, then by rank
     * @param before likewise
     */
    public record Given(float[][] after, float[][] before) {}

    /** Reads the same postings again, and of the baskets those that hold an item asked about. */
    public Given given(Preferences preferences, SharedBaskets asked) {
        int ranks = Math.min(LATEST + 1, preferences.size());
        Given given = new Given(new float[asked.size()][ranks], new float[asked.size()][ranks]);
        int left = MOST_OPENED;
        for (int rank = 0; rank < ranks; rank++) {
            int item = preferences.items()[rank];
            int[] postings = baskets.postings(item);
            int most = Math.min(left, opened(Math.min(rank, LATEST - 1)));
            int opened = Math.min(most, postings.length);
            float weight = tables.nextSource(holders(item));
            for (int p = postings.length - 1; p >= postings.length - opened; p--) {
                int order = asked.order(postings[p]);
                if (order >= 0) {
                    give(postings[p], item, rank, weight, order, asked, given);
                }
            }
            left -= rank < LATEST ? opened : 0;
        }
        return given;
    }

    private void give(
            int slot,
            int own,
            int rank,
            float weight,
            int order,
            SharedBaskets asked,
            Given given) {
        int[] basket = baskets.basket(slot);
        int from = BasketEntries.find(basket, own);
        for (int p = asked.start(order); p < asked.start(order + 1); p++) {
            int at = asked.at(p);
            int apart = BasketEntries.find(basket, asked.item(at)) - from;
            if (apart > 0 && apart <= WIDTH) {
                given.after[at][rank] += weight * tables.nextDistance(apart - 1);
            } else if (apart < 0 && -apart <= WIDTH) {
                given.before[at][rank] += weight * tables.nextDistance(-apart - 1);
            }
        }
    }

    /** By rank, one more than the latest: what each of the latest counts. */
    public float[] weights(Preferences preferences) {
        float[] weights = new float[Math.min(LATEST + 1, preferences.size())];
        for (int rank = 0; rank < Math.min(LATEST, weights.length); rank++) {
            weights[rank] =
                    tables.nextHistory(
                            rank, preferences.epochSeconds()[0] - preferences.epochSeconds()[rank]);
        }
        return weights;
    }

    /**
     * The same, by the ranks as they are, had one act not been; none where they are the same, as
     * for most acts.
     */
    public float[] weightsWithout(Preferences preferences, Ablation ablation) {
        if (ablation.isFollow()
                || ablation.rank() >= LATEST
                || ablation.then() == ablation.rank()) {
            return new float[0];
        }
        float[] weights = new float[Math.min(LATEST + 1, preferences.size())];
        int second = ablation.rank() == 0 ? 1 : 0;
        boolean staysLatest = ablation.then() == 0 || second >= preferences.size();
        long latest = staysLatest ? ablation.since() : preferences.epochSeconds()[second];
        for (int rank = 0; rank < weights.length; rank++) {
            int now = rank > ablation.rank() && rank <= ablation.then() ? rank - 1 : rank;
            long since = preferences.epochSeconds()[rank];
            if (rank == ablation.rank()) {
                now = ablation.then();
                since = ablation.since();
            }
            weights[rank] = now < LATEST ? tables.nextHistory(now, latest - since) : 0;
        }
        return weights;
    }

    /** How many baskets of the item of this rank are worth opening. */
    private int opened(int rank) {
        return Math.max(
                LEAST_OPENED, Math.round(ModelSettings.POSTINGS * tables.nextHistory(rank, 0)));
    }

    private int holders(int item) {
        return baskets.holders().get(item);
    }

    /** The best of these scores, without the taste's own items, without deleted ones. */
    public ItemScores top(IntFloats scores, Preferences preferences, int limit) {
        return ItemScores.top(scores, preferences.own(), items, limit);
    }
}
