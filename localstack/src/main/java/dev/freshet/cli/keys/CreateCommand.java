package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyKind;
import dev.freshet.access.Origin;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet keys create}: a new key, shown once. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a key and shows it, this once.",
            "publishable: for pages; sends events of anonymous readers and asks for what to show"
                    + " them. secret: for servers; everything. user-tokens: vouches for the tokens"
                    + " that your backend signs for one user each."
        })
final class CreateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "KIND", description = "publishable, secret or user-tokens.")
    @SuppressWarnings("NullAway.Init")
    private String kind;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Your word for it, 1 to 64 characters. Default: the kind.")
    private @Nullable String name;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description =
                    "publishable: pages of this origin may use it, such as https://www.example.org;"
                            + " up to 20 times.")
    private List<String> origins = List.of();

    @Option(names = "--any-origin", description = "publishable: pages of every origin may use it.")
    private boolean anyOrigin;

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            description = "When it ends by itself: 90m, 36h, 30d. Default: never.")
    private @Nullable String expiresIn;

    @Mixin private final SigningOptions signing = new SigningOptions();

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        KeyKind of =
                KeyKind.of(kind)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "'"
                                                        + kind
                                                        + "' is no kind of key: publishable, secret"
                                                        + " or user-tokens."));
        List<Origin> bound = origins(of);
        signing.check(of);
        return KeyStore.with(stores, store -> create(store, of, bound));
    }

    private int create(KeyStore store, KeyKind of, List<Origin> bound) {
        AccessKeyService smith = store.keys();
        Instant now = smith.now();
        Instant end = expiresIn == null ? null : now.plus(Span.of("--expires-in", expiresIn));
        KeyGenerator generator = new KeyGenerator(new SecureRandom());
        String called = name == null ? of.wireName() : name;
        String audience = of == KeyKind.USER_TOKENS ? store.audience() : "";
        Minted generated;
        try {
            generated =
                    switch (of) {
                        case PUBLISHABLE -> generator.publishable(called, bound, now, end);
                        case SECRET -> generator.secret(called, now, end);
                        case USER_TOKENS -> signing.mint(generator, store, called, now, end);
                    };
        } catch (IllegalArgumentException broken) {
            throw new CommandException("This cannot be: " + broken.getMessage() + ".", broken);
        }
        smith.issue(generated);
        output.result(Issued.json(generated, audience, now), Issued.text(generated, audience));
        return 0;
    }

    private List<Origin> origins(KeyKind of) {
        if (of != KeyKind.PUBLISHABLE) {
            if (anyOrigin || !origins.isEmpty()) {
                throw new CommandException(
                        "Origins are for publishable keys: others never are in pages.");
            }
            return List.of();
        }
        if (anyOrigin != origins.isEmpty()) {
            throw new CommandException(
                    "Say whose pages may use it: --origin https://www.example.org, or --any-origin.");
        }
        if (origins.size() > AccessKey.MAX_ORIGINS) {
            throw new CommandException("A key has at most " + AccessKey.MAX_ORIGINS + " origins.");
        }
        return origins.stream()
                .map(
                        text ->
                                Origin.of(text)
                                        .orElseThrow(
                                                () ->
                                                        new CommandException(
                                                                "'"
                                                                        + text
                                                                        + "' is no origin: say"
                                                                        + " https://host or"
                                                                        + " https://host:port, in"
                                                                        + " lower case, without a"
                                                                        + " path.")))
                .toList();
    }
}
