package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how user tokens are signed. */
final class SigningOptions {
    private static final long LONGEST_FILE = 16_384;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "user-tokens: algorithm, HS256 or ES256. Default: ES256 with --public-key, else HS256.")
    private @Nullable String algorithm;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "user-tokens, ES256: file with your public key on the curve P-256, as PEM. The"
                            + " private key is not needed here.")
    private @Nullable Path publicKey;

    private boolean es256() {
        return "ES256".equals(algorithm) || (algorithm == null && publicKey != null);
    }

    /**
     * Checks the options.
     *
     * @throws CommandException where they contradict each other or the kind of key
     */
    void check(KeyKind of) {
        if (of != KeyKind.USER_TOKENS) {
            CommandException.require(
                    !given(), "--algorithm and --public-key are for keys of the kind user-tokens.");
            return;
        }
        CommandException.require(
                algorithm == null || algorithm.matches("[HE]S256"),
                "--algorithm must be HS256 or ES256, not '%s'.",
                algorithm);
        CommandException.require(
                es256() == (publicKey != null),
                "ES256 needs --public-key FILE; HS256 has no public key, its secret is generated.");
    }

    /** Returns whether any of the options was given. */
    boolean given() {
        return algorithm != null || publicKey != null;
    }

    /** Generates the key. */
    Minted mint(KeyGenerator generator, KeyStore store, KeysCommand.Draft key) {
        return es256()
                ? generator.es256(key.name(), read(), key.now(), key.end())
                : generator.hs256(key.name(), store.stack(), key.now(), key.end());
    }

    private Proof.PublicKey read() {
        Path file = publicKey;
        try {
            if (file == null || !Files.isReadable(file) || Files.size(file) > LONGEST_FILE) {
                throw new CommandException(
                        "There is no readable public key at %s.", String.valueOf(file));
            }
            return Proof.PublicKey.ofPem(Files.readString(file));
        } catch (IOException unread) {
            throw new CommandException(unread, "There is no readable public key at %s.", file);
        }
    }
}
