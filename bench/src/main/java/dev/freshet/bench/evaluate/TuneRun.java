package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Prequential.Watch;
import dev.freshet.bench.evaluate.Search.Tried;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.ranking.Strategy;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Search for better settings on data reserved for it: on the first three tenths of a stream, or on
 * a tenth of the train lines of a split. Data that reported figures are computed on is never used.
 *
 * @param strategy strategy of the blend
 * @param every one in this many interactions, or users, is ranked; fewer for large data sets
 * @param trials number of points that are tried
 */
record TuneRun(Strategy strategy, ReplaySettings stack, int every, int trials, long seed) {
    private static final int HELD_OUT = 10;

    /** Maximum number of interactions or users ranked in each trial. */
    private static final int MAX_RANKED = 4_000;

    /** Searches on a stream; each trial replays its opening. */
    Tuning prequential(String dataset, Trace whole, LongConsumer done) {
        Trace opening = whole.opening(Part.LATE_FROM);
        Moments moments = Moments.of(opening, false, every(opening.steps().size()));
        PrequentialRun run = new PrequentialRun(dataset, opening, every, false, seed);
        return search(
                dataset,
                "Ranked: %,d first interactions of the first 30 %% of the stream, replayed in each trial."
                        .formatted(moments.size()),
                PrequentialRun.RECALL,
                settings -> {
                    Watch watch =
                            Watch.of(
                                    moments,
                                    false,
                                    List.of(Contender.blend(strategy, Prequential.DEPTH)));
                    new Prequential(opening)
                            .product(stack.reading(settings), List.of(watch), step -> {});
                    return run.entry(watch.boards().getFirst(), moments);
                },
                done);
    }

    /**
     * Searches on train lines: they are learned once without a tenth of each user's items, then
     * each trial reads the model with other settings.
     */
    Tuning split(String dataset, GowallaLines train, LongConsumer done) {
        GowallaLines.Parts parts = train.holdOut(HELD_OUT, seed);
        Split split = new Split(parts.kept(), parts.heldOut(), seed);
        SplitProtocol protocol = new SplitProtocol(split, every(split.evaluatedUsers().length));
        SplitProtocol.Learned learned = protocol.learned(stack, step -> {});
        List<Contender> contenders = List.of(Contender.blend(strategy, SplitBoard.DEPTH));
        return search(
                dataset,
                ("Held out: %,d of %,d train pairs, of %,d users. The others were learned once with"
                                + " the present settings; each trial reads the model with its own settings.")
                        .formatted(parts.heldOut().pairs(), train.pairs(), protocol.users()),
                SplitRun.RECALL,
                settings -> {
                    learned.read(settings);
                    return SplitRun.entry(learned.ask(contenders, step -> {}));
                },
                done);
    }

    /** Returns the sampling interval, which is raised for large data sets. */
    private int every(int all) {
        return Math.max(every, (all + MAX_RANKED - 1) / MAX_RANKED);
    }

    private Tuning search(
            String dataset,
            String on,
            String figure,
            Function<BasketSettings, Entry> trial,
            LongConsumer done) {
        Search search = new Search(trial, figure);
        List<Tried> tried = search.run(BasketSettings.DEFAULT, trials, seed, done);
        return new Tuning(dataset, on, tried, search.best(tried), seed);
    }
}
