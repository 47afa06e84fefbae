package dev.freshet.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Definitions of state machines in YAML files, with values in place of {@code ${Name}}. */
final class MachineDefinition {
    /** The most characters of a name of a state machine. */
    private static final int LONGEST_NAME = 80;

    private MachineDefinition() {}

    /** Returns the name of a machine of a stack, which ends with a suffix. */
    static String name(String stack, String suffix) {
        int longest = LONGEST_NAME - suffix.length();
        return (stack.length() <= longest
                        ? stack
                        : stack.substring(0, longest - 9) + "-%08x".formatted(stack.hashCode()))
                + suffix;
    }

    /**
     * Returns a definition as JSON. A text that is a placeholder alone becomes its value, whatever
     * its type; other placeholders stay.
     *
     * @param file name of the file beside this class
     */
    static String read(String file, Map<String, Object> values) {
        try (InputStream yaml = MachineDefinition.class.getResourceAsStream(file)) {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return new ObjectMapper().writeValueAsString(filled(read, values));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Object filled(Object node, Map<String, Object> values) {
        return switch (node) {
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((key, value) -> filled.put(String.valueOf(key), filled(value, values)));
                yield filled;
            }
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
