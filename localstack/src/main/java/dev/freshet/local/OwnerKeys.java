package dev.freshet.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyText;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a local cloud makes for its owner, once for each state folder, where they are kept
 * in a file that only the owner can read. (On AWS no key is kept anywhere.)
 *
 * @param publishable pages of any origin may use it
 * @param secret for the command line
 */
public record OwnerKeys(String publishable, String secret) {

    private static final String FILE = "keys.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of a state folder; empty where none were made, or the file cannot be read. */
    public static Optional<OwnerKeys> in(Path folder) {
        try {
            JsonNode json = JSON.readTree(Files.readString(folder.resolve(FILE)));
            return Optional.of(
                    new OwnerKeys(json.path("publishable").asText(), json.path("secret").asText()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the keys in " + folder + " cannot be read", unreadable);
        }
    }

    /**
     * Those of the folder; made where there are none, or one of them holds no longer. The rows are
     * put first: a start that is cut short leaves keys that nobody has.
     */
    static OwnerKeys ensured(
            StateFolder state, AccessKeys keys, KeyGenerator generator, Instant now) {
        Optional<OwnerKeys> kept = in(state.path()).filter(own -> own.hold(keys, now));
        if (kept.isPresent()) {
            return kept.get();
        }
        Minted publishable = generator.publishable("the owner's, for pages", List.of(), now, null);
        Minted secret = generator.secret("the owner's", now, null);
        if (!keys.put(publishable.row()) || !keys.put(secret.row())) {
            throw new LocalCloudException("Two keys got the same id: start again.");
        }
        OwnerKeys made = new OwnerKeys(publishable.shown(), secret.shown());
        state.writePrivate(
                FILE,
                JSON.createObjectNode()
                        .put("publishable", made.publishable)
                        .put("secret", made.secret)
                        .toString());
        return made;
    }

    private boolean hold(AccessKeys keys, Instant now) {
        return List.of(publishable, secret).stream()
                .allMatch(
                        text ->
                                KeyText.parse(text)
                                        .flatMap(key -> keys.get(key.keyId()))
                                        .filter(row -> row.holds(now))
                                        .isPresent());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "OwnerKeys";
    }
}
