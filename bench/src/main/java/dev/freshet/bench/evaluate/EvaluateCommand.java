package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.imports.Format;
import dev.freshet.event.EventTypes;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.ranking.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final int MAX_PUT_AFTER = 31_536_000;

    /** Value of {@code --compare-start} for the weights that signals state. */
    private static final String STATED = "stated";

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            description =
                    "deskdrop, ml-100k, gowalla, csv, or newspaper or shop, the generated sites of"
                            + " the demo; or the path of a CSV file with"
                            + " user,item,type,value,time, of one of RecBole's atomic files, or of a"
                            + " file of sessions with SessionId, ItemId and Time.")
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
                    "Evaluate this only: blend, another strategy such as stacking, a re-ranker of the blend (fm, tree,"
                            + " bayes-tree, dcn), a source such as"
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

    @Option(
            names = "--k-anonymity",
            paramLabel = "N",
            description =
                    "Number of people from which on what they did moves the lists of others, 1 to "
                            + ModelSettings.MOST_K_ANONYMITY
                            + "; 1: no such limit. Default: ${DEFAULT-VALUE}.")
    private int kAnonymity = ModelSettings.USUAL_K_ANONYMITY;

    @Option(
            names = "--catalogue",
            paramLabel = "MODE",
            description =
                    "closed: an item is learned and shown once the catalogue put it, at its first"
                            + " event or --put-after it; open: no catalogue is needed. Default:"
                            + " closed.")
    private CatalogueMode catalogue = CatalogueMode.CLOSED;

    @Option(
            names = "--put-after",
            paramLabel = "SECONDS",
            description =
                    "Time from an item's first event until the catalogue puts it, 0 to 31536000;"
                            + " until then its events wait. Default: ${DEFAULT-VALUE}.")
    private int putAfter;

    @Option(
            names = "--compare-unlimited",
            description =
                    "Also replay a stack with --catalogue open and --k-anonymity 1, and report the"
                            + " blend's difference from it.")
    private boolean compareUnlimited;

    @Mixin private final TestOptions test = new TestOptions();

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

    @Mixin private final EventTypesOption types = new EventTypesOption();

    @Option(
            names = "--objective",
            paramLabel = "WEIGHTS",
            description =
                    "What interactions weigh when the blend learns from them, such as"
                            + " purchase=5,cart=2. Also replays a stack in which all weigh 1, and"
                            + " reports the blend's difference from it.")
    private @Nullable String objective;

    @Option(
            names = "--compare-cohorts",
            description =
                    "Also replay a stack that knows age, gender and occupation of people as"
                            + " cohorts, and report the blend's difference from it (ml-100k).")
    private boolean compareCohorts;

    @Option(
            names = "--compare-start",
            paramLabel = "FILE",
            description =
                    "Also replay a stack whose blend starts from this table of weights, as freshet"
                            + " bench prior writes it, or from those that signals state (stated), and"
                            + " report the blend's difference from it.")
    private @Nullable Path compareStart;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Only replay so many events of a stream. Default: all.")
    private int first = Integer.MAX_VALUE;

    @Option(
            names = "--from",
            paramLabel = "N",
            description =
                    "Begin behind so many events of a stream, as a site that begins there."
                            + " Default: ${DEFAULT-VALUE}.")
    private int from;

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

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "File of the page with plots. Default: target/evaluate-DATASET.html of the"
                            + " checkout.")
    private @Nullable Path html;

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
        require("--k-anonymity", kAnonymity, ModelSettings.MOST_K_ANONYMITY);
        if (putAfter < 0 || putAfter > MAX_PUT_AFTER) {
            throw new CommandException("--put-after must be between 0 and " + MAX_PUT_AFTER + ".");
        }
        if (putAfter > 0 && catalogue == CatalogueMode.OPEN) {
            throw new CommandException("--put-after needs --catalogue closed.");
        }
        if (compareUnlimited && (tune || task == Task.RATING)) {
            throw new CommandException("--compare-unlimited needs a ranking, without --tune.");
        }
        if (objective != null && (tune || task == Task.RATING)) {
            throw new CommandException("--objective needs a ranking, without --tune.");
        }
        if (first < 1 || from < 0) {
            throw new CommandException("--first must be at least 1, and --from at least 0.");
        }
        Dataset dataset = Dataset.of(name);
        if ((first < Integer.MAX_VALUE || from > 0)
                && (dataset == Dataset.GOWALLA || tune || task == Task.RATING)) {
            throw new CommandException(
                    "--first and --from need a ranking of a stream, without --tune.");
        }
        if (compareStart != null && (tune || task == Task.RATING)) {
            throw new CommandException("--compare-start needs a ranking, without --tune.");
        }
        test.check();
        if (losses
                && (test.isGiven()
                        || tune
                        || task == Task.RATING
                        || dataset == Dataset.GOWALLA
                        || !(only.isEmpty() || only.contains(Contender.BLEND)))) {
            throw new CommandException(
                    "--losses needs the blend, test-then-learn on a stream, without --tune.");
        }
        if (test.isGiven() && (tune || task == Task.RATING || dataset == Dataset.GOWALLA)) {
            throw new CommandException(
                    "--split-at and --leave-last-one-out need a ranking of a stream, without"
                            + " --tune.");
        }
        if (objective != null && dataset == Dataset.GOWALLA) {
            throw new CommandException("--objective needs a data set with types of events.");
        }
        if (repeats && (dataset == Dataset.GOWALLA || tune || task == Task.RATING)) {
            throw new CommandException("--repeats needs a ranking of a stream, without --tune.");
        }
        if (compareCohorts && (dataset != Dataset.ML_100K || tune || task == Task.RATING)) {
            throw new CommandException(
                    "--compare-cohorts needs a ranking of ml-100k, without --tune.");
        }
        if (task == Task.RATING && dataset != Dataset.ML_100K && dataset != Dataset.CSV) {
            throw new CommandException(
                    "--task rating needs a data set with ratings: ml-100k, or a CSV file with"
                            + " ratings.");
        }
        if (dataset.isGenerated()) {
            stream(
                    dataset.wireName(),
                    part(YoungSites.generated(dataset, seed, embedder, output, clock)),
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

    private TraceFile file(Dataset dataset) throws IOException {
        return switch (dataset) {
            case DESKDROP ->
                    TraceFile.of(dataset.file(data, "users_interactions.csv"), Format.deskdrop());
            case ML_100K -> {
                Path films = dataset.file(data, "ml-100k.item");
                yield new TraceFile(
                        dataset.file(data, "ml-100k.inter"),
                        Format.movielens(),
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
                part(file.read(clock.instant(), new Ties.Shuffled(seed), types(), output::note));
        String known = dataset == Dataset.CSV ? file.format().name() : dataset.wireName();
        if (task == Task.RATING && !tune) {
            Trace ordered = file.read(clock.instant(), new Ties.OfFile(), types(), line -> {});
            long start = System.nanoTime();
            try (Progress progress = output.progress("Ratings replayed", trace.steps().size())) {
                RatingRun run = new RatingRun(known, ordered, trace, seed);
                report(run.run(stack(), progress::at), start);
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
                report(run.run(stack(), field, progress::at), start);
            }
        } else {
            long start = System.nanoTime();
            Participants field = participants(Prequential.DEPTH);
            try (Progress progress = output.progress("Events replayed", trace.steps().size())) {
                PrequentialRun run = new PrequentialRun(known, trace, sample, repeats, seed);
                LossTable lost = losses ? new LossTable(strategy()) : null;
                report(run.run(stack(), field, lost, progress::at), lost, start);
            }
        }
    }

    private Trace part(Trace whole) {
        if (from >= whole.steps().size()) {
            throw new CommandException(
                    "--from: there are %,d events.".formatted(whole.steps().size()));
        }
        return first == Integer.MAX_VALUE && from == 0 ? whole : whole.part(from, first);
    }

    private void split(GowallaLines train, GowallaLines test) throws IOException {
        long start = System.nanoTime();
        Participants field = participants(SplitBoard.DEPTH);
        SplitRun run = new SplitRun(train, test, sample, seed, seeds);
        try (Progress progress = output.progress("Pairs and users", run.steps())) {
            report(run.run(stack(), field, progress::at), start);
        }
    }

    private Participants participants(int places) throws IOException {
        Participants field = Participants.of(places, strategy(), baselines, only);
        if (compareUnlimited) {
            field = field.withUnlimited(strategy(), places);
        }
        if (compareCohorts) {
            field = field.withCohorts(strategy(), places, stack());
        }
        if (compareStart != null) {
            field =
                    field.withStart(
                            strategy(),
                            places,
                            stack().startingFrom(startingWeights(compareStart)));
        }
        return objective == null ? field : field.withEven(strategy(), places, stack());
    }

    private static StartingWeights startingWeights(Path table) throws IOException {
        if (table.equals(Path.of(STATED))) {
            return StartingWeights.stated(SignalFamilies.SIGNALS);
        }
        try {
            return StartingWeights.read(SignalFamilies.SIGNALS, Files.readAllLines(table));
        } catch (IllegalArgumentException unreadable) {
            throw new CommandException("--compare-start: " + unreadable.getMessage(), unreadable);
        }
    }

    private ReplaySettings stack() {
        return new ReplaySettings(
                ModelSettings.DEFAULT
                        .withKAnonymity(kAnonymity)
                        .under(catalogue)
                        .pursuing(objective()),
                Duration.ofSeconds(putAfter));
    }

    private EventTypes types() {
        return types.find().orElse(EventTypes.BUILT_IN);
    }

    private Objective objective() {
        try {
            return objective == null ? Objective.EVEN : Objective.parse(objective, types());
        } catch (IllegalArgumentException unreadable) {
            throw new CommandException("--objective: " + unreadable.getMessage(), unreadable);
        }
    }

    private TuneRun tuning() {
        return new TuneRun(strategy(), stack(), sample, trials, seed);
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

    private void report(Report report, long start) throws IOException {
        report(report, null, start);
    }

    private void report(Report report, @Nullable LossTable lost, long start) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        String foot = String.format(Locale.ROOT, "%.1f s, seed %d.", seconds, seed);
        String part = lost == null ? "" : LossReport.html(lost);
        Path page = PageFile.write(report, part, foot, html);
        ObjectNode json = ReportJson.of(report);
        if (lost != null) {
            json.set("losses", LossReport.json(lost));
        }
        json.put("blend", blend);
        json.put("kAnonymity", kAnonymity);
        json.put("catalogue", catalogue.name().toLowerCase(Locale.ROOT));
        json.put("putAfterSeconds", putAfter);
        json.put("objective", objective);
        only.forEach(json.putArray("only")::add);
        json.put("seconds", Math.round(seconds * 10) / 10.0).put("page", page.toString());
        output.result(
                json,
                "%s%n%s%s%nPage with plots: %s"
                        .formatted(
                                ReportText.of(report),
                                lost == null ? "" : LossReport.text(lost),
                                foot,
                                page));
    }
}
