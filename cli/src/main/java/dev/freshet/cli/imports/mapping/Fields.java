package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of one record: the columns of a row by their names, or a JSON object.
 *
 * @param json the record
 */
record Fields(JsonNode json) {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,6})\\]");

    /**
     * Returns a field; empty where it is absent, null or blank.
     *
     * @param path the name of a field, or else names of nested members joined by dots, with the
     *     indexes of elements in brackets: {@code products[0].id}
     */
    Optional<JsonNode> find(String path) {
        JsonNode found = json.path(path);
        if (found.isMissingNode()) {
            found = json;
            Matcher steps = STEP.matcher(path);
            while (steps.find()) {
                String index = steps.group(2);
                found =
                        index == null
                                ? found.path(steps.group(1))
                                : found.path(Integer.parseInt(index));
            }
        }
        boolean absent =
                found.isMissingNode()
                        || found.isNull()
                        || (found.isTextual() && found.textValue().isBlank());
        return absent ? Optional.empty() : Optional.of(found);
    }
}
