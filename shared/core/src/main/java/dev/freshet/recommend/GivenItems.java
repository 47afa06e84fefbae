package dev.freshet.recommend;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Findings;
import dev.freshet.candidate.RequestContext;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.Model;
import dev.freshet.query.RankQuery;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.ranking.TrendingRanking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The order of given items for a user. Filters say what they would withhold; only what is
 * unavailable has no score, since its score would tell what an item is about that is not public
 * yet.
 *
 * @param forYou the plan of a list for the same request
 */
record GivenItems(RankQuery asked, ListPlan.ForYou forYou) implements ListPlan {
    @Override
    public RecommendationQuery query() {
        return asked.query();
    }

    @Override
    public List<String> leftOut(HydratedUser user) {
        return forYou.leftOut(user);
    }

    @Override
    public List<ListArm> arms() {
        return forYou.arms();
    }

    @Override
    public @Nullable String segment() {
        return forYou.segment();
    }

    @Override
    public @Nullable Ranking ranking() {
        return forYou.ranking();
    }

    @Override
    public RequestContext context(HydratedUser user, Model model, Instant now) {
        return forYou.context(user, model, now);
    }

    @Override
    public RankedList list(
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
                forYou.settings().popularOnly()
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
        Candidates candidates = Candidates.given(request, SOURCES, items);
        ResolvedRules rules =
                ResolvedRules.ofGiven(forYou.rules().places(), request, refused, asked.drop());
        times.end(ReadStage.GATHER);
        ListSettings settings = forYou.settings();
        return settings.ranking()
                .order(request, candidates, settings.boosts(query()), rules, random, times);
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
