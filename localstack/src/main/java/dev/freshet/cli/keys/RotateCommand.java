package dev.freshet.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyKind;
import dev.freshet.access.Proof;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet keys rotate}: a new key in place of an old one. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a key like another and shows it, this once; the other ends after --overlap.",
            "A key that others may know is not rotated but revoked, at once."
        })
final class RotateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KEYID", description = "A key's id, or the end of one.")
    @SuppressWarnings("NullAway.Init")
    private String keyId;

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description =
                    "How long the old one goes on: 0s, 90m, 36h, 7d. Default: ${DEFAULT-VALUE}.")
    private String overlap = "24h";

    @Mixin private final SigningOptions signing = new SigningOptions();

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Duration together = Span.of("--overlap", overlap);
        return KeyStore.with(stores, store -> rotate(store, together));
    }

    private int rotate(KeyStore store, Duration together) {
        AccessKeyService smith = store.keys();
        Instant now = smith.now();
        boolean signs = smith.find(keyId).kind() == KeyKind.USER_TOKENS;
        String audience = signs ? store.audience() : "";
        AccessKeyService.Rotated rotated =
                smith.rotate(keyId, together, old -> like(store, old, now));
        ObjectNode json = Issued.json(rotated.fresh(), audience, now);
        json.set("replaces", KeyView.json(rotated.old(), smith.now()));
        output.result(
                json,
                Issued.text(rotated.fresh(), audience)
                        + "\nThe old one ("
                        + rotated.old().keyId()
                        + ") ends "
                        + rotated.old().expiresAt()
                        + ".");
        return 0;
    }

    private Minted like(KeyStore store, AccessKey old, Instant now) {
        signing.check(old.kind());
        KeyGenerator generator = new KeyGenerator(new SecureRandom());
        return switch (old.proof()) {
            case Proof.SecretHash hash ->
                    switch (old.kind()) {
                        case PUBLISHABLE ->
                                generator.publishable(old.name(), old.origins(), now, null);
                        case SECRET, USER_TOKENS -> generator.secret(old.name(), now, null);
                    };
            case Proof.Derived hs256 -> signing.mint(generator, store, old.name(), now, null);
            case Proof.PublicKey es256 -> {
                if (!signing.given()) {
                    throw new CommandException(
                            "This key vouches by a public key: name the next with --public-key"
                                    + " FILE.");
                }
                yield signing.mint(generator, store, old.name(), now, null);
            }
        };
    }
}
