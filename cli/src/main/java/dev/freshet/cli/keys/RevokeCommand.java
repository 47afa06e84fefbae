package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.cli.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet keys revoke}: ends a key at once and for good. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Revokes a key at once and for good. Revoking it again changes nothing.",
            "The API caches for a minute (accessCacheSeconds) which keys are valid: for that time it may"
                    + " still accept the key."
        })
final class RevokeCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KEYID",
            description = "Id of the key, the last 4 or more characters of it, or the key itself.")
    @SuppressWarnings("NullAway.Init")
    private String keyId;

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        return KeyStore.with(stores, this::revoke);
    }

    private int revoke(KeyStore store) {
        AccessKeyService service = store.keys();
        AccessKey revoked = service.revoke(keyId);
        output.result(
                KeyView.json(revoked, service.now()),
                "The "
                        + revoked.kind().wireName()
                        + " key "
                        + revoked.keyId()
                        + " ("
                        + revoked.name()
                        + ") has been revoked since "
                        + revoked.revokedAt()
                        + ".");
        return 0;
    }
}
