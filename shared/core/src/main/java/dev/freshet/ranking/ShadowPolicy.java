package dev.freshet.ranking;

import dev.freshet.candidate.CompiledFilter;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.policy.LogRatios;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.List;

/**
 * Another way to make a list, which is evaluated on the lists that were drawn. It draws by scores
 * as they are shown, as every list does ({@link Exploration}), so its ratios tell no finer ones. It
 * chooses from the pool that the list was drawn from, so items that only this policy would have
 * brought into the pool are not a part of its value; places of newcomers and places that rules give
 * are as in the list.
 *
 * @param boosts all that it applies, those of the request included
 * @param filters that it applies beside the request's
 * @param diversity λ, 0 to 1
 * @param temperature of its draws, 0 to 1; at 0 it is evaluated at {@link
 *     LogRatios#LEAST_TEMPERATURE}
 */
public record ShadowPolicy(
        Blend blend,
        List<Boost> boosts,
        List<Filter> filters,
        double diversity,
        double temperature) {
    /** Most shadows of one list. */
    public static final int MOST = 2;

    /**
     * Returns the log ratio of each place, as {@link LogRatios} defines it. Cost: one pass of the
     * blend over the pool, and as many exponentials as the draws took.
     *
     * @param blended by which the list was drawn
     * @param pool size of the pool that the list was drawn from
     * @param limits of the list
     * @param list drawn place by place
     */
    float[] logRatios(
            RequestContext request,
            RankedCandidates blended,
            int pool,
            List<Limit> limits,
            List<Position> list) {
        ItemScores ranked = blended.ranked();
        float[] scores = Exploration.worths(blend.scores(request, boosts, blended, pool));
        DiversePool alternatives =
                new DiversePool(
                        request.model(),
                        ranked.items(),
                        scores,
                        pool,
                        diversity,
                        new ValueLimits(request.model(), limits));
        list.stream()
                .filter(place -> place.kind() == Kind.PINNED)
                .forEach(place -> alternatives.place(place.rank()));
        for (Filter filter : filters) {
            CompiledFilter only = request.compiled(filter);
            for (int rank = 0; rank < pool; rank++) {
                if (!only.test(ranked.item(rank))) {
                    alternatives.close(rank);
                }
            }
        }
        double[] ratios =
                LogRatios.of(
                        temperature,
                        alternatives,
                        list.stream()
                                .map(place -> new Draw(place.rank(), place.propensity()))
                                .toList(),
                        place -> list.get(place).kind() == Kind.DRAWN);
        float[] rounded = new float[ratios.length];
        for (int place = 0; place < rounded.length; place++) {
            rounded[place] = (float) ratios[place];
        }
        return rounded;
    }
}
