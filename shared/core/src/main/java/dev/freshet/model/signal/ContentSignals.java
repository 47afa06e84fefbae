package dev.freshet.model.signal;

import dev.freshet.model.content.Content;
import dev.freshet.model.content.Embeddings;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import java.util.List;

/**
 * Similarity of an item's content with the user's items: by terms, by embeddings, by tags and by
 * author. Costs a pass over the terms and the embeddings of the user's items.
 */
public final class ContentSignals implements SignalFamily {
    public static final Source SOURCE = new Source(3, "content");

    /** Cosine of TF-IDF vectors with the user's profile, −1 to 1. */
    public static final Signal CONTENT =
            Signal.of(18, "content", SOURCE, 3f, 3.5f, 3.5f).leastUnit(0.1f);

    /** Lift of the item's tags for this user ({@link Affinity}), −2 to 2. */
    public static final Signal TAGS =
            Signal.of(19, "tags", SOURCE, 1.5f, 1.5f, 1.5f).leastUnit(0.1f);

    /** Lift of the item's author for this user ({@link Affinity}), −2 to 2. */
    public static final Signal AUTHOR =
            Signal.of(20, "author", SOURCE, 0.4f, 0.5f, 0.6f).leastUnit(0.1f);

    /** Cosine of the item's embedding with the user's, −1 to 1; 0 where either has none. */
    public static final Signal EMBEDDING = Signal.of(28, "embedding", SOURCE).leastUnit(0.1f);

    /**
     * What the lift of the item's tags gains or loses by what was shown to the user in vain ({@link
     * Affinity#withShowings}), −3 to 2. Learning does not know what was shown to a user before, so
     * the weight stays as it is stated.
     */
    public static final Signal TAGS_IN_VAIN =
            Signal.of(56, "tags-in-vain", SOURCE, 1, 1, 1).leastUnit(0.1f);

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public List<Signal> signals() {
        return List.of(CONTENT, TAGS, AUTHOR, EMBEDDING, TAGS_IN_VAIN);
    }

    @Override
    public Lead lead() {
        return Lead.ACTION;
    }

    @Override
    public ReasonMessage reason(ReasonFacts facts) {
        return facts.choose("content");
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest implements Prepared {
        private final ModelView model;
        private final Content content;
        private final Embeddings embeddings;
        private final Preferences preferences;
        private final IntFloats profile;
        private final Embeddings.Profile direction;
        private final Affinity likes;
        private final Affinity showings;

        OfRequest(SignalContext context) {
            model = context.model();
            content = model.content();
            embeddings = model.embeddings();
            preferences = context.preferences();
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
        public List<Attributor> attributors(List<Ablation> ablations, int[] candidates) {
            return List.of(
                    new CosineAttributor(ofTerms(), preferences, ablations, candidates),
                    new CosineAttributor(ofEmbeddings(), preferences, ablations, candidates),
                    new AffinityAttributor(
                            model.items(), likes, showings, preferences, ablations, candidates));
        }

        private CosineAttributor.Vectors ofTerms() {
            double length = content.length(profile, preferences);
            return new CosineAttributor.Vectors(
                    CONTENT,
                    Content.PROFILE_ITEMS,
                    1e-5,
                    _ -> length,
                    item -> content.cosine(profile, item),
                    content::cosine,
                    (_, _) -> true);
        }

        private CosineAttributor.Vectors ofEmbeddings() {
            return new CosineAttributor.Vectors(
                    EMBEDDING,
                    Embeddings.PROFILE_ITEMS,
                    1e-3,
                    candidate -> embeddings.length(direction, candidate),
                    item -> embeddings.cosine(direction, item),
                    embeddings::cosine,
                    embeddings::comparable);
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
