package dev.freshet.bench.evaluate;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.ranking.Strategy;
import dev.freshet.recommend.Recommender;
import java.util.List;
import java.util.function.Function;

/**
 * A part of the product that can rank by itself.
 *
 * @param name in tables and JSON: {@code blend}, {@code co-occurrence}
 * @param rank lists, the earlier before the later, each best first
 */
record Contender(
        String name, Scoreboard.Kind kind, Function<RequestContext, List<ItemScores>> rank) {
    static final String BLEND = "blend";

    /**
     * How deep a source alone is asked: enough for ten to be left when those that a reader has met
     * are taken out.
     */
    private static final int SOURCE_DEPTH = 500;

    /**
     * The ranking that production serves, before diversity and exploration.
     *
     * @param strategy how the sources' signals become one score
     * @param places how many items would be asked for
     */
    static Contender blend(Strategy strategy, int places) {
        return new Contender(
                BLEND,
                Scoreboard.Kind.BLEND,
                request -> List.of(Recommender.ranked(request, strategy, places)));
    }

    /** One source of candidates in its own order; of several lists the first one leads. */
    static Contender of(CandidateSource source) {
        return new Contender(
                source.source().wireName(),
                Scoreboard.Kind.SOURCE,
                request -> source.find(request, SOURCE_DEPTH));
    }

    /** Every source that the recommender asks. */
    static List<Contender> sources() {
        return Recommender.sources().stream().map(Contender::of).toList();
    }

    /** Reads its lists at one visit. */
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
