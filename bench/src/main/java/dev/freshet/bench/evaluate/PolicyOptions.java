package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.event.EventTypes;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the stack that is replayed. */
final class PolicyOptions {
    private static final int MAX_PUT_AFTER = 31_536_000;

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

    /** Checks the values, and that they fit each other. */
    void check() {
        if (kAnonymity < 1 || kAnonymity > ModelSettings.MAX_K_ANONYMITY) {
            throw new CommandException(
                    "--k-anonymity must be between 1 and " + ModelSettings.MAX_K_ANONYMITY + ".");
        }
        if (putAfter < 0 || putAfter > MAX_PUT_AFTER) {
            throw new CommandException("--put-after must be between 0 and " + MAX_PUT_AFTER + ".");
        }
        if (putAfter > 0 && catalogue == CatalogueMode.OPEN) {
            throw new CommandException("--put-after needs --catalogue closed.");
        }
    }

    /** Returns whether interactions were given different weights. */
    boolean hasObjective() {
        return objective != null;
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
        return new ReplaySettings(
                ModelSettings.DEFAULT
                        .withKAnonymity(kAnonymity)
                        .withCatalogue(catalogue)
                        .withObjective(objective()),
                Duration.ofSeconds(putAfter));
    }

    private Objective objective() {
        try {
            return objective == null ? Objective.EVEN : Objective.parse(objective, types());
        } catch (IllegalArgumentException unreadable) {
            throw new CommandException("--objective: " + unreadable.getMessage(), unreadable);
        }
    }

    void addTo(ObjectNode report) {
        report.put("kAnonymity", kAnonymity);
        report.put("catalogue", catalogue.name().toLowerCase(Locale.ROOT));
        report.put("putAfterSeconds", putAfter);
        report.put("objective", objective);
    }
}
