package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.Output;
import dev.freshet.event.Context;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Arm;
import dev.freshet.experiment.Assignment;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.experiment.enrolment.Enrolments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet experiments check}: checks definitions before they are sent to a stack. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks definitions of experiments, each by itself and all of them together, and"
                    + " reports how many users each arm would get.",
            "Needs no stack. A later file may be a new version of an earlier one."
        })
final class CheckExperimentsCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON file with one definition.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "Also report the arms of this user, as far as the id decides.")
    private @Nullable String user;

    @Option(
            names = "--placement",
            paramLabel = "NAME",
            description = "Placement of the request of --user. Default: ${DEFAULT-VALUE}.")
    private String placement = "default";

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Country of the request of --user, such as BR.")
    private @Nullable String country;

    @Mixin private final EventTypesOption types = new EventTypesOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        EventTypes known = types.find().orElse(EventTypes.BUILT_IN);
        ExperimentSet set = ExperimentSet.NONE;
        for (Path file : files) {
            try {
                set = set.with(ExperimentReader.read(bytes(file), known));
            } catch (InvalidExperimentException invalid) {
                throw new CommandException(
                        file + ": " + invalid.getMessage() + " (" + invalid.code() + ")", invalid);
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<String> text = new ArrayList<>();
        for (Experiment experiment : set.all()) {
            describe(experiment, json, text);
        }
        if (user != null) {
            describe(assigned(set, user), json, text);
        }
        output.result(json, String.join(System.lineSeparator(), text));
        return 0;
    }

    private List<Assignment> assigned(ExperimentSet set, String id) {
        Context context = new Context(null, null, null, null, country, null, null, null, null);
        return set.assign(id, placement, context, Enrolments.NONE, true, () -> null);
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ExperimentReader.MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable file " + file + ".", unreadable);
        }
    }

    private static void describe(Experiment experiment, ObjectNode json, List<String> text) {
        double share = experiment.slots().share() * experiment.traffic();
        ObjectNode one =
                json.withObject("experiments")
                        .putObject(experiment.id())
                        .put("version", experiment.version())
                        .put("status", experiment.status().wireName())
                        .put("layer", experiment.layer())
                        .put("share", share)
                        .put("primary", experiment.metrics().primary().wireName())
                        .put("plannedUsers", experiment.plannedUsers());
        text.add(
                String.format(
                        Locale.ROOT,
                        "%s, version %d: %s, %.1f %% of users in layer %s, decided by %s at"
                                + " about %,d users",
                        experiment.id(),
                        experiment.version(),
                        experiment.status().wireName(),
                        100 * share,
                        experiment.layer(),
                        experiment.metrics().primary().wireName(),
                        experiment.plannedUsers()));
        ObjectNode arms = one.putObject("arms");
        for (Arm arm : experiment.arms()) {
            arms.put(arm.id(), share * arm.weight());
            text.add(
                    String.format(
                            Locale.ROOT,
                            "  %-20s %6.2f %%%s",
                            arm.id(),
                            100 * share * arm.weight(),
                            arm.equals(experiment.control()) ? "  (control)" : ""));
        }
    }

    private void describe(List<Assignment> assigned, ObjectNode json, List<String> text) {
        ObjectNode arms = json.putObject("assigned");
        for (Assignment one : assigned) {
            arms.put(one.experiment().id(), one.arm().id());
            text.add(user + ": " + one.arm().id() + " of " + one.experiment().id());
        }
        if (assigned.isEmpty()) {
            text.add(user + ": in no experiment");
        }
    }
}
