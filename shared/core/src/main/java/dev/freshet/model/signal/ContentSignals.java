package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.vectors.Content;
import dev.freshet.model.vectors.Embeddings;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Similarity of an item's content with the user's items: by terms, by embeddings, by tags and by
 * author. Costs a pass over the terms and the embeddings of the user's items.
 */
public final class ContentSignals extends SignalFamily {
    public static final Source SOURCE = new Source(3, "content");

    /** Cosine of TF-IDF vectors with the user's profile, −1 to 1. */
    public static final Signal CONTENT =
            Signal.of(18, "content", SOURCE, 3f, 3.5f, 3.5f).leastUnit(0.1f);

    /** Lift of the item's tags for this user ({@link Affinity}), −4 to 2. */
    public static final Signal TAGS =
            Signal.of(19, "tags", SOURCE, 1.5f, 1.5f, 1.5f).leastUnit(0.1f);

    /** Lift of the item's author for this user ({@link Affinity}), −2 to 1. */
    public static final Signal AUTHOR =
            Signal.of(20, "author", SOURCE, 0.4f, 0.5f, 0.6f).leastUnit(0.1f);

    /** Cosine of the item's embedding with the user's, −1 to 1; 0 where either has none. */
    public static final Signal EMBEDDING = Signal.of(28, "embedding", SOURCE).leastUnit(0.1f);

    /**
     * What the lift of the item's tags gains or loses by what was shown to the user in vain ({@link
     * Affinity#withShowings}), −3 to 3. Learning does not know what was shown to a user before, so
     * the weight stays as it is stated.
     */
    public static final Signal TAGS_IN_VAIN =
            Signal.of(56, "tags-in-vain", SOURCE, 1, 1, 1).leastUnit(0.1f);

    ContentSignals() {
        super(SOURCE, Lead.ACTION, CONTENT, TAGS, AUTHOR, EMBEDDING, TAGS_IN_VAIN);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    /**
     * The vectors of items, and a profile that was made of those of the user's latest items.
     *
     * @param signal the cosine
     * @param profileItems number of items that the profile is made of, at most
     * @param nothing part of a profile's length below which a length counts as zero
     * @param length of the profile that a candidate is compared with, or 0
     * @param along cosine of the profile and an item
     * @param cosine of two items
     * @param comparable whether two items have vectors of one space
     */
    private record Vectors(
            Signal signal,
            int profileItems,
            double nothing,
            IntToDoubleFunction length,
            IntToDoubleFunction along,
            Cosine cosine,
            Comparability comparable) {
        /** The cosine of two items. */
        interface Cosine {
            double of(int item, int other);
        }

        /** Whether two items can be compared. */
        interface Comparability {
            boolean test(int item, int other);
        }
    }

    private static final class OfRequest extends Prepared {
        private final Content content;
        private final Embeddings embeddings;
        private final IntFloats profile;
        private final Embeddings.Profile direction;
        private final Affinity likes;
        private final Affinity showings;

        OfRequest(SignalContext context) {
            super(context);
            content = model.content();
            embeddings = model.embeddings();
            profile = content.profile(preferences);
            direction = embeddings.profile(preferences);
            likes = Affinity.ofLikes(model.items(), preferences);
            showings =
                    preferences.ignored().length == 0
                            ? likes
                            : Affinity.withShowings(model.items(), preferences);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            vector[CONTENT.at()] = content.cosine(profile, item.item());
            vector[EMBEDDING.at()] = embeddings.cosine(direction, item.item());
            vector[TAGS.at()] = likes.tags(item.properties());
            vector[TAGS_IN_VAIN.at()] =
                    showings == likes ? 0 : showings.tags(item.properties()) - vector[TAGS.at()];
            vector[AUTHOR.at()] = likes.author(item.properties());
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            return List.of(
                    content.near(profile, preferences.items(), limit),
                    model.alike(direction, preferences.items(), limit));
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            return List.of(
                    attributor(ofTerms(), ablations, candidates),
                    attributor(ofEmbeddings(), ablations, candidates),
                    (at, losses) -> {
                        Item candidate = model.items().item(candidates[at]);
                        for (int action = 0; action < ablations.size(); action++) {
                            if (!ablations.get(action).isFollow()) {
                                attribute(candidate, ablations.get(action), action, losses);
                            }
                        }
                    });
        }

        /** Attributes the affinities of tags and authors to an action. */
        private void attribute(
                Item candidate, Ablation ablation, int action, Attributors.ScoreLoss losses) {
            Item own = model.items().item(preferences.items()[ablation.rank()]);
            float gone = ablation.lostShare() * preferences.weight(ablation.rank());
            double ofTags = likes.lossOfTags(candidate, own, gone);
            losses.add(TAGS, action, ofTags);
            if (showings != likes) {
                losses.add(
                        TAGS_IN_VAIN, action, showings.lossOfTags(candidate, own, gone) - ofTags);
            }
            losses.add(AUTHOR, action, likes.lossOfAuthor(candidate, own, gone));
        }

        private Vectors ofTerms() {
            double length = content.length(profile, preferences);
            return new Vectors(
                    CONTENT,
                    Content.PROFILE_ITEMS,
                    1e-5,
                    _ -> length,
                    item -> content.cosine(profile, item),
                    content::cosine,
                    (_, _) -> true);
        }

        private Vectors ofEmbeddings() {
            return new Vectors(
                    EMBEDDING,
                    Embeddings.PROFILE_ITEMS,
                    1e-3,
                    candidate -> embeddings.length(direction, candidate),
                    item -> embeddings.cosine(direction, item),
                    embeddings::cosine,
                    embeddings::comparable);
        }

        /**
         * Attributes the cosine of a profile to actions: without an action its item leaves the
         * profile, wholly or in part, and the rest of the profile has another direction. Exact, but
         * for the rounding of vectors: the profile less a multiple of one item's unit vector. Costs
         * a cosine for each candidate and item of the profile.
         */
        private Attributors.Attributor attributor(
                Vectors vectors, List<Ablation> ablations, int[] candidates) {
            double[] along = new double[Math.min(preferences.size(), vectors.profileItems)];
            Arrays.setAll(along, rank -> vectors.along.applyAsDouble(preferences.items()[rank]));
            return (at, losses) -> {
                int candidate = candidates[at];
                double length = vectors.length.applyAsDouble(candidate);
                if (length <= 0) {
                    return;
                }
                double with = vectors.along.applyAsDouble(candidate);
                double[] alike = new double[along.length];
                Arrays.setAll(
                        alike, rank -> vectors.cosine.of(candidate, preferences.items()[rank]));
                for (int action = 0; action < ablations.size(); action++) {
                    Ablation ablation = ablations.get(action);
                    int rank = ablation.rank();
                    if (rank >= 0
                            && rank < along.length
                            && vectors.comparable.test(preferences.items()[rank], candidate)) {
                        double gone = ablation.lostShare() * preferences.weight(rank);
                        double squares =
                                length * length - 2 * gone * length * along[rank] + gone * gone;
                        double without =
                                squares <= vectors.nothing * length * length
                                        ? 0
                                        : (length * with - gone * alike[rank]) / Math.sqrt(squares);
                        losses.add(vectors.signal, action, with - without);
                        losses.support(vectors.signal, action, gone * alike[rank]);
                    }
                }
            };
        }

        @Override
        public long work() {
            return (long) (preferences.size() + preferences.disliked().length) * workPerItem();
        }

        @Override
        public int workPerItem() {
            return embeddings.work();
        }
    }
}
