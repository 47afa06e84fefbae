package dev.freshet.ranking;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.model.signal.ScopeSignals;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.TrendingSignals;
import dev.freshet.query.ListQuery;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListQuery.Period;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.StageTimes.ReadStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks items without regard to the user. Trending items: those that rise in one scope, then those
 * that are popular there, then both over all scopes, then the newest, so that a site without
 * visitors today still shows a list. Popular items: those of one scope, then those over all users,
 * then the newest. Latest items: by birth. Liked and top-rated items: those that enough users have
 * an opinion of, and no others. One of each group of variants.
 *
 * @param scope of the counts that scores are of
 * @param halfLife of the counts that scores are of
 * @param period that reasons name of an item that is popular over a time
 * @param list that is ranked
 * @param sources in the order in which the list is filled
 */
public record TrendingRanking(
        Scope scope,
        HalfLife halfLife,
        Period period,
        NamedList list,
        List<CandidateSource> sources) {
    private static final CandidateSource CATALOGUE =
            CandidateSource.of(SignalFamilies.of(CatalogueItems.SOURCE));

    /**
     * Returns the ranking for a query: by tag where it has one, else by country where that is known
     * and the list is of counts, else over all users.
     */
    public static TrendingRanking of(ListQuery query) {
        String country = query.query().context().country();
        Scope all = query.tag() == null ? Scope.ALL : Scope.tag(query.tag());
        Scope scope = query.tag() == null && country != null ? Scope.country(country) : all;
        return switch (query.list()) {
            case LATEST -> recent(all, query.list(), List.of(latest(all), CATALOGUE));
            case LIKED -> recent(all, query.list(), List.of(liked(all)));
            case TOP_RATED -> recent(all, query.list(), List.of(rated(all)));
            case POPULAR -> popular(scope, query.period());
            case TRENDING -> trending(scope);
        };
    }

    /** Returns a ranking whose scores are of the last hours, or of opinions. */
    private static TrendingRanking recent(
            Scope scope, NamedList list, List<CandidateSource> sources) {
        return new TrendingRanking(scope, HalfLife.TWO_HOURS, Period.WEEK, list, sources);
    }

    /**
     * Returns the ranking of popular items over all users: by events at a half-life of three days,
     * then of two weeks.
     */
    public static TrendingRanking popular() {
        return recent(
                Scope.ALL,
                NamedList.POPULAR,
                List.of(
                        popular(Scope.ALL, HalfLife.THREE_DAYS),
                        popular(Scope.ALL, HalfLife.TWO_WEEKS),
                        CATALOGUE));
    }

    private static TrendingRanking popular(Scope scope, Period period) {
        HalfLife halfLife = halfLife(scope, period);
        List<CandidateSource> sources = new ArrayList<>();
        sources.add(popular(scope, halfLife));
        if (scope.kind() == Scope.Kind.COUNTRY) {
            sources.add(popular(Scope.ALL, halfLife(Scope.ALL, period)));
        }
        sources.add(CATALOGUE);
        return new TrendingRanking(scope, halfLife, period, NamedList.POPULAR, sources);
    }

    private static TrendingRanking trending(Scope scope) {
        List<CandidateSource> sources = new ArrayList<>();
        sources.add(rising(scope));
        sources.add(popular(scope, HalfLife.TWO_HOURS));
        sources.add(popular(scope, HalfLife.THREE_DAYS));
        if (scope.kind() == Scope.Kind.COUNTRY) {
            sources.add(rising(Scope.ALL));
            sources.add(popular(Scope.ALL, HalfLife.THREE_DAYS));
        }
        sources.add(CATALOGUE);
        return recent(scope, NamedList.TRENDING, sources);
    }

    private interface Search {
        ItemScores find(Popularity popularity, Instant now, int limit);
    }

    private static CandidateSource source(Source source, Search search) {
        return new CandidateSource(
                source,
                (request, limit) ->
                        List.of(search.find(request.model().popularity(), request.now(), limit)));
    }

    private static CandidateSource latest(Scope scope) {
        return source(
                NewItemSignals.SOURCE,
                (popularity, now, limit) -> popularity.latest(scope, now, limit));
    }

    private static CandidateSource liked(Scope scope) {
        return source(
                PopularitySignals.SOURCE, (popularity, _, limit) -> popularity.liked(scope, limit));
    }

    private static CandidateSource rated(Scope scope) {
        return source(
                PopularitySignals.SOURCE, (popularity, _, limit) -> popularity.rated(scope, limit));
    }

    private static CandidateSource popular(Scope scope, HalfLife halfLife) {
        return source(
                PopularitySignals.SOURCE,
                (popularity, now, limit) -> popularity.top(scope, halfLife, now, limit));
    }

    private static CandidateSource rising(Scope scope) {
        return source(
                scope.kind() == Scope.Kind.COUNTRY ? ScopeSignals.COUNTRY : TrendingSignals.SOURCE,
                (popularity, now, limit) -> popularity.trending(scope, now, limit));
    }

    /**
     * Returns the half-life that a period is counted by. Its events are on average 1.4 half-lives
     * old: 43 minutes, 17 hours, 4 days and 20 days. Within a country there are two, of which the
     * shorter one stands for the hour.
     */
    private static HalfLife halfLife(Scope scope, Period period) {
        if (scope.kind() == Scope.Kind.COUNTRY) {
            return period == Period.HOUR ? HalfLife.TWO_HOURS : HalfLife.THREE_DAYS;
        }
        return switch (period) {
            case HOUR -> HalfLife.HALF_HOUR;
            case DAY -> HalfLife.TWELVE_HOURS;
            case WEEK -> HalfLife.THREE_DAYS;
            case MONTH -> HalfLife.TWO_WEEKS;
        };
    }

    /**
     * Returns the first candidates, each with the reason it was found for, and the order of all.
     *
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList list(
            RequestContext request, Candidates candidates, int places, StageTimes times) {
        RankedCandidates found = RankedCandidates.inOrder(candidates);
        times.end(ReadStage.BLEND);
        int[] chosen =
                Diversifier.choose(request.model(), found.ranked(), places, 0, ResolvedRules.NONE);
        times.end(ReadStage.DRAW);
        return list(request, found, chosen, times);
    }

    /**
     * Returns all candidates in their order, also variants of each other.
     *
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList all(RequestContext request, Candidates candidates, StageTimes times) {
        RankedCandidates found = RankedCandidates.inOrder(candidates);
        times.end(ReadStage.BLEND);
        int[] all = IntStream.range(0, candidates.size()).toArray();
        return list(request, found, all, times);
    }

    /** Returns items by their number of users over the last weeks, the latest days first. */
    public static int[] mostPopularFirst(RequestContext request, int[] items) {
        Popularity popularity = request.model().popularity();
        return Arrays.stream(items)
                .boxed()
                .sorted(
                        Comparator.comparingDouble(
                                        (Integer item) ->
                                                -popularity.count(
                                                        item, HalfLife.THREE_DAYS, request.now()))
                                .thenComparingDouble(
                                        item ->
                                                -popularity.count(
                                                        item, HalfLife.TWO_WEEKS, request.now())))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private RankedList list(
            RequestContext request, RankedCandidates found, int[] chosen, StageTimes times) {
        List<Ranked> list = new ArrayList<>(chosen.length);
        for (int slot : chosen) {
            int item = found.ranked().item(slot);
            int sources = found.candidates().sources(slot);
            list.add(
                    new Ranked(
                            item,
                            score(request, item),
                            new Position(slot, 1, Kind.CHOSEN),
                            List.of(),
                            sources,
                            List.of(reason(request, item, sources)),
                            List.of()));
        }
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, found, ResolvedRules.NONE, List.of());
    }

    private double score(RequestContext request, int item) {
        Popularity popularity = request.model().popularity();
        return switch (list) {
            case TOP_RATED -> halfStars(popularity.opinions().stars(item));
            case LIKED -> roundedDown(popularity.opinions().likes(item));
            case LATEST, POPULAR, TRENDING ->
                    roundedDown(popularity.count(item, scope, halfLife, request.now()));
        };
    }

    /** Returns stars as they are shown: finer ones would tell one person's rating from the next. */
    private static double halfStars(double stars) {
        return Math.round(2 * stars) / 2.0;
    }

    /**
     * Returns the largest of 1, 2, 5, 10, 20, 50 and so on that is not above a decayed count, or 0:
     * the count itself would tell when each of a few people came.
     */
    static double roundedDown(double count) {
        if (!(count >= 1)) {
            return 0;
        }
        double step = 1;
        while (step * 10 <= count) {
            step *= 10;
        }
        return count >= 5 * step ? 5 * step : count >= 2 * step ? 2 * step : step;
    }

    private Reason reason(RequestContext request, int item, int sources) {
        if (list == NamedList.TOP_RATED) {
            return plain(
                    PopularitySignals.SOURCE,
                    ReasonMessage.about("rated", number(score(request, item))));
        }
        if (list == NamedList.LIKED) {
            double likes = score(request, item);
            return plain(
                    PopularitySignals.SOURCE,
                    likes > 1
                            ? ReasonMessage.about("liked.by", number(likes))
                            : ReasonMessage.of("liked"));
        }
        if ((sources & ScopeSignals.COUNTRY.bit()) != 0) {
            return plain(ScopeSignals.COUNTRY, ReasonMessage.about("trending.in", scope.value()));
        }
        boolean here =
                request.model().popularity().count(item, scope, HalfLife.THREE_DAYS, request.now())
                        > 0;
        if ((sources & TrendingSignals.SOURCE.bit()) != 0) {
            return plain(
                    TrendingSignals.SOURCE,
                    scope.kind() == Scope.Kind.TAG
                            ? ReasonMessage.about("trending.in", scope.value())
                            : ReasonMessage.of("trending"));
        }
        if ((sources & PopularitySignals.SOURCE.bit()) != 0) {
            return plain(
                    PopularitySignals.SOURCE,
                    here && scope.kind() != Scope.Kind.ALL
                            ? ReasonMessage.about("popularity.in", scope.value())
                            : ReasonMessage.of(
                                    period == Period.WEEK
                                            ? "popularity"
                                            : "popularity." + period.wireName()));
        }
        List<String> tags = request.model().items().item(item).tags();
        return plain(
                NewItemSignals.SOURCE,
                tags.isEmpty()
                        ? ReasonMessage.of("new")
                        : ReasonMessage.about("new.tag", tags.getFirst()));
    }

    private static String number(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }

    private static Reason plain(Source source, ReasonMessage message) {
        return Reason.plain(source, 1, 0, message);
    }
}
