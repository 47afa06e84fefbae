package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.console.CommandException;
import dev.freshet.event.EventTypes;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the stack that is replayed, and of others with which the blend is compared. */
final class ReplayOptions {
    private static final int MAX_PUT_AFTER = 31_536_000;

    /** Value of {@code --without} for each source that has signals. */
    private static final String EACH = "each";

    /** Value of {@code --compare-start} for the weights that signals state. */
    private static final String STATED = "stated";

    @Option(
            names = "--k-anonymity",
            paramLabel = "N",
            description =
                    "Number of people from which on what they did moves the lists of others, 1 to "
                            + ModelSettings.MAX_K_ANONYMITY
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
            names = "--compare-unlimited",
            description =
                    "Also replay a stack with --catalogue open and --k-anonymity 1, and report the"
                            + " blend's difference from it.")
    private boolean unlimited;

    @Option(
            names = "--compare-cohorts",
            description =
                    "Also replay a stack that knows age, gender and occupation of people as"
                            + " cohorts, and report the blend's difference from it (ml-100k,"
                            + " newspaper, shop); of newspaper and shop, whose occupations go with"
                            + " the topics that people like, also one that knows such a topic as an"
                            + " interest.")
    private boolean cohorts;

    private boolean interests;

    @Option(
            names = "--compare-start",
            paramLabel = "FILE",
            description =
                    "Also replay a stack whose blend starts from this table of weights, as freshet"
                            + " bench prior writes it, or from those that signals state (stated), and"
                            + " report the blend's difference from it.")
    private @Nullable Path start;

    @Option(
            names = "--without",
            paramLabel = "NAMES",
            description =
                    "Also replay a stack that neither ranks nor learns by a source or a signal, or"
                            + " by several, separated by commas, such as session or"
                            + " log-session-walk, and report the blend's difference from it, and the"
                            + " processor time of both; each: a stack without each source. May be"
                            + " given several times.")
    private List<String> without = List.of();

    @Option(
            names = "--compare-neighbours",
            paramLabel = "N",
            description =
                    "Also replay a stack with the neighbours of items that the batch job counts,"
                            + " anew after each N events and before a test, and report the blend's"
                            + " difference from it.")
    private int neighbours;

    /**
     * Checks the values, and that they fit each other and what is evaluated.
     *
     * @param ranking whether lists are ranked, and not searched for better settings
     */
    void check(Dataset dataset, boolean ranking) {
        Measurement.unlessBetween("--k-anonymity", kAnonymity, 1, ModelSettings.MAX_K_ANONYMITY);
        Measurement.unlessBetween("--put-after", putAfter, 0, MAX_PUT_AFTER);
        EvaluateCommand.needs(
                putAfter > 0,
                catalogue != CatalogueMode.OPEN,
                "--put-after needs --catalogue closed.");
        EvaluateCommand.needs(
                unlimited, ranking, "--compare-unlimited needs a ranking, without --tune.");
        EvaluateCommand.needs(
                !without.isEmpty(), ranking, "--without needs a ranking, without --tune.");
        Measurement.unlessBetween("--compare-neighbours", neighbours, 0, Integer.MAX_VALUE);
        EvaluateCommand.needs(
                neighbours > 0, ranking, "--compare-neighbours needs a ranking, without --tune.");
        EvaluateCommand.needs(
                start != null, ranking, "--compare-start needs a ranking, without --tune.");
        EvaluateCommand.needs(
                cohorts,
                ranking && (dataset == Dataset.ML_100K || dataset.isGenerated()),
                "--compare-cohorts needs a ranking of ml-100k, newspaper or shop, without"
                        + " --tune.");
        interests = cohorts && dataset.isGenerated();
        EvaluateCommand.needs(
                objective != null, ranking, "--objective needs a ranking, without --tune.");
        EvaluateCommand.needs(
                objective != null,
                dataset != Dataset.GOWALLA,
                "--objective needs a data set with types of events.");
    }

    EventTypes types() {
        return types.find().orElse(EventTypes.BUILT_IN);
    }

    /**
     * Returns the settings of the stack.
     *
     * @throws CommandException for an objective that cannot be read
     */
    ReplaySettings stack() {
        ModelSettings model =
                ModelSettings.DEFAULT.withKAnonymity(kAnonymity).withCatalogue(catalogue);
        try {
            return new ReplaySettings(
                    objective == null
                            ? model
                            : model.withObjective(Objective.parse(objective, types())),
                    Duration.ofSeconds(putAfter));
        } catch (IllegalArgumentException unreadable) {
            throw new CommandException("--objective: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Returns the settings of the stacks that are compared, by their names in the report.
     *
     * @throws CommandException for a table of weights that cannot be read
     */
    SequencedMap<String, ReplaySettings> compared() throws IOException {
        SequencedMap<String, ReplaySettings> stacks = new LinkedHashMap<>();
        if (unlimited) {
            stacks.put("unlimited", ReplaySettings.UNLIMITED);
        }
        if (cohorts) {
            stacks.put("cohorts", stack().knowing(ReplaySettings.COHORTS));
        }
        if (interests) {
            stacks.put("interests", stack().knowing(ReplaySettings.INTERESTS));
        }
        if (neighbours > 0) {
            stacks.put("neighbours", stack().countingAfter(neighbours));
        }
        if (start != null) {
            stacks.put("start", stack().startingFrom(weights(start)));
        }
        if (objective != null) {
            stacks.put("even", stack().with(stack().model().withObjective(Objective.EVEN)));
        }
        for (String names : without) {
            List<Set<String>> each =
                    names.equals(EACH)
                            ? SignalFamilies.SCORED.stream()
                                    .map(source -> Set.of(source.wireName()))
                                    .toList()
                            : List.of(known(names));
            for (Set<String> leftOut : each) {
                stacks.put(
                        "without " + String.join(", ", leftOut),
                        stack().with(stack().model().without(leftOut)));
            }
        }
        return stacks;
    }

    /** Returns the names of an option of sources and signals, each of which exists. */
    static Set<String> known(String names) {
        SequencedSet<String> all = new LinkedHashSet<>(List.of(names.split(",", -1)));
        List<String> known = new ArrayList<>();
        SignalFamilies.ALL.forEach(family -> known.add(family.source().wireName()));
        SignalFamilies.SIGNALS.forEach(signal -> known.add(signal.name()));
        if (!known.containsAll(all)) {
            throw new CommandException(
                    "--without must be %s, or names among %s."
                            .formatted(EACH, String.join(", ", known)));
        }
        return all;
    }

    private static StartingWeights weights(Path table) throws IOException {
        if (table.equals(Path.of(STATED))) {
            return StartingWeights.stated(SignalFamilies.SIGNALS);
        }
        try {
            return StartingWeights.read(SignalFamilies.SIGNALS, Files.readAllLines(table));
        } catch (IllegalArgumentException unreadable) {
            throw new CommandException("--compare-start: " + unreadable.getMessage(), unreadable);
        }
    }

    void addTo(ObjectNode report) {
        report.put("kAnonymity", kAnonymity)
                .put("catalogue", catalogue.name().toLowerCase(Locale.ROOT))
                .put("putAfterSeconds", putAfter)
                .put("objective", objective);
    }
}
