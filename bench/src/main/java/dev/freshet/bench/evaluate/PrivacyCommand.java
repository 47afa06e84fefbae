package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.bench.privacy.Attacks.Score;
import dev.freshet.bench.privacy.StrangerGame;
import dev.freshet.bench.privacy.StrangerGame.Question;
import dev.freshet.bench.privacy.StrangerGame.Rules;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.console.CommandException;
import dev.freshet.console.Progress;
import dev.freshet.console.Text;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example;
import dev.freshet.json.JsonRecords;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.ranking.Temperatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code freshet bench privacy}: measures what lists tell a stranger of one person. */
@Command(
        name = "privacy",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a game against the lists: a stranger with a publishable key, who knows some items"
                    + " of a person, tells an item that the person takes up from a decoy of equal"
                    + " popularity and age.",
            "The score is how much more often the stranger is right than where the person did not"
                    + " take it up, by the attack that is best on one half of the people, on the"
                    + " other. Runs in this process, in one thread, without a local cloud."
        })
public final class PrivacyCommand extends Measurement {
    private static final String ROW =
            "{k:3d} {known:5d} {ids:3d} {right:7.4f} {without:7.4f} {score:7.4f} {upper:7.4f}"
                    + "  {attack}";
    private static final int BATCH = 1_000;
    private static final double LEARNED = 0.9;
    private static final int MAX_IDS = 100;

    @Parameters(description = "deskdrop, ml-100k, or the path of a file that evaluate reads.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data set, or its parent; for csv the file.")
    private @Nullable Path data;

    @Option(
            names = "--question",
            description =
                    "which: which item was taken up at all; whose: which item the person took up,"
                            + " while somebody else takes up the decoy. Default: whose.")
    private Question question = Question.WHOSE;

    @Option(names = "--targets", description = "Targets of a game. Default: ${DEFAULT-VALUE}.")
    private int targets = 10_000;

    @Option(
            names = "--known",
            split = ",",
            description = "Items of a person that the stranger knows. Default: ${DEFAULT-VALUE}.")
    private List<Integer> known = List.of(1, 2, 5);

    @Option(
            names = "--k-anonymity",
            split = ",",
            description = "Rules that are measured. Default: ${DEFAULT-VALUE}.")
    private List<Integer> limits = List.of(ModelSettings.USUAL_K_ANONYMITY);

    @Option(
            names = "--ids",
            split = ",",
            description =
                    "Ids of the stranger's own that count. Default: 0, 1, one less than"
                            + " --k-anonymity, and twice that.")
    private List<Integer> ids = List.of();

    @Option(
            names = "--without",
            paramLabel = "NAMES",
            description =
                    "Neither rank nor learn by these sources and signals, separated by commas.")
    private @Nullable String without;

    @Option(
            names = "--traffic",
            description = "Events of others in a minute. Default: ${DEFAULT-VALUE}.")
    private int traffic = 1;

    @Option(
            names = "--made-up",
            description =
                    "Make people up, so that 0 to 2k others hold a known item and the secret, and as"
                            + " many a known item and the decoy.")
    private boolean madeUp;

    @Option(
            names = "--control",
            description =
                    "Let somebody else take up the secret in any case, so that there is nothing to"
                            + " tell: the score must be about 0.")
    private boolean control;

    @Option(
            names = "--exploration",
            description = "The stack's option of that name, 0 to 100. Default: ${DEFAULT-VALUE}.")
    private int exploration;

    @Option(names = "--events", description = "Use the first of the events only. Default: all.")
    private int events = Integer.MAX_VALUE;

    @Option(names = "--seed", description = "Seed of the game. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    protected Measured measure() throws IOException {
        unlessBetween("--targets", targets, 100, 100_000);
        unlessBetween("--events", events, 1_000, Integer.MAX_VALUE);
        unlessBetween("--traffic", traffic, 0, 1_000);
        unlessBetween("--exploration", exploration, 0, 100);
        ids.forEach(number -> unlessBetween("--ids", number, 0, MAX_IDS));
        known.forEach(number -> unlessBetween("--known", number, 1, 20));
        limits.forEach(k -> unlessBetween("--k-anonymity", k, 1, ModelSettings.MAX_K_ANONYMITY));
        Dataset dataset = Dataset.of(name);
        if (dataset.isGenerated() || dataset == Dataset.GOWALLA) {
            throw new CommandException("The game needs recorded people in the order of time.");
        }
        DatasetReader reader = new DatasetReader(data, "none", EventTypes.BUILT_IN, output, clock);
        Trace trace = reader.read(reader.source(dataset, name), new Ties.Shuffled(seed));
        if (events < trace.steps().size()) {
            trace = trace.part(0, events);
        }
        ReplaySettings stack = ReplaySettings.DEFAULT;
        if (without != null) {
            stack = stack.with(stack.model().without(ReplayOptions.known(without)));
        }
        TraceReplay replay = new TraceReplay(stack, trace.catalogue(), trace.profiles());
        int learned = (int) (LEARNED * trace.steps().size());
        try (Progress progress = output.progress("Events learned", learned)) {
            for (int from = 0; from < learned; from += BATCH) {
                replay.learn(trace.steps().subList(from, Math.min(learned, from + BATCH)));
                progress.at(from);
            }
        }
        List<Example.Interaction> interactions =
                trace.steps().stream().map(replay::example).toList();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("dataset", name);
        figures.put("events", trace.steps().size());
        figures.put("question", question.name().toLowerCase(Locale.ROOT));
        figures.put("trafficAMinute", traffic);
        List<ObjectNode> rows = new ArrayList<>();
        figures.put("scores", rows);
        Text text = new Text().add("  k known ids   right without   score   upper  attack");
        ModelSettings settings = replay.model().settings();
        List<Integer> own = ids.stream().sorted().distinct().toList();
        int between = (int) (traffic * StrangerGame.BETWEEN.toMinutes());
        for (int k : limits) {
            Model model = replay.model().withReadSettings(settings.withKAnonymity(k));
            for (int number : known) {
                Rules rules =
                        new Rules(
                                question,
                                number,
                                madeUp,
                                between,
                                control,
                                own,
                                new Temperatures(exploration, Map.of()));
                for (ObjectNode row : play(model, interactions, learned, rules)) {
                    rows.add(row);
                    text.add(row, ROW);
                    output.note(Text.filled(row, ROW));
                }
            }
        }
        return measured(figures, text).lines("Seed {seed}");
    }

    private List<ObjectNode> play(
            Model model, List<Example.Interaction> interactions, int learned, Rules rules) {
        List<ObjectNode> rows = new ArrayList<>();
        try (Progress progress = output.progress("Targets", targets)) {
            StrangerGame game = new StrangerGame(model, interactions, learned, rules);
            for (Score score : game.play(targets, seed, progress::at).scores()) {
                ObjectNode row = JsonRecords.tree(score);
                row.put("k", model.settings().kAnonymity()).put("known", rules.known());
                rows.add(row.put("ids", game.ids().get(rows.size())));
            }
        } catch (IllegalArgumentException few) {
            throw new CommandException(String.valueOf(few.getMessage()), few);
        }
        return rows;
    }
}
