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

/** {@code freshet keys rotate}: creates a key that replaces another. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Creates a key like another and shows it, only now; the other key expires after --overlap.",
            "If others may know a key, revoke it at once instead."
        })
final class RotateCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KEYID",
            description = "Id of the key, or the last 4 or more characters of it.")
    @SuppressWarnings("NullAway.Init")
    private String keyId;

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description =
                    "How long the replaced key stays valid: 0s, 90m, 36h, 7d. Default: ${DEFAULT-VALUE}.")
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
        AccessKeyService service = store.keys();
        Instant now = service.now();
        boolean signs = service.find(keyId).kind() == KeyKind.USER_TOKENS;
        String audience = signs ? store.audience() : "";
        AccessKeyService.Rotated rotated =
                service.rotate(keyId, together, old -> like(store, old, now));
        ObjectNode json = Issued.json(rotated.fresh(), audience, now);
        json.set("replaces", KeyView.json(rotated.old(), service.now()));
        output.result(
                json,
                Issued.text(rotated.fresh(), audience)
                        + "\nThe replaced key ("
                        + rotated.old().keyId()
                        + ") expires at "
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
                        case INSIGHTS ->
                                generator.insights(old.name(), now, now.plus(InsightsKey.LIFE));
                        case SECRET, USER_TOKENS -> generator.secret(old.name(), now, null);
                    };
            case Proof.Derived hs256 -> signing.mint(generator, store, old.name(), now, null);
            case Proof.PublicKey es256 -> {
                if (!signing.given()) {
                    throw new CommandException(
                            "This key has a public key: give that of the new key with"
                                    + " --public-key FILE.");
                }
                yield signing.mint(generator, store, old.name(), now, null);
            }
        };
    }
}
