package dev.freshet.ranking;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.ScopedSource;
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
import dev.freshet.query.NamedList;
import dev.freshet.query.Period;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ranks items without regard to the user. Trending items: those that rise in one scope, then those
 * that are popular there, then both over all scopes, then the newest, so that a site without
 * visitors today still shows a list. Popular items: those of one scope, then those over all users,
 * then the newest. Latest items: by birth. Liked and top-rated items: those that enough users have
 * an opinion of, and no others. One of each group of variants.
 */
public final class TrendingRanking {
    private final Scope scope;
    private final HalfLife halfLife;
    private final String when;
    private final @Nullable NamedList opinion;
    private final List<CandidateSource> sources;
    private final Diversifier diversifier = new Diversifier();

    /**
     * Creates a ranking.
     *
     * @param halfLife of the counts that scores are of
     * @param when the key of the reason of an item that is popular over a time
     * @param opinion liked or top-rated, for a ranking by what users think of items; else null
     * @param sources in the order in which the list is filled
     */
    private TrendingRanking(
            Scope scope,
            HalfLife halfLife,
            String when,
            @Nullable NamedList opinion,
            List<CandidateSource> sources) {
        this.scope = scope;
        this.halfLife = halfLife;
        this.when = when;
        this.opinion = opinion;
        this.sources = List.copyOf(sources);
    }

    private static TrendingRanking byOpinion(
            Scope scope, NamedList opinion, CandidateSource source) {
        return new TrendingRanking(
                scope, HalfLife.TWO_HOURS, when(Period.DEFAULT), opinion, List.of(source));
    }

    /**
     * Returns the ranking for a query: by tag where it has one, else by country where that is known
     * and the list is of counts, else over all users.
     */
    public static TrendingRanking of(ListQuery query) {
        String country = query.query().context().country();
        Scope all = query.tag() == null ? Scope.ALL : Scope.tag(query.tag());
        Scope scope = query.tag() == null && country != null ? Scope.country(country) : all;
        return switch (query.list()) {
            case LATEST -> latest(all);
            case LIKED -> byOpinion(all, NamedList.LIKED, ScopedSource.liked(all));
            case TOP_RATED -> byOpinion(all, NamedList.TOP_RATED, ScopedSource.rated(all));
            case POPULAR -> popular(scope, query.period());
            case TRENDING -> trending(scope);
        };
    }

    /**
     * Returns the ranking of popular items over all users: by events at a half-life of three days,
     * then of two weeks.
     */
    public static TrendingRanking popular() {
        return new TrendingRanking(
                Scope.ALL,
                HalfLife.TWO_HOURS,
                when(Period.WEEK),
                null,
                List.of(
                        ScopedSource.popular(Scope.ALL, HalfLife.THREE_DAYS),
                        ScopedSource.popular(Scope.ALL, HalfLife.TWO_WEEKS),
                        catalogue()));
    }

    private static TrendingRanking latest(Scope scope) {
        return new TrendingRanking(
                scope,
                HalfLife.TWO_HOURS,
                when(Period.WEEK),
                null,
                List.of(ScopedSource.latest(scope), catalogue()));
    }

    private static TrendingRanking popular(Scope scope, Period period) {
        HalfLife halfLife = halfLife(scope, period);
        List<CandidateSource> sources = new ArrayList<>();
        sources.add(ScopedSource.popular(scope, halfLife));
        if (scope.kind() == Scope.Kind.COUNTRY) {
            sources.add(ScopedSource.popular(Scope.ALL, halfLife(Scope.ALL, period)));
        }
        sources.add(catalogue());
        return new TrendingRanking(scope, halfLife, when(period), null, sources);
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

    private static String when(Period period) {
        return switch (period) {
            case HOUR -> "popularity.hour";
            case DAY -> "popularity.day";
            case WEEK -> "popularity";
            case MONTH -> "popularity.month";
        };
    }

    private static CandidateSource catalogue() {
        return CandidateSource.of(SignalFamilies.of(CatalogueItems.SOURCE));
    }

    private static TrendingRanking trending(Scope scope) {
        List<CandidateSource> sources = new ArrayList<>();
        sources.add(ScopedSource.trending(scope));
        sources.add(ScopedSource.popular(scope, HalfLife.TWO_HOURS));
        sources.add(ScopedSource.popular(scope, HalfLife.THREE_DAYS));
        if (scope.kind() == Scope.Kind.COUNTRY) {
            sources.add(ScopedSource.trending(Scope.ALL));
            sources.add(ScopedSource.popular(Scope.ALL, HalfLife.THREE_DAYS));
        }
        sources.add(catalogue());
        return new TrendingRanking(scope, HalfLife.TWO_HOURS, when(Period.WEEK), null, sources);
    }

    /** Returns the sources in the order in which the list is filled. */
    public List<CandidateSource> sources() {
        return sources;
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
                diversifier.choose(request.model(), found.ranked(), places, 0, ResolvedRules.NONE);
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
        return opinion == NamedList.TOP_RATED
                ? halfStars(popularity.opinions().stars(item))
                : roundedDown(
                        opinion == NamedList.LIKED
                                ? popularity.opinions().likes(item)
                                : popularity.count(item, scope, halfLife, request.now()));
    }

    /** Returns stars as they are told: finer ones would tell one person's rating from the next. */
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
        if (opinion != null) {
            return plain(PopularitySignals.SOURCE, opinion(score(request, item)));
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
                            : ReasonMessage.of(when));
        }
        List<String> tags = request.model().items().item(item).tags();
        return plain(
                NewItemSignals.SOURCE,
                tags.isEmpty()
                        ? ReasonMessage.of("new")
                        : ReasonMessage.about("new.tag", tags.getFirst()));
    }

    private ReasonMessage opinion(double score) {
        if (opinion == NamedList.TOP_RATED) {
            return ReasonMessage.about("rated", number(score));
        }
        return score > 1
                ? ReasonMessage.about("liked.by", number(score))
                : ReasonMessage.of("liked");
    }

    private static String number(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }

    private static Reason plain(Source source, ReasonMessage message) {
        return Reason.plain(source, 1, 0, message);
    }
}
