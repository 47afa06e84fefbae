package dev.freshet.cli.keys;

import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyKind;
import dev.freshet.access.Proof;
import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How user tokens are signed. */
final class SigningOptions {
    private static final long LONGEST_FILE = 16_384;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "user-tokens: HS256 or ES256. Default: HS256, or ES256 with --public-key.")
    private @Nullable String algorithm;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "user-tokens, ES256: your public key on the curve P-256, as PEM. The private one"
                            + " stays with you.")
    private @Nullable Path publicKey;

    private boolean es256() {
        return "ES256".equals(algorithm) || (algorithm == null && publicKey != null);
    }

    /** Refuses what does not go together. */
    void check(KeyKind of) {
        if (of != KeyKind.USER_TOKENS) {
            if (algorithm != null || publicKey != null) {
                throw new CommandException("--algorithm and --public-key are for user-tokens.");
            }
            return;
        }
        if (algorithm != null && !algorithm.matches("[HE]S256")) {
            throw new CommandException("--algorithm is HS256 or ES256, not '" + algorithm + "'.");
        }
        if (es256() != (publicKey != null)) {
            throw new CommandException(
                    "ES256 goes with --public-key FILE, and HS256 without: its secret is made here.");
        }
    }

    /** Whether anything was said. */
    boolean given() {
        return algorithm != null || publicKey != null;
    }

    Minted mint(
            KeyGenerator generator,
            KeyStore store,
            String name,
            Instant now,
            @Nullable Instant end) {
        return es256()
                ? generator.es256(name, read(), now, end)
                : generator.hs256(name, store.stack(), now, end);
    }

    private Proof.PublicKey read() {
        Path file = publicKey;
        try {
            if (file == null || !Files.isReadable(file) || Files.size(file) > LONGEST_FILE) {
                throw new CommandException("There is no readable public key at " + file + ".");
            }
            return Proof.PublicKey.ofPem(Files.readString(file));
        } catch (IOException unread) {
            throw new CommandException("There is no readable public key at " + file + ".", unread);
        }
    }
}
