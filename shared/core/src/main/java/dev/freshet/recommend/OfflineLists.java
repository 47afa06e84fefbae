package dev.freshet.recommend;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.RankedCandidates;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.ShadowPolicy;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.Strategy;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The stages of {@link Recommender} without its reads and without the form of the response: what
 * offline evaluation and benchmarks measure.
 */
public final class OfflineLists {
    private static final List<CandidateFilter> FILTERS =
            CandidateFilter.usual(FrequencyCap.DEFAULT);

    private OfflineLists() {}

    /**
     * Returns every candidate, best first, before positions are chosen and drawn.
     *
     * @param strategy how the signals become one score
     * @param places number of items that would be requested
     */
    public static ItemScores ranked(RequestContext request, Strategy strategy, int places) {
        return rankedCandidates(request, strategy, places).ranked();
    }

    /** Returns the candidates of {@link #ranked} with what explains their scores. */
    public static RankedCandidates rankedCandidates(
            RequestContext request, Strategy strategy, int places) {
        return ListSettings.usual(strategy, 0)
                .ranking()
                .blended(request, gather(request, places), List.of());
    }

    /**
     * Returns the list for a request, with its reasons, and without draws but those of newcomers.
     *
     * @param strategy how the signals become one score
     * @param random source of the exploration
     */
    public static List<Ranked> list(
            RequestContext request,
            Strategy strategy,
            RecommendationQuery query,
            RandomGenerator random) {
        return list(request, strategy, 0, List.of(), query, random);
    }

    /**
     * Returns a list whose places are drawn, beside shadows.
     *
     * @param temperature of the draws, 0 to 1
     * @param shadows evaluated on the list
     */
    public static List<Ranked> list(
            RequestContext request,
            Strategy strategy,
            double temperature,
            List<ShadowPolicy> shadows,
            RecommendationQuery query,
            RandomGenerator random) {
        Candidates candidates = gather(request, query.count());
        ListTerms terms =
                new ListTerms(
                        query.boosts(),
                        query.count(),
                        query.diversity(),
                        ResolvedRules.of(query.rules(), request, candidates, query.count()),
                        shadows);
        return ListSettings.usual(strategy, temperature)
                .ranking()
                .list(request, candidates, terms, random, StageTimes.unmeasured())
                .items();
    }

    /**
     * Returns given items in the order for a user, with their reasons, without filters and without
     * draws.
     */
    public static List<Ranked> order(
            RequestContext request, Strategy strategy, int[] items, RandomGenerator random) {
        return ListSettings.usual(strategy, 0)
                .ranking()
                .order(
                        request,
                        Candidates.given(request, ListPlan.SOURCES, items),
                        List.of(),
                        ResolvedRules.NONE,
                        random,
                        StageTimes.unmeasured())
                .items();
    }

    private static Candidates gather(RequestContext request, int places) {
        return Candidates.gather(request, ListPlan.SOURCES, FILTERS, places);
    }
}
