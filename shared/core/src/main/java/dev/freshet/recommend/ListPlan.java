package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.Model;
import dev.freshet.profile.AttributeRules;
import dev.freshet.query.Filter;
import dev.freshet.query.ListQuery;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.ranking.TrendingRanking;
import dev.freshet.recommend.ServedArms.ServedShadow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the list of one request is made: the arms of the user, the settings and the rules that apply,
 * and the stages in which the kinds of lists differ.
 */
sealed interface ListPlan
        permits ListPlan.ForYou, ListPlan.Similar, ListPlan.Named, LaterPage, GivenItems {
    /** The sources of personalised lists, in the order in which they are asked. */
    List<CandidateSource> SOURCES = CandidateSource.ofFamilies();

    /** Returns the user, the circumstances and the constraints. */
    RecommendationQuery query();

    /** Returns codes of what of the request is left out. */
    default List<String> leftOut(HydratedUser user) {
        return Filter.namesUser(query().filter()) ? user.unknown() : List.of();
    }

    /** Returns the arms in which the user enrols with the first impression of the list. */
    default List<ListArm> arms() {
        return List.of();
    }

    /** Returns the shadows that are evaluated on the list. */
    default List<ServedShadow> shadows() {
        return List.of();
    }

    /** Returns the id of the user's segment; null where it is not known or does not count. */
    default @Nullable String segment() {
        return null;
    }

    /** Returns what remained of the list before this page; null for a new list. */
    default @Nullable ListCursor cursor() {
        return null;
    }

    /** Returns the ranking by scores; null for a list whose candidates have none. */
    @Nullable Ranking ranking();

    /** Returns the name of the policy by which places are filled. */
    default String policy() {
        Ranking ranking = ranking();
        return ranking == null ? Ranking.BEST_FIRST : ranking.policy();
    }

    /** Returns what is known of the request. */
    RequestContext context(HydratedUser user, Model model, Instant now);

    /**
     * Makes the list: candidates → filters → blend → positions → explanation.
     *
     * @param filters in the order in which they are asked
     * @param random source of the draws
     * @param times of the request; the stages from the candidates on are added
     */
    RankedList list(
            RequestContext request,
            List<CandidateFilter> filters,
            RandomGenerator random,
            StageTimes times);

    private static RankedList bestFirst(
            TrendingRanking ranking,
            RequestContext request,
            List<CandidateFilter> filters,
            int places,
            StageTimes times) {
        Candidates candidates = Candidates.gather(request, ranking.sources(), filters, places);
        times.end(ReadStage.GATHER);
        return ranking.list(request, candidates, places, times);
    }

    /**
     * The list for one user.
     *
     * @param lookedAt index of the item being looked at, or {@link RequestContext#NO_ITEM}
     * @param user the arms and the segment of the user
     * @param settings with those of the arms and of the named rules
     * @param rules of the request, joined with those that it names
     * @param attributes which attributes of users count
     */
    record ForYou(
            RecommendationQuery query,
            int lookedAt,
            ServedArms user,
            ListSettings settings,
            List<ServedShadow> shadows,
            Rules rules,
            AttributeRules attributes)
            implements ListPlan {
        public ForYou {
            shadows = List.copyOf(shadows);
        }

        @Override
        public List<String> leftOut(HydratedUser of) {
            List<String> codes = new ArrayList<>();
            if (query.itemId() != null && lookedAt == RequestContext.NO_ITEM) {
                codes.add("unknown-item");
            }
            codes.addAll(leftOutOfConstraints(of));
            return codes;
        }

        /** Returns codes of what of the filters, boosts and rules is left out. */
        List<String> leftOutOfConstraints(HydratedUser of) {
            List<String> codes = new ArrayList<>();
            if (settings.namesUser(query, rules.places())) {
                codes.addAll(of.unknown());
            }
            codes.addAll(rules.problems());
            return codes;
        }

        @Override
        public List<ListArm> arms() {
            return user.counted();
        }

        @Override
        public @Nullable String segment() {
            return user.segment();
        }

        @Override
        public @Nullable Ranking ranking() {
            return settings.popularOnly() ? null : settings.ranking();
        }

        @Override
        public RequestContext context(HydratedUser of, Model model, Instant now) {
            return settings.popularOnly()
                    ? RequestContext.withoutPreferences(
                            query, settings.filters(), of.profile(), of.history(), model, now)
                    : RequestContext.of(
                            query,
                            settings.filters(),
                            lookedAt,
                            of.profile(),
                            attributes,
                            of.history(),
                            model,
                            now);
        }

        @Override
        public RankedList list(
                RequestContext request,
                List<CandidateFilter> filters,
                RandomGenerator random,
                StageTimes times) {
            int places = query.places();
            if (settings.popularOnly()) {
                return bestFirst(TrendingRanking.popular(), request, filters, places, times);
            }
            Candidates candidates = Candidates.gather(request, SOURCES, filters, places);
            ResolvedRules resolved = ResolvedRules.of(rules.places(), request, candidates, places);
            times.end(ReadStage.GATHER);
            ListTerms terms =
                    new ListTerms(
                            settings.boosts(query),
                            places,
                            settings.diversity(query),
                            resolved,
                            shadows.stream().map(one -> one.settings().shadow(query)).toList());
            return settings.ranking().list(request, candidates, terms, random, times);
        }
    }

    /**
     * The items that are most like one. No experiment changes the list.
     *
     * @param item index of the item to compare with
     * @param ranking in which likeness counts most
     */
    record Similar(RecommendationQuery query, int item, Ranking ranking) implements ListPlan {
        @Override
        public RequestContext context(HydratedUser user, Model model, Instant now) {
            return RequestContext.ofItem(query, item, user.profile(), user.history(), model, now);
        }

        @Override
        public RankedList list(
                RequestContext request,
                List<CandidateFilter> filters,
                RandomGenerator random,
                StageTimes times) {
            Candidates candidates = Candidates.gather(request, SOURCES, filters, query.count());
            times.end(ReadStage.GATHER);
            ListTerms terms =
                    new ListTerms(List.of(), query.count(), 0, ResolvedRules.NONE, List.of());
            return ranking.list(request, candidates, terms, random, times);
        }
    }

    /**
     * A list that is the same for all users but for what is withheld from each, in the order in
     * which its candidates are found. No experiment changes it.
     */
    record Named(ListQuery list) implements ListPlan {
        @Override
        public RecommendationQuery query() {
            return list.query();
        }

        @Override
        public @Nullable Ranking ranking() {
            return null;
        }

        @Override
        public RequestContext context(HydratedUser user, Model model, Instant now) {
            List<Filter> filters =
                    list.tag() == null
                            ? List.of()
                            : List.of(new Filter.Contains(Filter.Field.TAGS, list.tag()));
            return RequestContext.withoutPreferences(
                    query(), filters, user.profile(), user.history(), model, now);
        }

        @Override
        public RankedList list(
                RequestContext request,
                List<CandidateFilter> filters,
                RandomGenerator random,
                StageTimes times) {
            return bestFirst(TrendingRanking.of(list), request, filters, query().count(), times);
        }
    }
}
