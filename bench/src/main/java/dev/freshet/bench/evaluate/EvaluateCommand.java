package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.Refusal;
import dev.freshet.feature.Item;
import dev.freshet.imports.Format;
import dev.freshet.model.ModelSettings;
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
    private static final int SEEDS = 3;

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
                    "Seed of whatever has no order of its own. gowalla takes this one and the next two."
                            + " Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "Rank by this alone: blend, a source such as co-occurrence, or a rival. May be given"
                            + " several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Rank one of N meetings; all are learned. Default: ${DEFAULT-VALUE}.")
    private int sample = 1;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        if (sample < 1 || sample > MOST_SAMPLED) {
            throw new Refusal("--sample must be between 1 and " + MOST_SAMPLED + ".");
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
                            MovielensCatalogue.read(dataset.file(data, "ml-100k.item")));
            case CSV -> prequential(dataset, Dataset.csv(name, data), Format.csv(), List.of());
            case GOWALLA ->
                    split(
                            dataset,
                            GowallaLines.read(dataset.file(data, "train.txt")),
                            GowallaLines.read(dataset.file(data, "test.txt")));
        }
        return 0;
    }

    private void prequential(Dataset dataset, Path file, Format format, List<Item> catalogue)
            throws IOException {
        Trace trace = new TraceReader(format, clock.instant(), seed).read(file, catalogue);
        trace.unread()
                .forEach(line -> output.note("Line " + line.number() + " left out: " + line.why()));
        if (trace.unreadLines() > trace.unread().size()) {
            output.note("… and %,d more.".formatted(trace.unreadLines() - trace.unread().size()));
        }
        if (trace.steps().isEmpty()) {
            throw new Refusal("No line of " + file + " could be read.");
        }
        long start = System.nanoTime();
        Moments moments = Moments.of(trace, false, sample);
        List<Scoreboard> boards;
        try (Progress progress = output.progress("Events replayed", trace.steps().size())) {
            boards =
                    new Prequential(trace, moments, false)
                            .product(
                                    ModelSettings.DEFAULT, chosen(Prequential.DEPTH), progress::at);
        }
        PrequentialResult result = new PrequentialResult(trace, moments, boards, seed);
        ObjectNode json = head(dataset);
        result.writeTo(json);
        output.result(foot(json, start), result.toText() + told(start));
    }

    private void split(Dataset dataset, GowallaLines train, GowallaLines test) {
        long start = System.nanoTime();
        List<SplitResult.Run> runs = new ArrayList<>();
        int items = 0;
        for (int turn = 0; turn < SEEDS; turn++) {
            Split split = new Split(train, test, seed + turn);
            items = split.trainedItems();
            SplitProtocol protocol = new SplitProtocol(split, sample);
            try (Progress progress =
                    output.progress("Seed " + (seed + turn) + ": steps", protocol.steps())) {
                runs.add(
                        new SplitResult.Run(
                                seed + turn,
                                protocol.product(
                                        ModelSettings.DEFAULT,
                                        chosen(SplitBoard.DEPTH),
                                        progress::at)));
            }
        }
        SplitResult result = new SplitResult(runs, train.pairs(), items, sample);
        ObjectNode json = head(dataset);
        result.writeTo(json);
        output.result(foot(json, start), result.toText() + told(start));
    }

    private List<Contender> chosen(int places) {
        List<Contender> all = new ArrayList<>();
        all.add(Contender.blend(places));
        all.addAll(Contender.sources());
        if (only.isEmpty()) {
            return all;
        }
        List<Contender> chosen = all.stream().filter(one -> only.contains(one.name())).toList();
        if (chosen.isEmpty()) {
            throw new Refusal(
                    "--only knows "
                            + String.join(", ", all.stream().map(Contender::name).toList())
                            + ".");
        }
        return chosen;
    }

    private ObjectNode head(Dataset dataset) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("evaluate", dataset.wireName());
        if (!only.isEmpty()) {
            only.forEach(json.putArray("only")::add);
        }
        return json;
    }

    private static ObjectNode foot(ObjectNode json, long start) {
        return json.put("seconds", Math.round((System.nanoTime() - start) / 1e8) / 10.0);
    }

    private static String told(long start) {
        return String.format(Locale.ROOT, "%n%.1f s", (System.nanoTime() - start) / 1e9);
    }
}
