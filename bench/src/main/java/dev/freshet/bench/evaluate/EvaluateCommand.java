package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.Evaluation.Participants;
import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.ranking.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code freshet evaluate DATASET}: evaluates the quality of recommendations on
 * recorded behaviour.
 */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Replays a data set through the production trainer, model and ranking, and reports how"
                    + " often they predicted the next item.",
            "Each event of deskdrop, ml-100k and CSV files is tested, then learned, in time order;"
                    + " gowalla's train lines are learned in one pass, then its test lines are tested."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int MAX_SAMPLED = 10_000;
    private static final int MAX_SEEDS = 20;
    private static final int MAX_TRIALS = 1_000;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            description =
                    "deskdrop, ml-100k, gowalla, csv, or newspaper or shop, the generated sites of"
                            + " the demo; or the path of a CSV file with user,item,type,value,time, of"
                            + " one of RecBole's atomic files, or of a file of sessions with SessionId,"
                            + " ItemId and Time.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set, or its parent; for csv the file.")
    private @Nullable Path data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the order of events without an order; gowalla uses this and the"
                            + " following seeds. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /** What is predicted. */
    enum Task {
        /** The next item. */
        RANKING,
        /** The rating of an item. */
        RATING
    }

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "ranking: predict the next item; rating: predict its rating (ml-100k, csv)."
                            + " Default: ranking.")
    private Task task = Task.RANKING;

    @Option(
            names = "--seeds",
            paramLabel = "K",
            description = "Number of orders of gowalla's pairs. Default: ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "Evaluate this only: blend, another strategy such as stacking, a re-ranker of"
                            + " the blend (residual, fm, tree, bayes-tree, dcn), a source such as"
                            + " co-occurrence, or a baseline. May be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--blend",
            paramLabel = "NAME",
            description =
                    "Strategy that combines the sources' scores: "
                            + Strategy.NAMES
                            + ". Default: ${DEFAULT-VALUE}.")
    private String blend = Strategy.USUAL;

    @Mixin private final ReplayOptions replay = new ReplayOptions();

    @Mixin private final StreamOptions streams = new StreamOptions();

    @Option(
            names = "--losses",
            description =
                    "Also tell where the blend lost what people chose: no candidate, filtered, or"
                            + " outranked and by which signals; and the best order of the candidates.")
    private boolean losses;

    @Option(
            names = "--tune",
            description =
                    "Search for better settings instead, on the first 30 %% of a stream or on a"
                            + " tenth of gowalla's train lines; test lines are not read.")
    private boolean tune;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Number of settings that --tune tries. Default: ${DEFAULT-VALUE}.")
    private int trials = 12;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Rank one of N interactions; all are learned. Default: ${DEFAULT-VALUE}.")
    private int sample = 1;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description =
                    "Embedder of the titles of a catalogue: minilm or none."
                            + " Default: ${DEFAULT-VALUE}.")
    private String embedder = "minilm";

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        Measurement.unlessBetween("--sample", sample, 1, MAX_SAMPLED);
        Measurement.unlessBetween("--trials", trials, 1, MAX_TRIALS);
        Measurement.unlessBetween("--seeds", seeds, 1, MAX_SEEDS);
        Dataset dataset = Dataset.of(name);
        check(dataset);
        DatasetReader reader = new DatasetReader(data, embedder, replay.types(), output, clock);
        if (dataset == Dataset.GOWALLA) {
            split(dataset);
        } else if (dataset.isGenerated()) {
            Trace trace = streams.part(reader.generated(dataset, seed));
            stream(dataset.wireName(), trace, false);
        } else {
            DatasetReader.Source source = reader.source(dataset, name);
            Trace trace = streams.part(reader.read(source, new Ties.Shuffled(seed)));
            if (task == Task.RATING && !tune) {
                Trace ordered = reader.silently(source, new Ties.OfFile());
                RatingRun run = new RatingRun(source.name(), ordered, trace, seed);
                report(
                        "Ratings replayed",
                        trace.steps().size(),
                        null,
                        done -> run.run(replay.stack(), done));
            } else {
                stream(source.name(), trace, source.format().hasSessions());
            }
        }
        return 0;
    }

    /** Checks that the options fit the data set and each other. */
    private void check(Dataset dataset) {
        boolean ranking = !tune && task == Task.RANKING;
        boolean rankingOfStream = ranking && dataset != Dataset.GOWALLA;
        replay.check(dataset, ranking);
        streams.check(rankingOfStream);
        needs(
                losses,
                rankingOfStream
                        && !streams.hasTest()
                        && (only.isEmpty() || only.contains(Contender.BLEND)),
                "--losses needs the blend, test-then-learn on a stream, without --tune.");
        needs(
                task == Task.RATING,
                dataset == Dataset.ML_100K || dataset == Dataset.CSV,
                "--task rating needs a data set with ratings: ml-100k, or a CSV file with"
                        + " ratings.");
    }

    /** Throws an exception with this sentence if an option is given that needs what is not met. */
    static void needs(boolean given, boolean met, String sentence) {
        if (given && !met) {
            throw new CommandException(sentence);
        }
    }

    private void stream(String known, Trace trace, boolean sessions) throws IOException {
        if (tune) {
            tune(Tuning.onStream(known, trace, strategy(), replay.stack(), sample, seed));
            return;
        }
        rank(known, "Events replayed", List.of(streams.plan(trace, sessions, sample)));
    }

    private void split(Dataset dataset) throws IOException {
        GowallaLines train = GowallaLines.read(dataset.file(data, "train.txt"));
        if (tune) {
            tune(
                    Tuning.onSplit(
                            dataset.wireName(), train, strategy(), replay.stack(), sample, seed));
            return;
        }
        GowallaLines test = GowallaLines.read(dataset.file(data, "test.txt"));
        List<Plan> orders =
                LongStream.range(seed, seed + seeds)
                        .mapToObj(order -> train.plan(test, order, sample))
                        .toList();
        rank(dataset.wireName(), "Pairs and users", orders);
    }

    private void rank(String known, String what, List<Plan> plans) throws IOException {
        LossTable lost = losses ? new LossTable(strategy()) : null;
        Participants field =
                new Participants(strategy(), only, new ComparedStacks(replay.compared()), lost);
        report(
                what,
                plans.stream().mapToLong(Plan::steps).sum(),
                lost,
                done -> new Evaluation(known, plans, seed).run(replay.stack(), field, done));
    }

    private void tune(Tuning tuning) {
        try (Progress progress = output.progress("Trials", trials)) {
            Tuning.Result result = tuning.run(trials, progress::at);
            output.result(result.json(), result.text());
        }
    }

    private Strategy strategy() {
        return Strategy.of(blend)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--blend must be one of " + Strategy.NAMES + "."));
    }

    private void report(
            String what,
            long steps,
            @Nullable LossTable lost,
            Function<LongConsumer, Report> evaluation) {
        long start = System.nanoTime();
        try (Progress progress = output.progress(what, steps)) {
            Report report = evaluation.apply(progress::at);
            double seconds = (System.nanoTime() - start) / 1e9;
            String foot = String.format(Locale.ROOT, "%.1f s, seed %d.", seconds, seed);
            ObjectNode json = report.json();
            if (lost != null) {
                json.set("losses", lost.json());
            }
            json.put("blend", blend);
            replay.addTo(json);
            json.putPOJO("only", only).put("seconds", Math.round(seconds * 10) / 10.0);
            String losses = lost == null ? "" : lost.text();
            output.result(json, report.text() + System.lineSeparator() + losses + foot);
        }
    }
}
