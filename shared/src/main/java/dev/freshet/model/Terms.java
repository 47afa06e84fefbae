package dev.freshet.model;

import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The inverted index of content: hashed terms by dense number, how many items hold each, the latest
 * items of each, and per item its terms. An item's terms are one int each: number in the high 24
 * bits, frequency (≤ 255) in the low 8; ascending, ≤ {@link ModelSettings#TERMS_PER_ITEM}. ≈ 400 B
 * an item.
 *
 * @param hashes by term number
 * @param holders by term number, items that hold it
 * @param postings by term number, oldest first, ≤ {@link ModelSettings#ITEMS_PER_TERM}
 * @param documents items with terms
 */
record Terms(
        Ints hashes,
        Slots index,
        Ints holders,
        Refs<int[]> postings,
        Refs<int[]> byItem,
        int documents) {
    static final int MOST_FREQUENCY = 255;
    static final Terms EMPTY =
            new Terms(Ints.EMPTY, Slots.EMPTY, Ints.EMPTY, Refs.empty(), Refs.empty(), 0);

    static int term(int packed) {
        return packed >>> 8;
    }

    static int frequency(int packed) {
        return packed & MOST_FREQUENCY;
    }

    int[] of(int item) {
        return orEmpty(byItem.get(item));
    }

    int[] items(int term) {
        return orEmpty(postings.get(term));
    }

    Draft draft() {
        return new Draft(this);
    }

    private static int[] orEmpty(int @Nullable [] row) {
        return row == null ? Entries.NONE : row;
    }

    /** The mutable continuation. */
    static final class Draft {
        private final Ints.Draft hashes;
        private final Slots.Draft index;
        private final Ints.Draft holders;
        private final Refs.Draft<int[]> postings;
        private final Refs.Draft<int[]> byItem;
        private int documents;

        private Draft(Terms from) {
            hashes = from.hashes.draft();
            index = from.index.draft();
            holders = from.holders.draft();
            postings = from.postings.draft();
            byItem = from.byItem.draft();
            documents = from.documents;
        }

        /** Replaces the item's terms; none removes it. */
        void put(int item, Map<Integer, Integer> frequencies, int mostTerms) {
            remove(item);
            int[] packed = chosen(frequencies, mostTerms);
            if (packed.length == 0) {
                return;
            }
            for (int each : packed) {
                int term = term(each);
                holders.set(term, holders.get(term) + 1);
                postings.set(term, appended(orEmpty(postings.get(term)), item));
            }
            byItem.set(item, packed);
            documents++;
        }

        /** For loading: a term's number follows the order of calls. */
        int restoreTerm(int hash, int itsHolders, int[] items) {
            int term = intern(hash, Integer.MAX_VALUE);
            holders.set(term, itsHolders);
            postings.set(term, items.length == 0 ? null : items);
            return term;
        }

        /** For loading. */
        void restoreItem(int item, int[] packed) {
            byItem.set(item, packed);
            documents++;
        }

        Terms seal() {
            return new Terms(
                    hashes.seal(),
                    index.seal(),
                    holders.seal(),
                    postings.seal(),
                    byItem.seal(),
                    documents);
        }

        private void remove(int item) {
            int[] before = orEmpty(byItem.get(item));
            for (int each : before) {
                int term = term(each);
                holders.set(term, holders.get(term) - 1);
                int[] rest =
                        Arrays.stream(orEmpty(postings.get(term)))
                                .filter(other -> other != item)
                                .toArray();
                postings.set(term, rest.length == 0 ? null : rest);
            }
            if (before.length > 0) {
                byItem.set(item, null);
                documents--;
            }
        }

        private int[] chosen(Map<Integer, Integer> frequencies, int mostTerms) {
            record Weighed(int term, int frequency, double weight) {}
            List<Weighed> best =
                    new TreeMap<>(frequencies)
                            .entrySet().stream()
                                    .map(
                                            entry -> {
                                                int term = intern(entry.getKey(), mostTerms);
                                                int frequency =
                                                        Math.clamp(
                                                                entry.getValue(),
                                                                1,
                                                                MOST_FREQUENCY);
                                                double rarity =
                                                        term < 0
                                                                ? 0
                                                                : StrictMath.log(
                                                                        1
                                                                                + (documents + 1.0)
                                                                                        / (1
                                                                                                + holders
                                                                                                        .get(
                                                                                                                term)));
                                                return new Weighed(
                                                        term,
                                                        frequency,
                                                        (1 + StrictMath.log(frequency)) * rarity);
                                            })
                                    .filter(weighed -> weighed.term >= 0)
                                    .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
                                    .limit(ModelSettings.TERMS_PER_ITEM)
                                    .toList();
            return best.stream()
                    .mapToInt(weighed -> weighed.term << 8 | weighed.frequency)
                    .sorted()
                    .toArray();
        }

        private int intern(int hash, int most) {
            int known = index.find(hash, term -> hashes.get(term) == hash);
            if (known >= 0 || hashes.size() >= most) {
                return known;
            }
            int term = hashes.size();
            hashes.set(term, hash);
            index.insert(term, hashes::get);
            return term;
        }

        private static int[] appended(int[] items, int item) {
            boolean full = items.length == ModelSettings.ITEMS_PER_TERM;
            int[] more =
                    full
                            ? Arrays.copyOfRange(items, 1, items.length + 1)
                            : Arrays.copyOf(items, items.length + 1);
            more[more.length - 1] = item;
            return more;
        }
    }
}
