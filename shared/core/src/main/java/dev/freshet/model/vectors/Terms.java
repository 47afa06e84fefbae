package dev.freshet.model.vectors;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.example.Example;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The inverted index of text. It contains hashed terms by dense number, the number of items with
 * each term, the latest items of each term, and the terms of each item. An item's terms are one int
 * each, with the term's number in the high 24 bits and the frequency (≤ 255) in the low 8;
 * ascending, ≤ {@link ModelSettings#TERMS_PER_ITEM}. ≈ 400 B an item.
 */
public final class Terms {
    static final int MAX_FREQUENCY = 255;
    public static final Terms EMPTY =
            new Terms(Ints.EMPTY, Slots.EMPTY, Ints.EMPTY, Refs.empty(), Refs.empty(), 0);

    /** The part of the model. */
    public static final ModelPart<Terms> PART =
            new ModelPart<>(
                    6, EMPTY, Draft::new, (bounds, items) -> form(bounds.maxTerms(), items));

    private static final float[] DAMPED = new float[MAX_FREQUENCY + 1];

    static {
        for (int frequency = 1; frequency <= MAX_FREQUENCY; frequency++) {
            DAMPED[frequency] = (float) (1 + StrictMath.log(frequency));
        }
    }

    private final Ints hashes;
    private final Slots index;
    private final Ints holders;
    private final Refs<int[]> postings;
    private final Refs<int[]> byItem;
    private final int documents;

    /** Inverse document frequencies, 0 until first use. Concurrent threads compute equal values. */
    private final float[] rarities;

    private final float[] lengths;

    private Terms(
            Ints hashes,
            Slots index,
            Ints holders,
            Refs<int[]> postings,
            Refs<int[]> byItem,
            int documents) {
        this.hashes = hashes;
        this.index = index;
        this.holders = holders;
        this.postings = postings;
        this.byItem = byItem;
        this.documents = documents;
        rarities = new float[hashes.size()];
        lengths = new float[byItem.size()];
    }

    /** Returns the number of terms; term numbers are below it. */
    public int size() {
        return hashes.size();
    }

    /** Returns the hash of a term. */
    public int hash(int term) {
        return hashes.get(term);
    }

    /** Returns the number of items with a term. */
    public int holders(int term) {
        return holders.get(term);
    }

    /** Returns the TF-IDF of one of an item's terms: (1 + ln tf) · ln(1 + N/df). */
    float weight(int packed) {
        return DAMPED[frequency(packed)] * rarity(term(packed));
    }

    /** Returns the inverse document frequency: ln(1 + N/df). */
    float rarity(int term) {
        float rarity = rarities[term];
        if (rarity == 0) {
            rarity =
                    (float) StrictMath.log(1 + (double) documents / Math.max(1, holders.get(term)));
            rarities[term] = rarity;
        }
        return rarity;
    }

    /** Returns the Euclidean length of an item's TF-IDF vector; 0 for an item without terms. */
    float length(int item) {
        float length = item < lengths.length ? lengths[item] : 0;
        if (length == 0) {
            double squares = 0;
            for (int packed : of(item)) {
                squares += (double) weight(packed) * weight(packed);
            }
            length = (float) Math.sqrt(squares);
            if (item < lengths.length) {
                lengths[item] = length;
            }
        }
        return length;
    }

    /** Returns the term number of a packed term. */
    public static int term(int packed) {
        return packed >>> 8;
    }

    /** Returns the frequency of a packed term. */
    static int frequency(int packed) {
        return packed & MAX_FREQUENCY;
    }

    /** Returns the packed terms of an item, ascending. */
    public int[] of(int item) {
        return IntArrays.orNone(byItem.get(item));
    }

    /** Returns the latest items with a term, oldest first. */
    public int[] items(int term) {
        return IntArrays.orNone(postings.get(term));
    }

    /** Returns the form of the terms of so many items, at most so many. */
    public static Form<Terms> form(int maxTerms, int items) {
        return Form.of((terms, out) -> terms.write(items, out), in -> read(in, maxTerms, items));
    }

    private void write(int size, ByteSink out) {
        out.varint(size());
        for (int term = 0; term < size(); term++) {
            out.fixed32(hash(term));
            out.varint(holders(term));
            int[] items = items(term);
            out.varint(items.length);
            for (int item : items) {
                out.varint(item);
            }
        }
        for (int item = 0; item < size; item++) {
            int[] packed = of(item);
            out.varint(packed.length);
            for (int each : packed) {
                out.varint(each & 0xFFFFFFFFL);
            }
        }
    }

    private static Terms read(ByteSource in, int maxTerms, int size) {
        Draft terms = new Draft(EMPTY);
        int count = in.count(maxTerms, 6);
        for (int term = 0; term < count; term++) {
            int hash = in.fixed32();
            int holders = in.upTo(Integer.MAX_VALUE - 1);
            int[] items = new int[in.count(ModelSettings.ITEMS_PER_TERM, 1)];
            for (int at = 0; at < items.length; at++) {
                items[at] = in.upTo(size - 1);
            }
            MalformedBytesException.unless(
                    terms.restoreTerm(hash, holders, items) == term,
                    "the snapshot contains a term twice");
        }
        for (int item = 0; item < size; item++) {
            int[] packed = new int[in.count(ModelSettings.TERMS_PER_ITEM, 1)];
            for (int at = 0; at < packed.length; at++) {
                packed[at] = (int) in.varint();
                MalformedBytesException.unless(
                        term(packed[at]) < count,
                        "an item has a term that the snapshot does not contain");
            }
            if (packed.length > 0) {
                terms.restoreItem(item, packed);
            }
        }
        return terms.seal();
    }

    /** The mutable continuation of {@link Terms}. */
    public static final class Draft implements PartDraft<Terms> {
        private final Ints.Draft hashes;
        private final Slots.Draft index;
        private final Ints.Draft holders;
        private final Refs.Draft<int[]> postings;
        private final Refs.Draft<int[]> byItem;
        private final Terms base;
        private boolean changed;
        private @Nullable Terms peeked;
        private int documents;

        private Draft(Terms from) {
            base = from;
            hashes = from.hashes.draft();
            index = from.index.draft();
            holders = from.holders.draft();
            postings = from.postings.draft();
            byItem = from.byItem.draft();
            documents = from.documents;
        }

        @Override
        public void put(int item, Example.ItemChanged changed, FoldContext model) {
            put(
                    item,
                    changed.item().deleted() ? Map.of() : changed.terms(),
                    model.bounds().maxTerms());
        }

        /**
         * Replaces the terms of an item; an empty map removes them.
         *
         * @param frequencies frequency by hashed term
         * @param mostTerms bound of distinct terms in the index
         */
        public void put(int item, Map<Integer, Integer> frequencies, int mostTerms) {
            changed = true;
            peeked = null;
            remove(item);
            int[] packed = chosen(frequencies, mostTerms);
            if (packed.length == 0) {
                return;
            }
            for (int each : packed) {
                int term = term(each);
                holders.set(term, holders.get(term) + 1);
                postings.set(
                        term,
                        IntArrays.appended(
                                IntArrays.orNone(postings.get(term)),
                                item,
                                ModelSettings.ITEMS_PER_TERM));
            }
            byItem.set(item, packed);
            documents++;
        }

        /** Adds a term when a snapshot is read; terms are numbered in the order of calls. */
        private int restoreTerm(int hash, int holderCount, int[] items) {
            changed = true;
            int term = intern(hash, Integer.MAX_VALUE);
            holders.set(term, holderCount);
            postings.set(term, items.length == 0 ? null : items);
            return term;
        }

        /** Adds an item's terms when a snapshot is read. */
        private void restoreItem(int item, int[] packed) {
            byItem.set(item, packed);
            documents++;
        }

        /** Returns the content; a new view is made only after a change. */
        @Override
        public Terms content(boolean sealed) {
            Terms content = changed ? peeked : base;
            if (content == null || (sealed && changed)) {
                content =
                        new Terms(
                                hashes.content(sealed),
                                index.content(sealed),
                                holders.content(sealed),
                                postings.content(sealed),
                                byItem.content(sealed),
                                documents);
                peeked = sealed ? peeked : content;
            }
            return content;
        }

        private void remove(int item) {
            int[] before = IntArrays.orNone(byItem.get(item));
            for (int each : before) {
                int term = term(each);
                holders.set(term, holders.get(term) - 1);
                int[] rest = IntArrays.without(IntArrays.orNone(postings.get(term)), item);
                postings.set(term, rest);
            }
            if (before.length > 0) {
                byItem.set(item, null);
                documents--;
            }
        }

        private int[] chosen(Map<Integer, Integer> frequencies, int mostTerms) {
            record Weighed(int term, int frequency, double weight) {}
            List<Weighed> known = new ArrayList<>();
            new TreeMap<>(frequencies)
                    .forEach(
                            (hash, count) -> {
                                int term = intern(hash, mostTerms);
                                if (term >= 0) {
                                    int frequency = Math.clamp(count, 1, MAX_FREQUENCY);
                                    double share = (documents + 1.0) / (1 + holders.get(term));
                                    double rarity = StrictMath.log(1 + share);
                                    double weight = (1 + StrictMath.log(frequency)) * rarity;
                                    known.add(new Weighed(term, frequency, weight));
                                }
                            });
            return known.stream()
                    .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
                    .limit(ModelSettings.TERMS_PER_ITEM)
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
    }
}
