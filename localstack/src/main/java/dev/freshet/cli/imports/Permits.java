package dev.freshet.cli.imports;

import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Import permits from the secret of the local cloud, which only its owner can read. */
final class Permits {
    /** How long a permit holds; an import that takes longer is started again. */
    static final Duration VALID = Duration.ofHours(6);

    private Permits() {}

    /**
     * A permit for everything since 1970, as the header wants it.
     *
     * @param state the state folder of the local cloud
     */
    static String fromSecretOf(Path state, InstantSource clock) throws IOException {
        Path file = state.resolve("secret");
        if (!Files.isReadable(file)) {
            throw new CommandException(
                    "There is no secret in "
                            + state
                            + ": start the local cloud with ./freshet up, or name a --permit.");
        }
        byte[] secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        Signer signer = new Signer(secret).derive(Signer.IMPORT_PERMIT);
        return new ImportPermit(clock.instant().plus(VALID), Instant.EPOCH).sign(signer);
    }
}
