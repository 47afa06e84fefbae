package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.CompiledFilter;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.TopN;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.query.Filter.Boost;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores candidates by a log-linear model over their signals, with the weights of a {@link
 * Strategy}. Likeness to the item being looked at and the boosts of the request are added in log
 * odds, so a factor of two doubles the odds.
 *
 * <p>Cost: one pass over the candidates.
 *
 * @param likenessWeight weight of full likeness to the item being looked at, in log odds
 */
public record Blend(Strategy strategy, float likenessWeight) {
    /**
     * Weight of full likeness to the item being looked at beside the user's own history, in log
     * odds.
     */
    public static final float WITH_HISTORY = 2;

    /** Weight of full likeness in requests for similar items, in log odds. */
    public static final float LIKENESS_FIRST = 8;

    /** Number of users at which co-occurrence gets half of its full trust. */
    private static final float HALF_TRUSTED = 4;

    /**
     * Cosine of embeddings that many unrelated pairs on one site reach; likeness counts from here.
     */
    private static final float LIKE_ANY = 0.4f;

    /** Ranks every candidate. */
    public RankedCandidates rank(
            RequestContext request, Candidates candidates, List<Boost> boosts) {
        int size = candidates.size();
        Weights weights = strategy.weights(request, candidates);
        IntFloats likeness = likeness(request);
        Raise[] raises = raises(request, boosts);
        float[] scratch = new float[SignalFamilies.COUNT];
        float[] usual = new float[SignalFamilies.COUNT];
        float usualLikeness = 0;
        TopN top = new TopN(size);
        for (int slot = 0; slot < size; slot++) {
            int item = candidates.item(slot);
            float[] signals = request.signals().read(item, scratch);
            for (int signal = 0; signal < signals.length; signal++) {
                usual[signal] += signals[signal] / size;
            }
            float alike = likeness.get(item);
            usualLikeness += alike / size;
            top.offer(item, score(request, weights, item, signals, alike, raises));
        }
        ItemScores ranked = new ItemScores(new int[size], new float[size]);
        top.drain(ranked.items(), ranked.scores());
        return new RankedCandidates(candidates, ranked, weights, usual, likeness, usualLikeness);
    }

    /**
     * Scores the best items of another blend, at the cost of one pass over these items.
     *
     * @param other the scores of the other blend for this request
     * @param size how many of the best items are scored
     * @return by the other blend's rank
     */
    float[] scores(RequestContext request, List<Boost> boosts, RankedCandidates other, int size) {
        Weights weights = strategy.weights(request, other.candidates());
        Raise[] raises = raises(request, boosts);
        float[] scratch = new float[SignalFamilies.COUNT];
        float[] scores = new float[size];
        for (int rank = 0; rank < size; rank++) {
            int item = other.ranked().item(rank);
            float[] signals = request.signals().read(item, scratch);
            scores[rank] =
                    score(request, weights, item, signals, other.likeness().get(item), raises);
        }
        return scores;
    }

    private float score(
            RequestContext request,
            Weights weights,
            int item,
            float[] signals,
            float alike,
            Raise[] raises) {
        float score =
                weights.score(signals, request.signals().itemClass(item)) + likenessWeight * alike;
        for (Raise raise : raises) {
            score += raise.when.test(item) ? raise.logOdds : 0;
        }
        return score;
    }

    /**
     * Returns the likeness of items to the one being looked at: the largest of three values. They
     * are co-occurrence, relative to the item that co-occurs most and damped where few users
     * interacted with the item; the cosine of terms; and how far the cosine of embeddings exceeds
     * {@link #LIKE_ANY}.
     */
    private static IntFloats likeness(RequestContext request) {
        if (request.lookedAt() == RequestContext.NO_ITEM) {
            return new IntFloats(1);
        }
        IntFloats likeness = new IntFloats(2 * Candidates.USUAL_DEPTH);
        float holders = request.model().coOccurrence().holders(request.lookedAt());
        float trust = holders / (holders + HALF_TRUSTED);
        ItemScores together =
                request.model().coOccurrence().similar(request.lookedAt(), Candidates.USUAL_DEPTH);
        for (int rank = 0; rank < together.size(); rank++) {
            likeness.put(together.item(rank), trust * together.score(rank) / together.score(0));
        }
        ItemScores content =
                request.model().content().similar(request.lookedAt(), Candidates.USUAL_DEPTH);
        for (int rank = 0; rank < content.size(); rank++) {
            int item = content.item(rank);
            likeness.put(item, Math.max(likeness.get(item), content.score(rank)));
        }
        ItemScores alike = request.model().alike(request.lookedAt(), Candidates.USUAL_DEPTH);
        for (int rank = 0; rank < alike.size(); rank++) {
            int item = alike.item(rank);
            float past = (alike.score(rank) - LIKE_ANY) / (1 - LIKE_ANY);
            likeness.put(item, Math.max(likeness.get(item), past));
        }
        return likeness;
    }

    private record Raise(CompiledFilter when, float logOdds) {}

    private static Raise[] raises(RequestContext request, List<Boost> boosts) {
        List<Raise> raises = new ArrayList<>();
        for (Boost boost : boosts) {
            CompiledFilter when = request.compiled(boost.when());
            raises.add(new Raise(when, (float) Math.log(boost.factor())));
        }
        return raises.toArray(Raise[]::new);
    }
}
