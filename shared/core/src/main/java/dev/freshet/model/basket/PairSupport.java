package dev.freshet.model.basket;

/**
 * Counts, for every pair of one of the user's items and a candidate, the baskets that hold both, up
 * to k. A pair held by fewer than k baskets, and so by fewer than k people, must not move the
 * candidate: its score would tell what one person combined.
 *
 * <p>The user's items that a basket holds are a set of bits. A candidate's counter is kept in
 * unary: plane j has the bit of each user's item that at least j + 1 baskets share with the
 * candidate, so a basket is counted for all of the user's items by k operations a word. Memory: 8 B
 * × k for each candidate and each 64 of the user's items. Candidates are numbered from 0.
 */
final class PairSupport {
    private final int k;
    private final int words;
    private final long[] planes;

    /**
     * Creates counters of zero.
     *
     * @param k number of baskets from which on a pair counts, at least 1
     * @param words number of 64-bit words in a set of the user's items
     * @param candidates number of candidates
     */
    PairSupport(int k, int words, int candidates) {
        this.k = k;
        this.words = words;
        planes = new long[candidates * k * words];
    }

    /**
     * Counts a basket.
     *
     * @param candidate the number of an item of the basket
     * @param sets sets of the user's items, one after another
     * @param basket number of the basket's set
     */
    void add(int candidate, long[] sets, int basket) {
        for (int word = 0; word < words; word++) {
            long set = sets[basket * words + word];
            if (set != 0) {
                add(candidate, word, set);
            }
        }
    }

    /**
     * Counts baskets whose entries were read.
     *
     * @param baskets number of them
     * @param sets sets of the user's items, of each basket
     */
    void addAll(BasketScratch.EntriesRead entries, int baskets, long[] sets) {
        for (int basket = 0; basket < baskets; basket++) {
            for (int word = 0; word < words; word++) {
                long set = sets[basket * words + word];
                if (set != 0) {
                    int end = entries.start(basket + 1);
                    for (int entry = entries.start(basket); entry < end; entry++) {
                        add(entries.candidate(entry), word, set);
                    }
                }
            }
        }
    }

    /**
     * Counts a set of 64 of the user's items. It does not end early where nothing is carried, since
     * that is hardly predictable.
     */
    private void add(int candidate, int word, long set) {
        int at = candidate * k * words + word;
        long carry = set;
        for (int plane = 0; plane < k; plane++) {
            long before = planes[at];
            planes[at] = before | carry;
            carry &= before;
            at += words;
        }
    }

    /**
     * Returns, as a set, those of the user's items among 64 that share at least k baskets with a
     * candidate.
     *
     * @param candidate the number of one that was counted
     * @param word which 64
     */
    long supported(int candidate, int word) {
        return planes[(candidate * k + k - 1) * words + word];
    }
}
