package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.Text;
import dev.freshet.event.EventCodec;
import dev.freshet.example.ExampleCodec;
import dev.freshet.features.Quarantine.Entry;
import java.util.HexFormat;
import java.util.List;

/** Renders an entry, with the id of the user masked, and decodes its payload. */
final class EntryText {
    private static final int LONGEST = 90;
    private static final int LONGEST_TEXT = 4_000;

    private EntryText() {}

    /** Returns the first word of the reason, by which entries are counted. */
    static String kind(Entry entry) {
        return entry.reason().replaceFirst(":.*", "");
    }

    /** Returns an entry without its payload. */
    static ObjectNode json(Entry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("position", entry.position().toString())
                .put("at", entry.at().toString())
                .put("reason", entry.reason())
                .put("key", masked(entry.partitionKey()))
                .put("bytes", entry.payload().length);
    }

    /** Returns an entry in two lines. */
    static String line(Entry entry) {
        String reason = entry.reason().replaceAll("\\s+", " ");
        return "%s  %s  %s%n    %s"
                .formatted(
                        entry.at(),
                        entry.position(),
                        masked(entry.partitionKey()),
                        Text.cut(reason, LONGEST));
    }

    /** Returns the first character and asterisks. */
    static String masked(String key) {
        return key.isEmpty() ? "" : key.substring(0, key.offsetByCodePoints(0, 1)) + "***";
    }

    /** What decoding the payload gave. */
    record Reading(boolean readable, String kind, String sentence, String content) {}

    /** Decodes the payload of an entry by this version of the code. */
    static Reading read(Entry entry, String examplesStream) {
        boolean ofExamples = entry.position().shard().startsWith(examplesStream + "/");
        try {
            Object content =
                    ofExamples
                            ? ExampleCodec.decode(entry.payload())
                            : new EventCodec().decode(entry.payload());
            String kind =
                    content instanceof List<?> examples
                            ? examples.size() + " examples"
                            : content.getClass().getSimpleName();
            return new Reading(
                    true,
                    kind,
                    "This version of the code can read it: " + kind + ".",
                    Text.cut(content.toString(), LONGEST_TEXT));
        } catch (RuntimeException undecodable) {
            return new Reading(
                    false,
                    "unknown",
                    "This version of the code cannot read it: " + undecodable.getMessage() + ".",
                    Text.cut(HexFormat.of().formatHex(entry.payload()), LONGEST_TEXT));
        }
    }
}
