package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.PriorChoices.Choice;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.Stopwatch;
import dev.freshet.console.Text;
import dev.freshet.event.EventTypes;
import dev.freshet.json.JsonRecords;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.ranking.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code freshet bench prior}: learns the weights that a new site starts from. */
@Command(
        name = "prior",
        mixinStandardHelpOptions = true,
        description = {
            "Learns the weights that a new site starts from, over the first 5,000 events of"
                    + " deskdrop, ml-100k and the demo's two sites, and measures on each of them"
                    + " those that were learned on the others.",
            "Runs in this process, in one thread, without a local cloud."
        })
public final class PriorCommand extends Measurement {
    /** Penalty of the distance from the stated weights while the weights of a site are fitted. */
    private static final double RIDGE = 0.03;

    private static final int MAX_BEGINNINGS = 50;
    private static final String ROW =
            "  first {events:,d}: {moments:,d} ranked, Recall@10 {recall:.4f}, {/recallLead/by:+.4f}"
                    + " [{/recallLead/interval/low:+.4f}, {/recallLead/interval/high:+.4f}]; MRR@10"
                    + " {mrr:.4f}, {/mrrLead/by:+.4f} [{/mrrLead/interval/low:+.4f},"
                    + " {/mrrLead/interval/high:+.4f}]";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Folder with the folders of the data sets deskdrop and ml-100k.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--beginnings",
            paramLabel = "N",
            description = "Streams of 5,000 events of each site. Default: ${DEFAULT-VALUE}.")
    private int beginnings = 6;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description = "Embedder of texts: minilm or none. Default: ${DEFAULT-VALUE}.")
    private String embedder = "minilm";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the streams. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--keep-stated",
            description = "Learn the weights of those signals only that state none.")
    private boolean keepStated;

    @Option(
            names = "--skip-measuring",
            description = "Only learn the weights of all sites; do not measure.")
    private boolean skipMeasuring;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "File that the weights learned over all sites are written to, for freshet"
                            + " evaluate --compare-start.")
    private @Nullable Path write;

    @Option(
            names = "--write-without",
            paramLabel = "DIR",
            description =
                    "Folder that the weights learned without each site are written to, as"
                            + " without-SITE.txt, for freshet evaluate --compare-start.")
    private @Nullable Path writeWithout;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Text text = new Text();

    @Override
    protected Measured measure() throws IOException {
        unlessBetween("--beginnings", beginnings, 1, MAX_BEGINNINGS);
        Stopwatch stopwatch = new Stopwatch();
        DatasetReader reader =
                new DatasetReader(data, embedder, EventTypes.BUILT_IN, output, clock);
        List<SiteBeginnings> sites = SiteBeginnings.all(reader, beginnings, seed);
        ReplaySettings settings =
                ReplaySettings.DEFAULT.startingFrom(StartingWeights.stated(SignalFamilies.SIGNALS));
        List<List<Choice>> choices = new ArrayList<>();
        List<StartingWeights> fitted = new ArrayList<>();
        for (SiteBeginnings site : sites) {
            choices.add(PriorChoices.of(site, settings, seed));
            fitted.add(PriorFit.of(List.of(choices.getLast()), RIDGE, keepStated));
            output.note(
                    String.format(
                            Locale.ROOT, "%s: %,d choices", site.name(), choices.getLast().size()));
        }
        for (int left = 0; left < sites.size(); left++) {
            leaveOut(sites.get(left), choices.get(left), without(left, fitted));
        }
        List<String> table = PriorFit.mean(fitted).lines();
        text.add("All sites:");
        table.forEach(line -> text.add("%s", line));
        if (write != null) {
            List<String> lines = new ArrayList<>(List.of(header(sites)));
            lines.addAll(table);
            Files.write(write, lines);
        }
        figures.put("weights", table);
        figures.put("seconds", stopwatch.seconds());
        return measured(figures, text);
    }

    private void say(String line) {
        text.add("%s", line);
        output.note(line);
    }

    private String header(List<SiteBeginnings> sites) {
        return "# Weights that learning starts from, for thin, medium and long histories: made by"
                + " `freshet bench prior` over "
                + String.join(", ", sites.stream().map(SiteBeginnings::name).toList());
    }

    private void leaveOut(SiteBeginnings site, List<Choice> own, List<StartingWeights> others)
            throws IOException {
        StartingWeights stated = StartingWeights.stated(SignalFamilies.SIGNALS);
        StartingWeights learned = PriorFit.mean(others);
        Map<String, Object> fitted = new LinkedHashMap<>();
        figures.put(site.name(), fitted);
        fitted.put("statedLoss", PriorFit.loss(stated, own));
        fitted.put("learnedLoss", PriorFit.loss(learned, own));
        say(
                Text.filled(
                        JsonRecords.tree(fitted),
                        site.name()
                                + ": log loss {statedLoss:.4f} stated, {learnedLoss:.4f} learned on"
                                + " the others"));
        if (writeWithout != null) {
            Files.write(writeWithout.resolve("without-" + site.name() + ".txt"), learned.lines());
        }
        if (!skipMeasuring) {
            Strategy strategy = Strategy.of(Strategy.USUAL).orElseThrow();
            for (YoungComparison.Row row :
                    YoungComparison.of(
                            site, ReplaySettings.DEFAULT, strategy, stated, learned, seed)) {
                String line = Text.filled(JsonRecords.tree(row), ROW);
                say(line);
                fitted.put("first" + row.events(), line);
            }
        }
    }

    private static <T> List<T> without(int left, List<T> all) {
        List<T> others = new ArrayList<>(all);
        others.remove(left);
        return others;
    }
}
