package dev.freshet.cli.command;

import dev.freshet.aws.option.OptionChange;
import dev.freshet.aws.option.OptionRecord;
import dev.freshet.aws.option.OptionsFile;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.connection.GivenOptions;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.cost.StackTemplate;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the next deployment of a stack would change of its options.
 *
 * @param options where those of the next deployment come from
 * @param refused names of the options whose changes lose something for good and are not allowed
 * @param notes sentences about what else does not agree
 */
record OptionsDiff(
        String stack,
        String options,
        List<OptionChange> changes,
        List<String> refused,
        List<String> notes) {

    /**
     * Compares the outputs of a stack with the options of its next deployment: those of the file
     * that was named, or that the CDK app would read, and those that were given.
     *
     * @param template the synthesized template that would be deployed; null for none
     * @param allowed names of options whose one-way changes are allowed
     * @throws CommandException if the stack was deployed by a release that kept no options, or an
     *     option is not allowed
     * @throws IllegalArgumentException if {@code allowed} names an option that needs no allowance
     * @throws IOException if what the stack kept is no record of options
     */
    static OptionsDiff of(
            StackOutputs outputs,
            GivenOptions options,
            @Nullable Path template,
            Set<String> allowed)
            throws IOException {
        Optional<Path> file =
                options.file()
                        .or(
                                () ->
                                        Stream.of(OptionsFile.USUAL, "infra/" + OptionsFile.USUAL)
                                                .map(Path::of)
                                                .filter(Files::isRegularFile)
                                                .findFirst());
        StackSettings planned = StackSettings.of(options.texts(file)).allowing(allowed);
        OptionRecord deployed = record(outputs.values(), "The stack " + outputs.stack());
        List<OptionChange> changes = deployed.changes(planned);
        List<String> notes = new ArrayList<>();
        Map<String, String> ofFile = file.map(OptionsFile::read).orElse(Map.of());
        options.given().entrySet().stream()
                .filter(each -> !each.getValue().equals(ofFile.get(each.getKey())))
                .filter(each -> ofFile.containsKey(each.getKey()))
                .forEach(each -> notes.add("-c " + each + " holds, and not the file's value."));
        if (changes.isEmpty() && !deployed.hash().equals(OptionRecord.of(planned).hash())) {
            notes.add("A default differs: the stack was deployed by another release.");
        }
        if (template != null) {
            Map<String, String> values = new TreeMap<>();
            StackTemplate.json(template)
                    .path("Outputs")
                    .forEachEntry((name, of) -> values.put(name, of.path("Value").asText()));
            record(values, template.toString())
                    .changes(planned)
                    .forEach(each -> notes.add(template + " is of other options: " + each));
        }
        return new OptionsDiff(
                outputs.stack(),
                file.map(Path::toString).orElse("no file"),
                changes,
                OptionChange.refused(changes, allowed),
                notes);
    }

    private static OptionRecord record(Map<String, String> outputs, String of) throws IOException {
        return OptionRecord.in(outputs)
                .orElseThrow(CommandException.saying("%s has no output of its options.", of));
    }

    /** Returns the changes as lines for people, each with what it means. */
    Text toText() {
        Text text = new Text();
        text.add("%s would change %d options with those of %s.", stack, changes.size(), options);
        changes.forEach(each -> text.add("%s", each));
        notes.forEach(each -> text.add("%s", each));
        if (!refused.isEmpty()) {
            text.add("Refused without -c allow=%s.", String.join(",", refused));
        }
        return text;
    }
}
