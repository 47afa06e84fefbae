package dev.freshet.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.StackSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.constructs.Node;

/**
 * The CDK context ({@code -c name=value}, {@code cdk.json}), from which the options of a stack are
 * read.
 */
final class CdkContext {
    /** The characters that only names of the CDK's own context contain. */
    private static final String MARKS_OF_CDK = ":/@";

    /** The names without such a character that the CDK command line puts into the context. */
    static final Set<String> NAMES_OF_CDK = Set.of("cli-telemetry", "acknowledged-issue-numbers");

    private CdkContext() {}

    /**
     * Returns the settings of the stack that the context describes.
     *
     * @throws IllegalArgumentException with a sentence for the owner, if the context contains an
     *     unknown option, a value that is not allowed, or values that exclude each other
     */
    static StackSettings settings(Node node) {
        Map<String, String> options = new TreeMap<>();
        if (node.getAllContext() instanceof Map<?, ?> context) {
            context.forEach(
                    (name, value) -> {
                        if (value != null && !isOfCdk(String.valueOf(name))) {
                            options.put(String.valueOf(name), text(value));
                        }
                    });
        }
        return StackSettings.of(options);
    }

    private static boolean isOfCdk(String name) {
        return NAMES_OF_CDK.contains(name)
                || name.chars().anyMatch(letter -> MARKS_OF_CDK.indexOf(letter) >= 0);
    }

    /** Returns the text of a value; {@code cdk.json} may contain an object where text is JSON. */
    private static String text(Object value) {
        try {
            return value instanceof Map<?, ?> object
                    ? new ObjectMapper().writeValueAsString(object)
                    : value.toString();
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("The context is no JSON: " + value, unwritable);
        }
    }
}
