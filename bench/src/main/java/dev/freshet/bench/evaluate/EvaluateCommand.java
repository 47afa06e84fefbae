package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.Refusal;
import dev.freshet.feature.Item;
import dev.freshet.imports.Format;
import dev.freshet.model.ModelSettings;
import dev.freshet.ranking.Strategy;
import java.io.IOException;
import java.nio.file.Files;
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

/** {@code freshet evaluate DATASET}: how good the recommendations are, on recorded behaviour. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Replays a data set through the trainer, the model and the ranking that run in production,"
                    + " and tells how often they foresaw what was met next.",
            "deskdrop, ml-100k and CSV files are tested, then learned, event by event in time order;"
                    + " gowalla learns its train lines in one pass and is then tested."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_SAMPLED = 10_000;
    private static final int MOST_SEEDS = 20;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            description =
                    "deskdrop, ml-100k, gowalla, or csv; or the path of a CSV file with user,item,type,value,time.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that holds the data set, or the one above; of csv the file.")
    private @Nullable Path data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of whatever has no order of its own. gowalla takes this one and those behind it."
                            + " Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /** What is to be foreseen. */
    enum Task {
        /** What is met next. */
        RANKING,
        /** How it is rated. */
        RATING
    }

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "ranking: what is met next; rating: how it is rated (ml-100k, csv). Default: ranking.")
    private Task task = Task.RANKING;

    @Option(
            names = "--seeds",
            paramLabel = "K",
            description = "How many orders of gowalla's pairs. Default: ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "Rank by this alone: blend, a source such as co-occurrence, or a rival. May be given"
                            + " several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--blend",
            paramLabel = "NAME",
            description =
                    "How the sources' scores become one: "
                            + Strategy.NAMES
                            + ". Default: ${DEFAULT-VALUE}.")
    private String blend = Strategy.USUAL;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Rank one of N meetings; all are learned. Default: ${DEFAULT-VALUE}.")
    private int sample = 1;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description =
                    "What turns the titles of a catalogue into vectors: minilm or none."
                            + " Default: ${DEFAULT-VALUE}.")
    private String embedder = "minilm";

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Where the page with plots is written. Default: target/evaluate-DATASET.html of the"
                            + " checkout.")
    private @Nullable Path html;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    private final Opponents opponents;

    /**
     * The command.
     *
     * @param opponents which rivals are held against the blend
     */
    public EvaluateCommand(Opponents opponents) {
        this.opponents = opponents;
    }

    @Override
    public Integer call() throws IOException {
        if (sample < 1 || sample > MOST_SAMPLED) {
            throw new Refusal("--sample must be between 1 and " + MOST_SAMPLED + ".");
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new Refusal("--seeds must be between 1 and " + MOST_SEEDS + ".");
        }
        Dataset dataset =
                Dataset.of(name)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                "'"
                                                        + name
                                                        + "' is no data set and no file: take deskdrop, ml-100k,"
                                                        + " gowalla, csv or the path of a CSV file."));
        if (task == Task.RATING && dataset != Dataset.ML_100K && dataset != Dataset.CSV) {
            throw new Refusal("--task rating needs ratings: ml-100k, or a CSV file with some.");
        }
        switch (dataset) {
            case DESKDROP ->
                    prequential(
                            dataset,
                            dataset.file(data, "users_interactions.csv"),
                            Format.deskdrop(),
                            List.of());
            case ML_100K ->
                    prequential(
                            dataset,
                            dataset.file(data, "ml-100k.inter"),
                            Format.movielens(),
                            EmbeddedCatalogue.of(
                                    MovielensCatalogue.read(dataset.file(data, "ml-100k.item")),
                                    embedder,
                                    output,
                                    clock));
            case CSV -> prequential(dataset, Dataset.csv(name, data), Format.csv(), List.of());
            case GOWALLA ->
                    split(
                            GowallaLines.read(dataset.file(data, "train.txt")),
                            GowallaLines.read(dataset.file(data, "test.txt")));
        }
        return 0;
    }

    private void prequential(Dataset dataset, Path file, Format format, List<Item> catalogue)
            throws IOException {
        Trace trace = read(file, format, catalogue, new Ties.Shuffled(seed));
        long start = System.nanoTime();
        if (task == Task.RATING) {
            Trace ordered = read(file, format, catalogue, new Ties.OfFile());
            RatingRun run = new RatingRun(dataset.wireName(), ordered, trace, seed);
            try (Progress progress = output.progress("Ratings replayed", trace.steps().size())) {
                tell(run.run(ModelSettings.DEFAULT, progress::at), start);
            }
            return;
        }
        PrequentialRun run = new PrequentialRun(dataset.wireName(), trace, sample, seed);
        try (Progress progress = output.progress("Events replayed", trace.steps().size())) {
            tell(
                    run.run(
                            ModelSettings.DEFAULT,
                            Field.of(Prequential.DEPTH, strategy(), opponents, only),
                            progress::at),
                    start);
        }
    }

    private Trace read(Path file, Format format, List<Item> catalogue, Ties ties)
            throws IOException {
        Trace trace = new TraceReader(format, clock.instant(), ties).read(file, catalogue);
        if (ties instanceof Ties.Shuffled) {
            trace.unread()
                    .forEach(
                            line ->
                                    output.note(
                                            "Line " + line.number() + " left out: " + line.why()));
            int more = trace.unreadLines() - trace.unread().size();
            if (more > 0) {
                output.note("… and %,d more.".formatted(more));
            }
        }
        if (trace.steps().isEmpty()) {
            throw new Refusal("No line of " + file + " could be read.");
        }
        return trace;
    }

    private void split(GowallaLines train, GowallaLines test) throws IOException {
        long start = System.nanoTime();
        SplitRun run = new SplitRun(train, test, sample, seed, seeds);
        try (Progress progress = output.progress("Pairs and users", run.steps())) {
            tell(
                    run.run(
                            ModelSettings.DEFAULT,
                            Field.of(SplitBoard.DEPTH, strategy(), opponents, only),
                            progress::at),
                    start);
        }
    }

    private Strategy strategy() {
        return Strategy.of(blend)
                .orElseThrow(() -> new Refusal("--blend must be one of " + Strategy.NAMES + "."));
    }

    private void tell(Report report, long start) throws IOException {
        double seconds = (System.nanoTime() - start) / 1e9;
        String foot = String.format(Locale.ROOT, "%.1f s, seed %d.", seconds, seed);
        Path page = write(report, foot);
        ObjectNode json = ReportJson.of(report);
        json.put("blend", blend);
        only.forEach(json.putArray("only")::add);
        json.put("seconds", Math.round(seconds * 10) / 10.0).put("page", page.toString());
        output.result(
                json,
                "%s%n%s%nThe page with plots: %s".formatted(ReportText.of(report), foot, page));
    }

    private Path write(Report report, String foot) throws IOException {
        Path page =
                html != null
                        ? html
                        : Checkout.find()
                                .resolve("target")
                                .resolve(
                                        "evaluate-%s%s.html"
                                                .formatted(
                                                        report.dataset(),
                                                        task == Task.RATING ? "-rating" : ""));
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(page, Page.of(report, foot));
        return page;
    }
}
