package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Prequential.Watch;
import dev.freshet.bench.evaluate.Search.Tried;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.ranking.Strategy;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Searches for better settings where that is allowed: on the first three tenths of a stream, or on
 * a tenth of the train lines of a split. What figures are told of is never looked at.
 *
 * @param strategy of the blend
 * @param every one of so many meetings, or users, is ranked; fewer where there are very many
 * @param trials how many places are tried
 */
record TuneRun(Strategy strategy, int every, int trials, long seed) {
    private static final int HELD_OUT = 10;

    /** Meetings or users ranked in each trial. */
    private static final int MOST_RANKED = 4_000;

    /** On a stream: each trial replays its opening. */
    Tuning prequential(String dataset, Trace whole, LongConsumer done) {
        Trace opening = whole.opening(Part.LATE_FROM);
        Moments moments = Moments.of(opening, false, every(opening.steps().size()));
        PrequentialRun run = new PrequentialRun(dataset, opening, every, seed);
        return search(
                dataset,
                "Ranked: %,d first meetings of the first 30 %% of the stream, replayed anew in each trial."
                        .formatted(moments.size()),
                PrequentialRun.RECALL,
                settings -> {
                    Watch watch =
                            Watch.of(
                                    moments,
                                    false,
                                    List.of(Contender.blend(strategy, Prequential.DEPTH)));
                    new Prequential(opening)
                            .product(
                                    ModelSettings.DEFAULT.reading(settings),
                                    List.of(watch),
                                    step -> {});
                    return run.entry(watch.boards().getFirst(), moments);
                },
                done);
    }

    /** On train lines: learned once, without a tenth of each user's, then read in other ways. */
    Tuning split(String dataset, GowallaLines train, LongConsumer done) {
        GowallaLines.Parts parts = train.holdOut(HELD_OUT, seed);
        Split split = new Split(parts.kept(), parts.heldOut(), seed);
        SplitProtocol protocol = new SplitProtocol(split, every(split.asked().length));
        SplitProtocol.Learned learned = protocol.learned(ModelSettings.DEFAULT, step -> {});
        List<Contender> contenders = List.of(Contender.blend(strategy, SplitBoard.DEPTH));
        return search(
                dataset,
                ("Held out: %,d of %,d train pairs, looked for on behalf of %,d users. The others were learned"
                                + " once, under the present settings; each trial reads the model in its own way.")
                        .formatted(parts.heldOut().pairs(), train.pairs(), protocol.users()),
                SplitRun.RECALL,
                settings -> {
                    learned.read(settings);
                    return SplitRun.entry(learned.ask(contenders, step -> {}));
                },
                done);
    }

    /** A search need not rank everything. */
    private int every(int all) {
        return Math.max(every, (all + MOST_RANKED - 1) / MOST_RANKED);
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
