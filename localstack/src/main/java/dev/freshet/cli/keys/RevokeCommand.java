package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.cli.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet keys revoke}: a key that is worth nothing from now on. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a key back, for good. Again changes nothing.",
            "The API remembers who it let in for a minute (accessCacheSeconds): so long the key may"
                    + " still be believed."
        })
final class RevokeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KEYID", description = "A key's id, the end of one, or the key.")
    @SuppressWarnings("NullAway.Init")
    private String keyId;

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        return KeyStore.with(stores, this::revoke);
    }

    private int revoke(KeyStore store) {
        AccessKeyService smith = store.keys();
        AccessKey revoked = smith.revoke(keyId);
        output.result(
                KeyView.json(revoked, smith.now()),
                "The "
                        + revoked.kind().wireName()
                        + " key "
                        + revoked.keyId()
                        + " ("
                        + revoked.name()
                        + ") is revoked since "
                        + revoked.revokedAt()
                        + ".");
        return 0;
    }
}
