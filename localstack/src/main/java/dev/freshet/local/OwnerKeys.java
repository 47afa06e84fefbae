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
 * Access keys of the owner of a local cloud, created once for each state folder and kept there in a
 * file that only the owner can read. (A stack on AWS stores no key anywhere, only hashes.)
 *
 * @param publishable key for web pages of any origin
 * @param secret key for the command line
 */
public record OwnerKeys(String publishable, String secret) {

    private static final String FILE = "keys.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the keys of a state folder; empty if none were created. */
    public static Optional<OwnerKeys> in(Path folder) {
        try {
            JsonNode json = JSON.readTree(Files.readString(folder.resolve(FILE)));
            return Optional.of(
                    new OwnerKeys(json.path("publishable").asText(), json.path("secret").asText()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the keys in " + folder, unreadable);
        }
    }

    /**
     * Returns the keys of the folder, creating them if there are none or if one of them is no
     * longer valid. The rows of the table are written before the file, so a start that is
     * interrupted leaves rows whose key nobody has.
     */
    static OwnerKeys ensured(
            StateFolder state, AccessKeys keys, KeyGenerator generator, Instant now) {
        Optional<OwnerKeys> kept = in(state.path()).filter(own -> own.areValid(keys, now));
        if (kept.isPresent()) {
            return kept.get();
        }
        Minted publishable = generator.publishable("owner, for pages", List.of(), now, null);
        Minted secret = generator.secret("owner", now, null);
        if (!keys.put(publishable.row()) || !keys.put(secret.row())) {
            throw new LocalCloudException(
                    "Two keys were generated with the same id; start the local cloud again.");
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

    private boolean areValid(AccessKeys keys, Instant now) {
        return List.of(publishable, secret).stream()
                .allMatch(
                        text ->
                                KeyText.parse(text)
                                        .flatMap(key -> keys.get(key.keyId()))
                                        .filter(row -> row.holds(now))
                                        .isPresent());
    }

    /** Returns a text without the keys. */
    @Override
    public String toString() {
        return "OwnerKeys";
    }
}
