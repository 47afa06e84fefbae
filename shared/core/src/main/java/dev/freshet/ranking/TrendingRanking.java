package dev.freshet.ranking;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.ScopedPopularity;
import dev.freshet.candidate.ScopedTrending;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.CatalogueItems;
import dev.freshet.model.signal.CountrySignals;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.TrendingSignals;
import dev.freshet.query.TrendingQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranks trending items: those that rise in one scope, then those that are popular there, then both
 * over all scopes, then the newest, so that a site without visitors today still shows a list. One
 * of each group of variants.
 */
public final class TrendingRanking {
    private final Scope scope;
    private final Diversifier diversifier = new Diversifier();

    TrendingRanking(Scope scope) {
        this.scope = scope;
    }

    /**
     * Returns the ranking for a query: by tag where it has one, else by country where that is
     * known, else over all users.
     */
    public static TrendingRanking of(TrendingQuery query) {
        String country = query.context().country();
        return new TrendingRanking(
                query.tag() != null
                        ? Scope.tag(query.tag())
                        : country != null ? Scope.country(country) : Scope.ALL);
    }

    /** Returns the sources in the order in which the list is filled. */
    public List<CandidateSource> sources() {
        List<CandidateSource> sources = new ArrayList<>();
        sources.add(new ScopedTrending(scope));
        sources.add(new ScopedPopularity(scope, HalfLife.TWO_HOURS));
        sources.add(new ScopedPopularity(scope, HalfLife.THREE_DAYS));
        if (scope.kind() == Scope.Kind.COUNTRY) {
            sources.add(new ScopedTrending(Scope.ALL));
            sources.add(new ScopedPopularity(Scope.ALL, HalfLife.THREE_DAYS));
        }
        sources.add(CandidateSource.of(SignalFamilies.of(CatalogueItems.SOURCE)));
        return sources;
    }

    /**
     * Returns the first candidates, each with the reason it was found for.
     *
     * @param times of the request; the stages from the blend on are added
     */
    public List<Ranked> list(
            RequestContext request, Candidates candidates, int places, StageTimes times) {
        int[] items = new int[candidates.size()];
        float[] order = new float[items.length];
        for (int slot = 0; slot < items.length; slot++) {
            items[slot] = candidates.item(slot);
            order[slot] = -slot;
        }
        times.end(ReadStage.BLEND);
        int[] chosen = diversifier.choose(request.model(), new ItemScores(items, order), places, 0);
        times.end(ReadStage.DRAW);
        List<Ranked> list = new ArrayList<>(chosen.length);
        for (int slot : chosen) {
            int sources = candidates.sources(slot);
            double people =
                    request.model()
                            .popularity()
                            .count(items[slot], scope, HalfLife.TWO_HOURS, request.now());
            list.add(
                    new Ranked(
                            items[slot],
                            roundedDown(people),
                            1,
                            sources,
                            List.of(reason(request, items[slot], sources)),
                            List.of()));
        }
        times.end(ReadStage.EXPLAIN);
        return list;
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
        if ((sources & CountrySignals.SOURCE.bit()) != 0) {
            return plain(CountrySignals.SOURCE, "Trending in " + scope.value());
        }
        boolean here =
                request.model().popularity().count(item, scope, HalfLife.THREE_DAYS, request.now())
                        > 0;
        String where = here && scope.kind() != Scope.Kind.ALL ? " in " + scope.value() : "";
        if ((sources & TrendingSignals.SOURCE.bit()) != 0) {
            boolean tag = scope.kind() == Scope.Kind.TAG;
            return plain(
                    TrendingSignals.SOURCE, "Trending " + (tag ? "in " + scope.value() : "now"));
        }
        if ((sources & PopularitySignals.SOURCE.bit()) != 0) {
            return plain(
                    PopularitySignals.SOURCE, "Popular" + (where.isEmpty() ? " this week" : where));
        }
        List<String> tags = request.model().items().item(item).tags();
        return plain(NewItemSignals.SOURCE, tags.isEmpty() ? "New" : "New in " + tags.getFirst());
    }

    private static Reason plain(Source source, String text) {
        return Reason.plain(source, 1, 0, text);
    }
}
