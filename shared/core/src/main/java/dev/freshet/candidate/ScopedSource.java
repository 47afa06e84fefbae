package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.ScopeSignals;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.TrendingSignals;
import java.time.Instant;
import java.util.List;

/** Finds the items that come first in one scope, for all users alike. */
public final class ScopedSource implements CandidateSource {
    private final Source source;
    private final Search search;

    private interface Search {
        ItemScores find(Popularity popularity, Instant now, int limit);
    }

    private ScopedSource(Source source, Search search) {
        this.source = source;
        this.search = search;
    }

    /** Finds the items that were born last, of all or with a tag. */
    public static ScopedSource latest(Scope scope) {
        return new ScopedSource(
                NewItemSignals.SOURCE,
                (popularity, now, limit) -> popularity.latest(scope, now, limit));
    }

    /** Finds items that many users like, of all or with a tag. */
    public static ScopedSource liked(Scope scope) {
        return new ScopedSource(
                PopularitySignals.SOURCE, (popularity, _, limit) -> popularity.liked(scope, limit));
    }

    /** Finds items with good ratings, of all or with a tag. */
    public static ScopedSource rated(Scope scope) {
        return new ScopedSource(
                PopularitySignals.SOURCE, (popularity, _, limit) -> popularity.rated(scope, limit));
    }

    /** Finds items that many users interacted with. */
    public static ScopedSource popular(Scope scope, HalfLife halfLife) {
        return new ScopedSource(
                PopularitySignals.SOURCE,
                (popularity, now, limit) -> popularity.top(scope, halfLife, now, limit));
    }

    /** Finds items that rise. */
    public static ScopedSource trending(Scope scope) {
        return new ScopedSource(
                scope.kind() == Scope.Kind.COUNTRY ? ScopeSignals.COUNTRY : TrendingSignals.SOURCE,
                (popularity, now, limit) -> popularity.trending(scope, now, limit));
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(search.find(request.model().popularity(), request.now(), limit));
    }
}
