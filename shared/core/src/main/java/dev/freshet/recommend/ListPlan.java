package dev.freshet.recommend;

import dev.freshet.access.ListArm;
import dev.freshet.access.ListCursor;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.query.ListRules;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.ranking.TrendingRanking;
import dev.freshet.recommend.ServedArms.ServedShadow;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the list of one request is made: what is known of the request, the arms of the user, the
 * rules that apply, and the stages in which the kinds of lists differ.
 *
 * @param query the user, the circumstances and the constraints
 * @param context what is known of the request
 * @param leftOut codes of what of the request is left out
 * @param arms in which the user enrols with the first impression of the list
 * @param segment id of the user's segment; null where it is not known or does not count
 * @param shadows that are evaluated on the list
 * @param rules of places, of the request and of the named rules
 * @param cursor what remained of the list before this page; null for a new list
 * @param ranking by scores; null for a list whose candidates have none
 */
record ListPlan(
        RecommendationQuery query,
        RequestContext context,
        List<String> leftOut,
        List<ListArm> arms,
        @Nullable String segment,
        List<ServedShadow> shadows,
        ListRules rules,
        @Nullable ListCursor cursor,
        @Nullable Ranking ranking,
        ListMaker maker) {
    /** The sources of personalised lists, in the order in which they are asked. */
    static final List<CandidateSource> SOURCES = CandidateSource.ofFamilies();

    /** The stages of one kind of list: candidates → filters → blend → positions → explanation. */
    @FunctionalInterface
    interface ListMaker {
        /**
         * Makes the list.
         *
         * @param filters in the order in which they are asked
         * @param random source of the draws
         * @param times of the request; the stages from the candidates on are added
         */
        RankedList make(
                RequestContext request,
                List<CandidateFilter> filters,
                RandomGenerator random,
                StageTimes times);
    }

    /** Returns the plan of a list that no experiment and no rule of places changes. */
    static ListPlan plain(
            RecommendationQuery query,
            RequestContext context,
            List<String> leftOut,
            @Nullable Ranking ranking,
            ListMaker maker) {
        return new ListPlan(
                query,
                context,
                leftOut,
                List.of(),
                null,
                List.of(),
                ListRules.NONE,
                null,
                ranking,
                maker);
    }

    /** Returns the name of the policy by which places are filled. */
    String policy() {
        return ranking == null ? Ranking.BEST_FIRST : ranking.policy();
    }

    /** Returns the stages of the list for one user. */
    static ListMaker forYou(
            RecommendationQuery query,
            ListSettings settings,
            ListRules rules,
            List<ServedShadow> shadows) {
        int places = query.places();
        if (settings.popularOnly()) {
            return bestFirst(TrendingRanking.popular(), places);
        }
        return (request, filters, random, times) -> {
            Candidates candidates = Candidates.gather(request, SOURCES, filters, places);
            ResolvedRules resolved = ResolvedRules.of(rules, request, candidates, places);
            times.end(ReadStage.GATHER);
            ListTerms terms =
                    new ListTerms(
                            settings.boosts(query),
                            places,
                            settings.diversity(query),
                            resolved,
                            shadows.stream().map(one -> one.settings().shadow(query)).toList());
            return settings.ranking().list(request, candidates, terms, random, times);
        };
    }

    /** Returns the stages of a list of the items that are most like the one being looked at. */
    static ListMaker similar(Ranking ranking, int places) {
        return (request, filters, random, times) -> {
            Candidates candidates = Candidates.gather(request, SOURCES, filters, places);
            times.end(ReadStage.GATHER);
            ListTerms terms = new ListTerms(List.of(), places, 0, ResolvedRules.NONE, List.of());
            return ranking.list(request, candidates, terms, random, times);
        };
    }

    /** Returns the stages of a list in the order in which its candidates are found. */
    static ListMaker bestFirst(TrendingRanking ranking, int places) {
        return (request, filters, _, times) -> {
            Candidates candidates = Candidates.gather(request, ranking.sources(), filters, places);
            times.end(ReadStage.GATHER);
            return ranking.list(request, candidates, places, times);
        };
    }
}
