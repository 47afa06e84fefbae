package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.ranking.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
                            + " the blend (fm, tree, bayes-tree, dcn), a source such as co-occurrence,"
                            + " or a baseline. May be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--blend",
            paramLabel = "NAME",
            description =
                    "Strategy that combines the sources' scores: "
                            + Strategy.NAMES
                            + ". Default: ${DEFAULT-VALUE}.")
    private String blend = Strategy.USUAL;

    @Mixin private final PolicyOptions policy = new PolicyOptions();

    @Mixin private final PartOptions part = new PartOptions();

    @Mixin private final TestOptions test = new TestOptions();

    @Mixin private final CompareOptions compare = new CompareOptions();

    @Option(
            names = "--repeats",
            description =
                    "Rank repeats like first interactions: no item is left out for having been"
                            + " interacted with. Streams only.")
    private boolean repeats;

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

    private final BaselineSet baselines;

    /**
     * Creates the command.
     *
     * @param baselines baselines that are compared with the blend
     */
    public EvaluateCommand(BaselineSet baselines) {
        this.baselines = baselines;
    }

    @Override
    public Integer call() throws IOException {
        require("--sample", sample, MAX_SAMPLED);
        require("--trials", trials, MAX_TRIALS);
        require("--seeds", seeds, MAX_SEEDS);
        Dataset dataset = Dataset.of(name);
        check(dataset);
        if (dataset.isGenerated()) {
            stream(
                    dataset.wireName(),
                    part.of(YoungSites.generated(dataset, seed, embedder, output, clock)),
                    false);
            return 0;
        }
        if (dataset != Dataset.GOWALLA) {
            stream(dataset, file(dataset));
            return 0;
        }
        GowallaLines train = GowallaLines.read(dataset.file(data, "train.txt"));
        if (tune) {
            try (Progress progress = output.progress("Trials", trials)) {
                report(tuning().split(dataset.wireName(), train, progress::at));
            }
        } else {
            split(train, GowallaLines.read(dataset.file(data, "test.txt")));
        }
        return 0;
    }

    /** Checks that the options fit the data set and each other. */
    private void check(Dataset dataset) {
        boolean ranking = !tune && task == Task.RANKING;
        boolean rankingOfStream = ranking && dataset != Dataset.GOWALLA;
        policy.check();
        part.check(rankingOfStream);
        test.check();
        compare.check(dataset, ranking);
        needs(
                test.isGiven(),
                rankingOfStream,
                "--split-at and --leave-last-one-out need a ranking of a stream, without --tune.");
        needs(
                losses,
                rankingOfStream
                        && !test.isGiven()
                        && (only.isEmpty() || only.contains(Contender.BLEND)),
                "--losses needs the blend, test-then-learn on a stream, without --tune.");
        needs(policy.hasObjective(), ranking, "--objective needs a ranking, without --tune.");
        needs(
                policy.hasObjective(),
                dataset != Dataset.GOWALLA,
                "--objective needs a data set with types of events.");
        needs(repeats, rankingOfStream, "--repeats needs a ranking of a stream, without --tune.");
        needs(
                task == Task.RATING,
                dataset == Dataset.ML_100K || dataset == Dataset.CSV,
                "--task rating needs a data set with ratings: ml-100k, or a CSV file with"
                        + " ratings.");
    }

    private static void needs(boolean given, boolean met, String sentence) {
        if (given && !met) {
            throw new CommandException(sentence);
        }
    }

    private TraceFile file(Dataset dataset) throws IOException {
        return switch (dataset) {
            case DESKDROP ->
                    TraceFile.of(
                            dataset.file(data, "users_interactions.csv"), TraceFormat.DESKDROP);
            case ML_100K -> {
                Path films = dataset.file(data, "ml-100k.item");
                yield TraceFile.ofHeader(dataset.file(data, "ml-100k.inter"))
                        .with(
                                EmbeddedCatalogue.of(
                                        MovielensCatalogue.read(films), embedder, output, clock),
                                MovielensUsers.read(dataset.file(data, "ml-100k.user")));
            }
            case CSV -> TraceFile.ofHeader(Dataset.csv(name, data));
            case GOWALLA, NEWSPAPER, SHOP ->
                    throw new IllegalArgumentException(dataset + " is no stream in a file");
        };
    }

    private static void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new CommandException(option + " must be between 1 and " + most + ".");
        }
    }

    private void stream(Dataset dataset, TraceFile file) throws IOException {
        Trace trace =
                part.of(
                        file.read(
                                clock.instant(),
                                new Ties.Shuffled(seed),
                                policy.types(),
                                output::note));
        String known = dataset == Dataset.CSV ? file.format().name() : dataset.wireName();
        if (task == Task.RATING && !tune) {
            Trace ordered =
                    file.read(clock.instant(), new Ties.OfFile(), policy.types(), line -> {});
            long start = System.nanoTime();
            try (Progress progress = output.progress("Ratings replayed", trace.steps().size())) {
                RatingRun run = new RatingRun(known, ordered, trace, seed);
                report(run.run(policy.stack(), progress::at), start);
            }
        } else {
            stream(known, trace, file.format().hasSessions());
        }
    }

    private void stream(String known, Trace trace, boolean sessions) throws IOException {
        if (tune) {
            try (Progress progress = output.progress("Trials", trials)) {
                report(tuning().prequential(known, trace, progress::at));
            }
        } else if (test.isGiven()) {
            long start = System.nanoTime();
            TestPlan plan = test.plan(trace, repeats, sessions, sample);
            Participants field = participants(TestBoard.DEPTH);
            try (Progress progress = output.progress("Events replayed", trace.steps().size())) {
                TestRun run = new TestRun(known, trace, plan, seed);
                report(run.run(policy.stack(), field, progress::at), start);
            }
        } else {
            long start = System.nanoTime();
            Participants field = participants(Prequential.DEPTH);
            try (Progress progress = output.progress("Events replayed", trace.steps().size())) {
                PrequentialRun run = new PrequentialRun(known, trace, sample, repeats, seed);
                LossTable lost = losses ? new LossTable(strategy()) : null;
                report(run.run(policy.stack(), field, lost, progress::at), lost, start);
            }
        }
    }

    private void split(GowallaLines train, GowallaLines test) throws IOException {
        long start = System.nanoTime();
        Participants field = participants(SplitBoard.DEPTH);
        SplitRun run = new SplitRun(train, test, sample, seed, seeds);
        try (Progress progress = output.progress("Pairs and users", run.steps())) {
            report(run.run(policy.stack(), field, progress::at), start);
        }
    }

    private Participants participants(int places) throws IOException {
        Participants field =
                compare.addTo(
                        Participants.of(places, strategy(), baselines, only),
                        strategy(),
                        places,
                        policy.stack());
        return policy.hasObjective() ? field.withEven(strategy(), places, policy.stack()) : field;
    }

    private TuneRun tuning() {
        return new TuneRun(strategy(), policy.stack(), sample, trials, seed);
    }

    private void report(Tuning tuning) {
        output.result(tuning.json(), tuning.text());
    }

    private Strategy strategy() {
        return Strategy.of(blend)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--blend must be one of " + Strategy.NAMES + "."));
    }

    private void report(Report report, long start) {
        report(report, null, start);
    }

    private void report(Report report, @Nullable LossTable lost, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String foot = String.format(Locale.ROOT, "%.1f s, seed %d.", seconds, seed);
        ObjectNode json = ReportJson.of(report);
        if (lost != null) {
            json.set("losses", LossReport.json(lost));
        }
        json.put("blend", blend);
        policy.addTo(json);
        only.forEach(json.putArray("only")::add);
        json.put("seconds", Math.round(seconds * 10) / 10.0);
        output.result(
                json,
                "%s%n%s%s"
                        .formatted(
                                ReportText.of(report),
                                lost == null ? "" : LossReport.text(lost),
                                foot));
    }
}
