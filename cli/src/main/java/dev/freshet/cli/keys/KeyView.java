package dev.freshet.cli.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders keys for people and for programs, without anything that would let one be used. */
final class KeyView {
    private static final int END = 4;

    private KeyView() {}

    static ObjectNode json(AccessKey key, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("keyId", key.keyId()).put("kind", key.kind().wireName()).put("name", key.name());
        key.origins().forEach(origin -> json.withArray("origins").add(origin.text()));
        return json.put("createdAt", key.createdAt().toString())
                .put("expiresAt", text(key.expiresAt()))
                .put("revokedAt", text(key.revokedAt()))
                .put("valid", key.holds(now));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** Returns a table with one line for each key. */
    static String table(List<AccessKey> keys, Instant now) {
        if (keys.isEmpty()) {
            return "There are no keys: create one with 'freshet keys create'.";
        }
        StringBuilder text =
                new StringBuilder(line("ID", "KIND", "NAME", "CREATED", "ENDS", "ORIGINS"));
        for (AccessKey key : keys) {
            text.append('\n')
                    .append(
                            line(
                                    "…" + key.keyId().substring(key.keyId().length() - END),
                                    key.kind().wireName(),
                                    key.name(),
                                    minute(key.createdAt()),
                                    ends(key, now),
                                    origins(key)));
        }
        return text.toString();
    }

    private static String line(
            String id, String kind, String name, String created, String ends, String origins) {
        return String.format(
                        Locale.ROOT,
                        "%-6s%-13s%-24s%-18s%-27s%s",
                        id,
                        kind,
                        name,
                        created,
                        ends,
                        origins)
                .stripTrailing();
    }

    private static String ends(AccessKey key, Instant now) {
        if (key.revokedAt() != null) {
            return "revoked " + minute(key.revokedAt());
        }
        if (key.expiresAt() == null) {
            return "never";
        }
        return (key.holds(now) ? "" : "expired ") + minute(key.expiresAt());
    }

    private static String minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }

    static String origins(AccessKey key) {
        return switch (key.kind()) {
            case PUBLISHABLE ->
                    key.origins().isEmpty()
                            ? "any"
                            : key.origins().stream()
                                    .map(Origin::text)
                                    .collect(Collectors.joining(" "));
            case SECRET, USER_TOKENS, INSIGHTS -> "";
        };
    }
}
