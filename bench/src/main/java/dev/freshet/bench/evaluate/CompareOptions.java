package dev.freshet.bench.evaluate;

import dev.freshet.cli.CommandException;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.ranking.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that replay another stack too, with which the blend is compared. */
final class CompareOptions {
    /** Value of {@code --compare-start} for the weights that signals state. */
    private static final String STATED = "stated";

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
                            + " cohorts, and report the blend's difference from it (ml-100k).")
    private boolean cohorts;

    @Option(
            names = "--compare-start",
            paramLabel = "FILE",
            description =
                    "Also replay a stack whose blend starts from this table of weights, as freshet"
                            + " bench prior writes it, or from those that signals state (stated), and"
                            + " report the blend's difference from it.")
    private @Nullable Path start;

    /**
     * Checks that the options fit what is evaluated.
     *
     * @param ranking whether lists are ranked, and not searched for better settings
     */
    void check(Dataset dataset, boolean ranking) {
        if (unlimited && !ranking) {
            throw new CommandException("--compare-unlimited needs a ranking, without --tune.");
        }
        if (start != null && !ranking) {
            throw new CommandException("--compare-start needs a ranking, without --tune.");
        }
        if (cohorts && !(ranking && dataset == Dataset.ML_100K)) {
            throw new CommandException(
                    "--compare-cohorts needs a ranking of ml-100k, without --tune.");
        }
    }

    /**
     * Returns the participants with those that were asked for.
     *
     * @param stack the settings of the blend
     * @throws CommandException for a table of weights that cannot be read
     */
    Participants addTo(Participants field, Strategy strategy, int places, ReplaySettings stack)
            throws IOException {
        Participants more = field;
        if (unlimited) {
            more = more.withUnlimited(strategy, places);
        }
        if (cohorts) {
            more = more.withCohorts(strategy, places, stack);
        }
        return start == null
                ? more
                : more.withStart(strategy, places, stack.startingFrom(weights(start)));
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
}
