package dev.freshet.bench.evaluate;

import dev.freshet.bench.rerank.RerankedBlend;
import dev.freshet.bench.rerank.Reranker;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.ranking.StackingStrategy;
import dev.freshet.ranking.Strategy;
import dev.freshet.recommend.OfflineLists;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * A part of the product that can rank by itself.
 *
 * @param name name in tables and JSON, such as {@code blend} or {@code co-occurrence}
 * @param kind kind of the entry in the report
 * @param rank returns ranked lists in order of precedence, each best first
 * @param learn learns that an item of the model was chosen at a request, beside what the model
 *     learns
 */
record Contender(
        String name,
        Scoreboard.Kind kind,
        Function<RequestContext, List<ItemScores>> rank,
        Optional<ObjIntConsumer<RequestContext>> learn) {
    private Contender(
            String name, Scoreboard.Kind kind, Function<RequestContext, List<ItemScores>> rank) {
        this(name, kind, rank, Optional.empty());
    }

    static final String BLEND = "blend";

    /**
     * Number of items requested from a single source: enough for ten to remain after excluding
     * those with which the user has interacted.
     */
    private static final int SOURCE_DEPTH = 500;

    /**
     * Returns the ranking that production serves, before diversity and exploration.
     *
     * @param strategy combines the sources' signals into one score
     * @param places number of items to rank
     */
    static Contender blend(Strategy strategy, int places) {
        return new Contender(
                BLEND,
                Scoreboard.Kind.BLEND,
                request -> List.of(OfflineLists.ranked(request, strategy, places)));
    }

    /**
     * Returns the blend under another name, as an entry to compare with: it is replayed by a stack
     * with other settings.
     */
    static Contender compared(String name, Strategy strategy, int places) {
        return new Contender(name, Scoreboard.Kind.BASELINE, blend(strategy, places).rank);
    }

    /**
     * Returns the blend with its first items re-ranked.
     *
     * @param name one of {@link Reranker#NAMES}
     */
    static Contender reranked(String name, Reranker reranker, int places) {
        Strategy stacking = new StackingStrategy();
        RerankedBlend blend = new RerankedBlend(reranker, SignalFamilies.COUNT);
        return new Contender(
                name,
                Scoreboard.Kind.BASELINE,
                request ->
                        List.of(
                                blend.rank(
                                        request, OfflineLists.ranked(request, stacking, places))),
                Optional.of(
                        (request, item) ->
                                blend.learn(
                                        request,
                                        OfflineLists.ranked(request, stacking, places),
                                        item)));
    }

    /**
     * Returns one candidate source in its own order; if it returns several lists, the first has
     * precedence.
     */
    static Contender of(CandidateSource source) {
        return new Contender(
                source.source().wireName(),
                Scoreboard.Kind.SOURCE,
                request -> source.find(request, SOURCE_DEPTH));
    }

    /** Returns every source of the recommender. */
    static List<Contender> sources() {
        return CandidateSource.ofFamilies().stream().map(Contender::of).toList();
    }

    /** Computes the lists of one request into the answer. */
    void answer(
            RequestContext request, TraceReplay replay, Eligible eligible, EvaluatedAnswer answer) {
        answer.clear();
        for (ItemScores list : rank.apply(request)) {
            answer.nextList();
            for (int at = 0; at < list.size(); at++) {
                answer.name(replay.number(list.item(at)), list.score(at), eligible);
            }
        }
    }
}
