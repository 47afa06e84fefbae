package dev.freshet.cli.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.console.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders keys for people and for programs: without anything that would let one be used, but for a
 * new key.
 */
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
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "KIND", "NAME", "CREATED", "ENDS", "ORIGINS"));
        for (AccessKey key : keys) {
            rows.add(
                    List.of(
                            "…" + key.keyId().substring(key.keyId().length() - END),
                            key.kind().wireName(),
                            key.name(),
                            minute(key.createdAt()),
                            ends(key, now),
                            origins(key)));
        }
        return new Text().addTable(rows, rows.getFirst().size()).toString();
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
            case SECRET, USER_TOKENS, INSIGHTS, EXPERIMENTS -> "";
        };
    }

    /** Returns a new key with its secret, which is shown this once. */
    static ObjectNode issued(Minted generated, String audience, Instant now) {
        AccessKey row = generated.row();
        ObjectNode json = json(row, now);
        switch (row.proof()) {
            case Proof.SecretHash hash -> json.put("key", generated.shown());
            case Proof.Derived hs256 ->
                    json.put("algorithm", "HS256")
                            .put("signingSecret", generated.shown())
                            .put("audience", audience);
            case Proof.PublicKey es256 -> json.put("algorithm", "ES256").put("audience", audience);
        }
        return json;
    }

    /** Returns a new key for people, with its secret. */
    static String issuedText(Minted generated, String audience) {
        AccessKey row = generated.row();
        return switch (row.proof()) {
            case Proof.SecretHash hash ->
                    "%s%nThis is the only time that the key is shown. %s"
                            .formatted(generated.shown(), use(row));
            case Proof.Derived hs256 ->
                    generated.shown()
                            + "\nThis is the only time that the signing secret is shown, with which"
                            + " your backend signs tokens by HS256."
                            + claims(row, audience);
            case Proof.PublicKey es256 ->
                    "Tokens that your backend signs with the private key by ES256 are accepted."
                            + claims(row, audience);
        };
    }

    private static String use(AccessKey row) {
        return switch (row.kind()) {
            case PUBLISHABLE ->
                    "For pages (%s): everybody can read it there."
                            .formatted(
                                    row.origins().isEmpty()
                                            ? "of any origin"
                                            : "of " + origins(row));
            case INSIGHTS ->
                    "For the dashboard, until %s: whoever has it reads the site's figures."
                            .formatted(row.expiresAt());
            case EXPERIMENTS ->
                    "For the dashboard, until %s: whoever has it reads the site's figures and changes its experiments."
                            .formatted(row.expiresAt());
            case SECRET, USER_TOKENS -> "For servers: keep it out of pages and repositories.";
        };
    }

    private static String claims(AccessKey row, String audience) {
        return "\nIts tokens have kid %s, aud %s, sub, and exp at most an hour ahead."
                .formatted(row.keyId(), audience);
    }
}
