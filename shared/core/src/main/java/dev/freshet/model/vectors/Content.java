package dev.freshet.model.vectors;

import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.TopN;

/**
 * Similarity by text: TF-IDF over hashed terms, (1 + ln tf) · ln(1 + N/df), compared by cosine.
 * Similarity by embedding vectors is computed by {@link Embeddings}.
 *
 * @param items of the model
 * @param terms of the items
 */
public record Content(ItemTable items, Terms terms) {
    /**
     * The number of latest liked, and of latest disliked, items that a profile is computed from.
     */
    public static final int PROFILE_ITEMS = 30;

    /** The number of terms with the highest weights in a profile or item that are looked up. */
    static final int QUERY_TERMS = 32;

    /**
     * The weight with which a disliked item's vector is subtracted from a profile; the latest liked
     * item has weight 1 at strength 1.
     */
    static final float DISLIKE = 0.5f;

    /**
     * The weight with which the mean of the ignored items' vectors is subtracted from a profile.
     */
    static final float IGNORED = 0.25f;

    private static final ThreadLocal<TermValues> PROFILE = ThreadLocal.withInitial(TermValues::new);
    private static final ThreadLocal<TermValues> ITEM = ThreadLocal.withInitial(TermValues::new);

    /**
     * Returns the items most similar to the user's profile, without the user's own and deleted
     * items; scores are cosines, 0 to 1.
     */
    public ItemScores near(Preferences preferences, int limit) {
        return near(profile(preferences), preferences.items(), limit);
    }

    /**
     * Returns the items most similar to one item, without the item itself and deleted ones; scores
     * are cosines, 0 to 1.
     */
    public ItemScores similar(int item, int limit) {
        return near(vector(item), new int[] {item}, limit);
    }

    /**
     * Returns the cosine of two items, 0 to 1; 0 where either has no terms. Faster where the first
     * is that of the last call.
     */
    public float cosine(int a, int b) {
        TermValues first = ITEM.get();
        if (!first.holds(terms, a)) {
            int[] of = terms.of(a);
            first.begin(terms, a, terms.size(), of.length);
            for (int packed : of) {
                first.put(Terms.term(packed), terms.weight(packed));
            }
        }
        double dot = dot(first, b);
        return dot == 0
                ? 0
                : (float) Math.min(1, dot / ((double) terms.length(a) * terms.length(b)));
    }

    private double dot(TermValues values, int item) {
        double dot = 0;
        for (int packed : terms.of(item)) {
            float value = values.get(Terms.term(packed));
            if (value != 0) {
                dot += (double) terms.weight(packed) * value;
            }
        }
        return dot;
    }

    /**
     * Returns a user's profile: the weighted sum of the latest liked items' vectors minus those of
     * the disliked and ignored ones, normalized to length 1; empty where there is none.
     */
    public IntFloats profile(Preferences preferences) {
        IntFloats sum = new IntFloats(Math.min(1_024, terms.size()));
        for (int rank = 0; rank < Math.min(preferences.size(), PROFILE_ITEMS); rank++) {
            addScaled(sum, preferences.items()[rank], preferences.weight(rank));
        }
        for (int rank = 0; rank < Math.min(preferences.disliked().length, PROFILE_ITEMS); rank++) {
            addScaled(sum, preferences.disliked()[rank], -DISLIKE);
        }
        for (int ignored : preferences.ignored()) {
            addScaled(sum, ignored, -IGNORED / preferences.ignored().length);
        }
        return normal(sum);
    }

    /** Returns the length of a profile before it was normalized; 0 for an empty one. */
    public double length(IntFloats profile, Preferences preferences) {
        double length = 0;
        for (int rank = 0; rank < Math.min(preferences.size(), PROFILE_ITEMS); rank++) {
            length +=
                    preferences.weight(rank) * (double) cosine(profile, preferences.items()[rank]);
        }
        for (int rank = 0; rank < Math.min(preferences.disliked().length, PROFILE_ITEMS); rank++) {
            length -= DISLIKE * cosine(profile, preferences.disliked()[rank]);
        }
        for (int ignored : preferences.ignored()) {
            length -= IGNORED * cosine(profile, ignored) / preferences.ignored().length;
        }
        return length;
    }

    /** Returns an item's TF-IDF vector, normalized to length 1; empty for an item without terms. */
    IntFloats vector(int item) {
        int[] of = terms.of(item);
        IntFloats vector = new IntFloats(of.length);
        for (int packed : of) {
            vector.put(Terms.term(packed), terms.weight(packed));
        }
        return normal(vector);
    }

    /**
     * Returns the cosine of an item and a vector of length 1, which does not change any more; it
     * may be negative for a profile with dislikes. Faster where the vector is that of the last
     * call.
     */
    public float cosine(IntFloats unit, int item) {
        if (unit.size() == 0 || terms.of(item).length == 0) {
            return 0;
        }
        TermValues profile = PROFILE.get();
        if (!profile.holds(unit, 0)) {
            profile.begin(unit, 0, terms.size(), unit.size());
            for (int order = 0; order < unit.size(); order++) {
                profile.put(unit.key(order), unit.value(order));
            }
        }
        return (float) (dot(profile, item) / terms.length(item));
    }

    /**
     * Returns the items most similar to a vector of length 1, without {@code own} and deleted
     * items. The heaviest terms of the vector are looked up, and the best of the items found are
     * ranked by cosine.
     */
    public ItemScores near(IntFloats unit, int[] own, int limit) {
        TopN heaviest = new TopN(Math.min(QUERY_TERMS, unit.size()));
        for (int order = 0; order < unit.size(); order++) {
            if (unit.value(order) > 0) {
                heaviest.offer(unit.key(order), unit.value(order));
            }
        }
        ItemScores query = ItemScores.drain(heaviest);
        IntFloats candidates = new IntFloats(1_024);
        for (int rank = 0; rank < query.size(); rank++) {
            int term = query.item(rank);
            float weight = query.score(rank) * terms.rarity(term);
            for (int item : terms.items(term)) {
                candidates.add(item, weight);
            }
        }
        for (int item : own) {
            candidates.put(item, 0);
        }
        TopN rough = new TopN(Math.min(4 * limit, candidates.size()));
        for (int order = 0; order < candidates.size(); order++) {
            if (candidates.value(order) > 0 && !items.deleted(candidates.key(order))) {
                rough.offer(candidates.key(order), candidates.value(order));
            }
        }
        ItemScores shortlist = ItemScores.drain(rough);
        TopN top = new TopN(Math.min(limit, shortlist.size()));
        for (int rank = 0; rank < shortlist.size(); rank++) {
            float cosine = cosine(unit, shortlist.item(rank));
            if (cosine > 0) {
                top.offer(shortlist.item(rank), Math.min(1, cosine));
            }
        }
        return ItemScores.drain(top);
    }

    private void addScaled(IntFloats sum, int item, float scale) {
        float length = terms.length(item);
        for (int packed : terms.of(item)) {
            sum.add(Terms.term(packed), scale * terms.weight(packed) / length);
        }
    }

    private static IntFloats normal(IntFloats vector) {
        double squares = 0;
        for (int order = 0; order < vector.size(); order++) {
            squares += (double) vector.value(order) * vector.value(order);
        }
        float length = (float) Math.sqrt(squares);
        for (int order = 0; order < vector.size() && length > 0; order++) {
            vector.put(vector.key(order), vector.value(order) / length);
        }
        return vector;
    }
}
