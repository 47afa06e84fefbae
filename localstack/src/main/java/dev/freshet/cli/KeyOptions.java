package dev.freshet.cli;

import dev.freshet.local.OwnerKeys;
import dev.freshet.local.host.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command shows to the API, to be mixed into every command that calls it. */
public final class KeyOptions {

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The key or user token to show. Default: FRESHET_KEY; for the local cloud of this"
                            + " checkout, its owner's secret key.")
    private @Nullable String key;

    /**
     * What to show at an address. The owner's key of the local cloud is shown to that cloud and
     * nobody else.
     */
    public Optional<String> credential(URI address) {
        if (key != null) {
            return Optional.of(key);
        }
        String given = System.getenv("FRESHET_KEY");
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        Path state = Checkout.find().resolve(".freshet");
        return StateFolder.runningApi(state)
                .filter(address::equals)
                .flatMap(own -> OwnerKeys.in(state))
                .map(OwnerKeys::secret);
    }
}
