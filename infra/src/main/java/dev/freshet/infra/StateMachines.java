package dev.freshet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * Makes state machines of definitions in YAML files, with their roles, rights and schedules. A text
 * {@code ${Name}} of a definition is a value that the app knows, or the name of a resource.
 */
final class StateMachines {
    /** The most characters of a name: EMR Serverless takes no more, and Step Functions 80. */
    private static final int LONGEST_NAME = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    private StateMachines() {}

    /** Returns the name of a machine or an application of a stack, which ends with a suffix. */
    static String name(StackSettings settings, String suffix) {
        String stack = settings.get(StackOptions.STACK_NAME);
        return shortened(stack, LONGEST_NAME - suffix.length()) + suffix;
    }

    /** Returns a name of at most so many characters, of which the last are a hash if it is cut. */
    static String shortened(String name, int longest) {
        return name.length() <= longest
                ? name
                : name.substring(0, longest - 9) + "-%08x".formatted(name.hashCode());
    }

    /**
     * Creates a machine.
     *
     * @param id its logical id
     * @param definition as {@link #definition} returns it
     * @param substitutions values of its {@code ${Name}}; the partition is added
     * @param noLog why its runs are not logged
     * @param noTrace why its runs are not traced
     */
    static StateMachine create(
            Construct scope,
            String id,
            String name,
            Role role,
            String definition,
            Map<String, String> substitutions,
            String noLog,
            String noTrace) {
        Map<String, String> values = new TreeMap<>(substitutions);
        values.put("Partition", Stack.of(scope).getPartition());
        StateMachine machine =
                StateMachine.Builder.create(scope, "Machine")
                        .stateMachineName(name)
                        .role(role)
                        .definitionBody(DefinitionBody.fromString(definition))
                        .definitionSubstitutions(values)
                        .build();
        FreshetStack.pin(machine, id);
        Acknowledged.at(machine, "SF1", noLog);
        Acknowledged.at(machine, "SF2", noTrace);
        return machine;
    }

    /**
     * Starts a machine at times. A start that fails is tried twice more, within an hour.
     *
     * @param id logical id of the rule
     * @param input of each run
     */
    static void schedule(
            Construct scope,
            String id,
            String description,
            CronOptions time,
            StateMachine machine,
            Map<String, Object> input) {
        SfnStateMachine target =
                SfnStateMachine.Builder.create(machine)
                        .input(RuleTargetInput.fromObject(input))
                        .retryAttempts(2)
                        .maxEventAge(Duration.hours(1))
                        .build();
        Access.forThisAccount(machine.getNode().findChild("EventsRole"));
        Rule rule =
                Rule.Builder.create(scope, id)
                        .description(description)
                        .schedule(Schedule.cron(time))
                        .targets(List.of(target))
                        .build();
        FreshetStack.pin(rule, id);
    }

    /**
     * Returns a definition as JSON. A text that is a placeholder alone becomes its value, whatever
     * its type; other placeholders stay. States within a Map have the Map's name after their own.
     *
     * @param file name of the file beside this class
     * @param values by placeholders such as {@code ${Name}}
     */
    static String definition(String file, Map<String, Object> values) {
        ObjectNode machine = JSON.valueToTree(read(file, values));
        qualify(machine, "");
        return machine.toString();
    }

    /** Returns what a file beside this class has, with values in place of placeholders. */
    static Map<String, Object> read(String file, Map<String, Object> values) {
        try (InputStream yaml = StateMachines.class.getResourceAsStream(file)) {
            Map<?, ?> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return filled(read, values);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Ends the name of each state within a Map with the Map's: Step Functions wants names to be
     * unique in a whole machine, and Maps share states by an anchor.
     */
    private static void qualify(ObjectNode machine, String suffix) {
        JsonNode states = machine.get("States");
        ObjectNode qualified = machine.putObject("States");
        qualifyNames(machine, suffix);
        for (Map.Entry<String, JsonNode> each : states.properties()) {
            ObjectNode state = (ObjectNode) each.getValue();
            qualified.set(each.getKey() + suffix, state);
            qualifyNames(state, suffix);
            for (String ways : List.of("Choices", "Catch")) {
                state.path(ways).forEach(way -> qualifyNames((ObjectNode) way, suffix));
            }
            if (state.get("ItemProcessor") instanceof ObjectNode inner) {
                qualify(inner, "-" + each.getKey());
            }
        }
    }

    private static void qualifyNames(ObjectNode node, String suffix) {
        for (String member : List.of("StartAt", "Next", "Default")) {
            if (node.has(member)) {
                node.put(member, node.get(member).asText() + suffix);
            }
        }
    }

    private static Map<String, Object> filled(Map<?, ?> map, Map<String, Object> values) {
        Map<String, Object> filled = new LinkedHashMap<>();
        map.forEach((key, value) -> filled.put(String.valueOf(key), filled(value, values)));
        return filled;
    }

    private static Object filled(Object node, Map<String, Object> values) {
        return switch (node) {
            case Map<?, ?> map -> filled(map, values);
            case List<?> list -> list.stream().map(each -> filled(each, values)).toList();
            case String text -> values.containsKey(text) ? values.get(text) : filled(text, values);
            default -> node;
        };
    }

    private static String filled(String text, Map<String, Object> values) {
        String filled = text;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue().toString());
        }
        return filled;
    }
}
