package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Method.Kind;
import dev.freshet.bench.rerank.RerankedBlend;
import dev.freshet.bench.rerank.Reranker;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.recommend.OfflineLists;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * A part of the product that can rank by itself.
 *
 * @param entrant its entry in the report
 * @param rank returns ranked lists in order of precedence, each best first
 * @param learn learns that an item of the model was chosen at a request, beside what the model
 *     learns
 */
record Contender(
        Entrant entrant,
        Function<RequestContext, List<ItemScores>> rank,
        Optional<ObjIntConsumer<RequestContext>> learn) {
    static final String BLEND = "blend";

    /**
     * Number of items requested from a single source: enough for ten to remain after excluding
     * those with which the user has interacted.
     */
    private static final int SOURCE_DEPTH = 500;

    private static Contender of(
            String name, Kind kind, Function<RequestContext, List<ItemScores>> rank) {
        return new Contender(new Entrant(name, kind, false), rank, Optional.empty());
    }

    String name() {
        return entrant.name();
    }

    /**
     * Returns the ranking that production serves, before diversity and exploration.
     *
     * @param strategy combines the sources' signals into one score
     * @param places number of items to rank
     */
    static Contender blend(Strategy strategy, int places) {
        return of(
                BLEND,
                Kind.BLEND,
                request -> List.of(OfflineLists.ranked(request, strategy, places)));
    }

    /**
     * Returns the blend under another name, as an entry to compare with: it is replayed by a stack
     * with other settings, or ranks by another strategy.
     */
    static Contender compared(String name, Strategy strategy, int places) {
        return of(name, Kind.BASELINE, blend(strategy, places).rank);
    }

    /**
     * Returns the blend with its first items re-ranked.
     *
     * @param name one of {@link Reranker#NAMES}
     */
    static Contender reranked(String name, int places) {
        Reranker reranker = Reranker.of(name, SignalFamilies.COUNT).orElseThrow();
        RerankedBlend blend = new RerankedBlend(reranker, SignalFamilies.COUNT);
        Function<RequestContext, ItemScores> ranked =
                request -> OfflineLists.ranked(request, new StackingStrategy(), places);
        return new Contender(
                new Entrant(name, Kind.BASELINE, false),
                request -> List.of(blend.rank(request, ranked.apply(request))),
                Optional.of((request, item) -> blend.learn(request, ranked.apply(request), item)));
    }

    /**
     * Returns every source of the recommender in its own order; if one returns several lists, the
     * first has precedence.
     */
    static List<Contender> sources() {
        return CandidateSource.ofFamilies().stream()
                .map(
                        one ->
                                of(
                                        one.source().wireName(),
                                        Kind.SOURCE,
                                        request -> one.find(request, SOURCE_DEPTH)))
                .toList();
    }

    /** Returns the contender as one that ranks repeats too. */
    Contender amongRepeats() {
        return new Contender(new Entrant(name(), entrant.kind(), true), rank, learn);
    }
}
