package dev.freshet.aws.option;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of a stack as a file: one JSON object of names and values. A value is a text, a
 * number, {@code true} or {@code false}, and for an option whose text is JSON also an object.
 */
public final class OptionsFile {
    /** The name of the file beside the CDK app that is read without being named. */
    public static final String USUAL = "freshet.json";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private OptionsFile() {}

    /**
     * Reads the texts of the options that a file gives, by name.
     *
     * @throws IllegalArgumentException with a sentence that names the file, and the line or the
     *     option, if the file cannot be read, a name is not that of an option or given twice, or a
     *     value is not allowed
     */
    public static Map<String, String> read(Path file) {
        try {
            Map<String, String> options = new TreeMap<>();
            JsonNode json = JSON.readTree(file.toFile());
            if (!json.isObject()) {
                throw new IOException("it must be one JSON object, such as {\"stage\": \"prod\"}.");
            }
            json.forEachEntry((name, value) -> options.put(name, text(name, value)));
            return options;
        } catch (IOException | IllegalArgumentException refused) {
            throw new IllegalArgumentException(file + ": " + refused.getMessage(), refused);
        }
    }

    private static String text(String name, JsonNode value) {
        StackOption<?> option = StackSettings.requireKnown(name);
        String text = value.isContainerNode() ? value.toString() : value.asText();
        if (value.isArray() || value.isNull()) {
            throw new IllegalArgumentException(option.refusal(text));
        }
        option.parse(text);
        return text;
    }
}
