package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.query.Filter;
import dev.freshet.query.ListQuery;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.ReadStage;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.TrendingRanking;
import java.util.List;

/**
 * The flow of lists that are the same for all users but for what is withheld from each: hydrate →
 * candidates → filters → in the order found → explain. Safe for many threads.
 */
final class NamedLists {
    private final ReadParts parts;

    NamedLists(ReadParts parts) {
        this.parts = parts;
    }

    /** Returns a named list. No experiment changes it. */
    Recommendations list(ListQuery query) {
        RecommendationQuery about = query.request();
        StageTimes times = StageTimes.start(parts.nanos());
        Hydrator.Hydration reads = parts.hydrator().begin(about.user());
        ServedModel served = parts.model().get();
        HydratedUser user = reads.await().askedByFilters(Filter.namesUser(about.filter()));
        times.end(ReadStage.HYDRATE);
        RecommendationId id = RecommendationId.draw(parts.random());
        List<Filter> filters =
                query.tag() == null
                        ? List.of()
                        : List.of(new Filter.Contains(Filter.Field.TAGS, query.tag()));
        RequestContext request =
                RequestContext.withoutPreferences(
                        about,
                        filters,
                        user.profile(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
        MadeList made =
                bestFirst(
                        TrendingRanking.of(query),
                        id,
                        ServedArms.NONE,
                        request,
                        about.count(),
                        served,
                        user,
                        times);
        return parts.answers().of(made, about.placement());
    }

    /** Makes a list in the order in which its candidates are found. */
    MadeList bestFirst(
            TrendingRanking ranking,
            RecommendationId id,
            ServedArms arms,
            RequestContext request,
            int count,
            ServedModel served,
            HydratedUser user,
            StageTimes times) {
        Candidates candidates =
                Candidates.gather(request, ranking.sources(), parts.filters(), count);
        times.end(ReadStage.GATHER);
        RankedList list = ranking.list(request, candidates, count, times);
        ReadTrace trace =
                ReadTrace.of(times, request, candidates, list.items(), arms, Ranking.BEST_FIRST);
        return MadeList.withoutRules(
                id, arms, null, request, candidates, list, served, user, trace);
    }
}
