package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.quarantine.Quarantine.Entry;

/** An entry as it is told: without its payload, its reader's id masked. */
final class Described {
    private static final int LONGEST = 90;

    private Described() {}

    /** The reason's first word, for counting. */
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

    /** The first character alone. */
    static String masked(String key) {
        return key.isEmpty() ? "" : key.substring(0, key.offsetByCodePoints(0, 1)) + "***";
    }
}
