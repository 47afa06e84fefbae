package dev.freshet.local;

import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyText;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.StateFolder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the keys of a local cloud's owner where a state folder has no valid ones. */
public final class OwnerKeySetup {
    private OwnerKeySetup() {}

    /**
     * Returns the keys of a state folder, and makes them first if there are none or one of them is
     * no longer valid. The rows are written before the file: a start that is interrupted leaves
     * keys that nobody has.
     */
    public static OwnerKeys ensured(StateFolder state, AccessKeys keys, Instant now) {
        Optional<OwnerKeys> kept = OwnerKeys.in(state.path()).filter(own -> valid(own, keys, now));
        if (kept.isPresent()) {
            return kept.get();
        }
        KeyGenerator generator = new KeyGenerator(new SecureRandom());
        Minted publishable = generator.publishable("owner, for pages", List.of(), now, null);
        Minted secret = generator.secret("owner", now, null);
        if (!keys.put(publishable.row()) || !keys.put(secret.row())) {
            throw new LocalCloudException(
                    "Two keys were generated with the same id; start the local cloud again.");
        }
        OwnerKeys made = new OwnerKeys(publishable.shown(), secret.shown());
        state.writePrivate(OwnerKeys.FILE, made.toJson());
        return made;
    }

    private static boolean valid(OwnerKeys own, AccessKeys keys, Instant now) {
        return List.of(own.publishable(), own.secret()).stream()
                .allMatch(
                        text ->
                                KeyText.parse(text)
                                        .flatMap(key -> keys.get(key.keyId()))
                                        .filter(row -> row.holds(now))
                                        .isPresent());
    }
}
