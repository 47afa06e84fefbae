package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.command.ExperimentText.ExperimentResultsText;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.JsonFile;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Context;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example.Definition;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.ExperimentSet.Assignment;
import dev.freshet.query.InvalidQueryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet experiments}: works with definitions of experiments, by the routes of {@code
 * /v1/experiments}; {@code check} needs no stack.
 */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description =
                "Checks definitions of experiments, puts them into a stack, and prints what they show.")
public final class ExperimentsCommand {
    private static final String ID = "Id of the experiment.";
    private static final String FILE = "JSON file with one definition.";
    private static final String STOPPED = "stopped";

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Checks definitions of experiments, each by itself and all of them together, and"
                        + " reports how many users each arm would get.",
                "Needs no stack. A later file may be a new version of an earlier one."
            })
    int check(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = FILE) List<Path> files,
            @Option(
                            names = "--user",
                            paramLabel = "ID",
                            description =
                                    "Also report the arms of this user, as far as the id decides.")
                    @Nullable String user,
            @Option(
                            names = "--placement",
                            paramLabel = "NAME",
                            defaultValue = "default",
                            description =
                                    "Placement of the request of --user. Default: ${DEFAULT-VALUE}.")
                    String placement,
            @Option(
                            names = "--country",
                            paramLabel = "CC",
                            description = "Country of the request of --user, such as BR.")
                    @Nullable String country,
            @Mixin EventTypesOption types,
            @Mixin Output output) {
        EventTypes known = types.find().orElse(EventTypes.BUILT_IN);
        ExperimentSet set = ExperimentSet.NONE;
        for (Path file : files) {
            byte[] definition = JsonFile.bytes(file, Definition.MAX_BYTES);
            try {
                set = set.with(ExperimentReader.read(definition, known));
            } catch (InvalidQueryException invalid) {
                String why = invalid.getMessage() + " (" + invalid.code() + ")";
                throw new CommandException(invalid, "%s: %s", file, why);
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Text text = new Text();
        set.all().forEach(experiment -> ExperimentText.describe(experiment, json, text));
        if (user != null) {
            Context context = Context.of(null, country, null);
            List<Assignment> assigned =
                    set.assign(user, placement, context, Enrolments.NONE, true, () -> null);
            ObjectNode arms = json.putObject("assigned");
            for (Assignment one : assigned) {
                arms.put(one.experiment().id(), one.arm().id());
                text.add("%s: %s of %s", user, one.arm().id(), one.experiment().id());
            }
            if (assigned.isEmpty()) {
                text.add("%s: in no experiment", user);
            }
        }
        return output.result(json, text.toString());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Puts a definition into a stack: a new experiment, or a higher version.")
    int put(@Parameters(paramLabel = "FILE", description = FILE) Path file, @Mixin ApiOptions api) {
        JsonNode definition = JsonFile.read(file, Definition.MAX_BYTES);
        String id = definition.path("id").asText();
        CommandException.require(!id.isEmpty(), "%s has no definition with an id.", file);
        JsonNode stored = api.put(path(id), definition).body();
        return api.print(stored, ExperimentText.stored(stored));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the experiments of a stack.")
    int list(@Mixin ApiOptions api) {
        JsonNode answer = api.get("/v1/experiments").body();
        return api.print(answer, ExperimentText.table(answer));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints the definition of an experiment of a stack.")
    int show(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        return api.print(api.get(path(id)).body());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Prints what an experiment of a stack shows, and whether it may be stopped.",
                "The intervals hold at every look: look as often as you like."
            })
    int results(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        JsonNode results = api.get(path(id) + "/results").body();
        return api.print(results, ExperimentResultsText.of(results));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Stops an experiment of a stack, by its next version.",
                "It can then run again as a new phase only, with a new salt."
            })
    int stop(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        ObjectNode definition = api.get(path(id)).body().deepCopy();
        JsonNode stopped = definition;
        if (!definition.path("status").asText().equals(STOPPED)) {
            definition
                    .put("version", definition.path("version").asLong() + 1)
                    .put("status", STOPPED);
            stopped = api.put(path(id), definition).body();
        }
        return api.print(stopped, ExperimentText.stored(stopped));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Deletes an experiment that does not run from a stack.")
    int delete(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        api.delete(path(id));
        return api.output()
                .result(Map.of("deleted", id), "There is no experiment %s any more.", id);
    }

    private static String path(String id) {
        return "/v1/experiments/" + FreshetClient.segment(id);
    }
}
