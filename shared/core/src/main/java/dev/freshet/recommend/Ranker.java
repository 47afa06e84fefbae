package dev.freshet.recommend;

import dev.freshet.candidate.AvailabilityFilter;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Refusals;
import dev.freshet.candidate.RequestContext;
import dev.freshet.query.RankQuery;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.GivenList;
import dev.freshet.ranking.GivenList.HeldBack;
import dev.freshet.ranking.GivenRanking;
import dev.freshet.ranking.GivenRules;
import dev.freshet.ranking.PlaceRules;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.ReadStage;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.TrendingRanking;
import dev.freshet.recommend.RankedItems.Withheld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The flow that orders given items: hydrate → given candidates → filters → blend → draw → explain.
 * Filters say what they would withhold; only what is unavailable has no score, since its score
 * would tell what an item is about that is not public yet. Safe for many threads.
 */
final class Ranker {
    private final ReadParts parts;
    private final ServedRules rules;

    Ranker(ReadParts parts, ServedRules rules) {
        this.parts = parts;
        this.rules = rules;
    }

    /** Returns the given items in the order for the user. */
    RankedItems rank(RankQuery query) {
        RecommendationQuery about = query.request();
        StageTimes times = StageTimes.start(parts.nanos());
        Hydrator.Hydration reads = parts.hydrator().begin(about.user());
        ServedModel served = parts.model().get();
        int lookedAt = served.index(about.itemId());
        HydratedUser user =
                reads.await()
                        .without(
                                about.itemId() != null && lookedAt == RequestContext.NO_ITEM,
                                "unknown-item");
        times.end(ReadStage.HYDRATE);
        RecommendationId id = RecommendationId.draw(parts.random());
        ServedArms arms =
                ServedArms.of(parts.experiments().of(served.model()), about, user, served.model());
        JoinedRules joined = JoinedRules.of(about, rules.of(served.model()));
        ListSettings settings =
                arms.applied(
                                ListSettings.usual(
                                        parts.strategy(),
                                        parts.temperatures().of(about.placement())))
                        .with(joined);
        user =
                user.askedByFilters(settings.namesUser(about, joined.rules()))
                        .without(joined.problems());
        RequestContext request = context(about, settings, lookedAt, served, user);
        Sorted sorted = sort(query, served, Refusals.of(request, parts.filters()));
        Ordered ordered =
                settings.popularOnly()
                        ? popular(id, arms, request, sorted, served, user, times)
                        : blended(
                                id, arms, settings, query, joined, request, sorted, served, user,
                                times);
        Recommendations list = parts.answers().of(ordered.made, about.placement());
        return new RankedItems(
                query.predictedRatings() ? list.with(PredictedRatings.of(ordered.made)) : list,
                query.drop() ? Map.of() : both(sorted.withheld, ordered.held),
                sorted.unranked,
                query.drop() ? dropped(query, sorted, ordered) : List.of(),
                query.duplicates());
    }

    /**
     * A list, and what limits and the least score hold back.
     *
     * @param held by item id
     */
    private record Ordered(MadeList made, Map<String, Withheld> held) {}

    private static Map<String, Withheld> both(
            Map<String, Withheld> some, Map<String, Withheld> others) {
        Map<String, Withheld> both = new HashMap<>(some);
        both.putAll(others);
        return both;
    }

    /** Returns all that is left out, in the order given. */
    private static List<Withheld> dropped(RankQuery query, Sorted sorted, Ordered ordered) {
        Map<String, Withheld> all = new HashMap<>(ordered.held);
        sorted.dropped.forEach(one -> all.put(one.itemId(), one));
        return query.itemIds().stream().filter(all::containsKey).map(all::get).toList();
    }

    private RequestContext context(
            RecommendationQuery query,
            ListSettings settings,
            int lookedAt,
            ServedModel served,
            HydratedUser user) {
        return settings.popularOnly()
                ? RequestContext.withoutPreferences(
                        query,
                        settings.filters(),
                        user.profile(),
                        user.history(),
                        served.model(),
                        parts.clock().instant())
                : RequestContext.of(
                        query,
                        settings.filters(),
                        lookedAt,
                        user.profile(),
                        parts.attributes(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
    }

    /** The given items, by what becomes of them. */
    private record Sorted(
            int[] ranked,
            Map<String, Withheld> withheld,
            List<Withheld> unranked,
            List<Withheld> dropped) {}

    private static Sorted sort(RankQuery query, ServedModel served, Refusals refusals) {
        List<Integer> ranked = new ArrayList<>();
        Map<String, Withheld> withheld = new HashMap<>();
        List<Withheld> unranked = new ArrayList<>();
        List<Withheld> dropped = new ArrayList<>();
        for (String itemId : query.itemIds()) {
            int item = served.index(itemId);
            CandidateFilter refusing =
                    item == RequestContext.NO_ITEM ? null : refusals.refusing(item);
            if (item != RequestContext.NO_ITEM && refusing == null) {
                ranked.add(item);
                continue;
            }
            Withheld why = why(itemId, refusing);
            if (query.drop()) {
                dropped.add(why);
            } else if (refusing == null || refusing instanceof AvailabilityFilter) {
                unranked.add(why);
            } else {
                ranked.add(item);
                withheld.put(itemId, why);
            }
        }
        return new Sorted(
                ranked.stream().mapToInt(Integer::intValue).toArray(), withheld, unranked, dropped);
    }

    private static Withheld why(String itemId, @Nullable CandidateFilter refusing) {
        return refusing == null
                ? new Withheld(
                        itemId,
                        Withheld.UNKNOWN,
                        "There is no such item in the catalogue, or it was deleted.")
                : new Withheld(itemId, refusing.wireName(), ItemStory.refused(refusing));
    }

    private Ordered blended(
            RecommendationId id,
            ServedArms arms,
            ListSettings settings,
            RankQuery query,
            JoinedRules joined,
            RequestContext request,
            Sorted sorted,
            ServedModel served,
            HydratedUser user,
            StageTimes times) {
        Candidates candidates =
                Candidates.given(request, CandidateSource.ofFamilies(), sorted.ranked);
        Set<Integer> withheld = new HashSet<>();
        sorted.withheld.keySet().forEach(itemId -> withheld.add(served.index(itemId)));
        PlaceRules places = AppliedRules.given(joined.rules(), request);
        times.end(ReadStage.GATHER);
        GivenRanking ranking = settings.givenRanking();
        GivenList given =
                ranking.list(
                        request,
                        candidates,
                        settings.boosts(query.request()),
                        new GivenRules(places, withheld, query.drop()),
                        id.random(),
                        times);
        Map<String, Withheld> held = new HashMap<>();
        for (HeldBack one : given.held()) {
            String itemId = served.model().items().id(one.item());
            held.put(itemId, Withheld.by(itemId, one));
        }
        return new Ordered(
                made(
                        id,
                        arms,
                        request,
                        candidates,
                        given.list(),
                        ranking.policy(),
                        served,
                        user,
                        times),
                held);
    }

    /** Makes the list of a user whose arm gets popular items without personalisation. */
    private Ordered popular(
            RecommendationId id,
            ServedArms arms,
            RequestContext request,
            Sorted sorted,
            ServedModel served,
            HydratedUser user,
            StageTimes times) {
        TrendingRanking ranking = TrendingRanking.popular();
        Candidates candidates =
                Candidates.given(
                        request,
                        ranking.sources(),
                        TrendingRanking.mostPopularFirst(request, sorted.ranked));
        times.end(ReadStage.GATHER);
        RankedList list = ranking.all(request, candidates, times);
        return new Ordered(
                made(id, arms, request, candidates, list, Ranking.BEST_FIRST, served, user, times),
                Map.of());
    }

    private static MadeList made(
            RecommendationId id,
            ServedArms arms,
            RequestContext request,
            Candidates candidates,
            RankedList list,
            String policy,
            ServedModel served,
            HydratedUser user,
            StageTimes times) {
        ReadTrace trace = ReadTrace.of(times, request, candidates, list.items(), arms, policy);
        return MadeList.withoutRules(
                id, arms, null, request, candidates, list, served, user, trace);
    }
}
