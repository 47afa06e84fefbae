package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.quarantine.Quarantine.Entry;

/** Renders an entry without its payload, with the id of the user masked. */
final class Described {
    private static final int LONGEST = 90;

    private Described() {}

    /** Returns the first word of the reason, by which entries are counted. */
    static String kind(Entry entry) {
        return entry.reason().replaceFirst(":.*", "");
    }

    static ObjectNode json(Entry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("position", entry.position().toString())
                .put("at", entry.at().toString())
                .put("reason", entry.reason())
                .put("key", masked(entry.partitionKey()))
                .put("bytes", entry.payload().length);
    }

    static String line(Entry entry) {
        String reason = entry.reason().replaceAll("\\s+", " ");
        return "%s  %s  %s%n    %s"
                .formatted(
                        entry.at(),
                        entry.position(),
                        masked(entry.partitionKey()),
                        reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason);
    }

    /** Returns the first character and asterisks. */
    static String masked(String key) {
        return key.isEmpty() ? "" : key.substring(0, key.offsetByCodePoints(0, 1)) + "***";
    }
}
