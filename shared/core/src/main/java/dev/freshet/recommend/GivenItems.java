package dev.freshet.recommend;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Findings;
import dev.freshet.candidate.RequestContext;
import dev.freshet.query.ListRules;
import dev.freshet.query.RankQuery;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.ranking.TrendingRanking;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The order of given items for a user. Filters say what they would withhold; only what is
 * unavailable has no score, since its score would tell what an item is about that is not public
 * yet.
 *
 * @param settings of a list for the same user
 * @param rules of places
 */
record GivenItems(RankQuery asked, ListSettings settings, ListRules rules)
        implements ListPlan.ListMaker {
    @Override
    public RankedList make(
            RequestContext request,
            List<CandidateFilter> filters,
            RandomGenerator random,
            StageTimes times) {
        Findings findings = Findings.of(request, filters);
        List<Integer> ranked = new ArrayList<>();
        Set<Integer> refused = new HashSet<>();
        List<Withheld> withheld = new ArrayList<>();
        for (String itemId : asked.itemIds()) {
            int item = ServedModel.index(request.model(), itemId);
            CandidateFilter refusing =
                    item == RequestContext.NO_ITEM ? null : findings.refusing(item);
            if (item == RequestContext.NO_ITEM) {
                withheld.add(Withheld.unknown(itemId));
            } else if (refusing == null) {
                ranked.add(item);
            } else {
                withheld.add(Withheld.by(itemId, refusing));
                if (!asked.drop() && !refusing.equals(CandidateFilter.AVAILABILITY)) {
                    ranked.add(item);
                    refused.add(item);
                }
            }
        }
        int[] items = ranked.stream().mapToInt(Integer::intValue).toArray();
        RankedList list =
                settings.popularOnly()
                        ? popular(request, items, times)
                        : byScore(request, items, refused, random, times);
        withheld.addAll(list.withheld());
        return new RankedList(list.items(), list.blended(), list.rules(), withheld);
    }

    private RankedList byScore(
            RequestContext request,
            int[] items,
            Set<Integer> refused,
            RandomGenerator random,
            StageTimes times) {
        Candidates candidates = Candidates.given(request, ListPlan.SOURCES, items);
        ResolvedRules resolved = ResolvedRules.ofGiven(rules, request, refused, asked.drop());
        times.end(ReadStage.GATHER);
        return settings.ranking()
                .order(
                        request,
                        candidates,
                        settings.boosts(asked.query()),
                        resolved,
                        random,
                        times);
    }

    private static RankedList popular(RequestContext request, int[] items, StageTimes times) {
        TrendingRanking ranking = TrendingRanking.popular();
        Candidates candidates =
                Candidates.given(
                        request,
                        ranking.sources(),
                        TrendingRanking.mostPopularFirst(request, items));
        times.end(ReadStage.GATHER);
        return ranking.all(request, candidates, times);
    }
}
