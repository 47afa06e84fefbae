package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.FreshetClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of what a response says of each item, and in which language. */
final class AnswerOptions {
    @Option(
            names = "--fields",
            paramLabel = "NAME",
            split = ",",
            description =
                    "What the response says of each item, separated by commas: title, tags, type,"
                            + " author, publishedAt, attributes.NAME, score, reasons, movedBy.")
    private @Nullable List<String> fields;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "Language of the reasons, such as de or pt-BR.")
    private @Nullable String language;

    /** Adds the options to the body of a request. */
    void addTo(ObjectNode body) {
        if (fields != null) {
            fields.forEach(body.putArray("fields")::add);
        }
        if (language != null) {
            body.put("language", language);
        }
    }

    /** Returns the options as further parameters of a query. */
    String parameters() {
        return FreshetClient.parameter("fields", fields == null ? null : String.join(",", fields))
                + FreshetClient.parameter("language", language);
    }
}
