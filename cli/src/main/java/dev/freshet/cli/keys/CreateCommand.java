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

/** {@code freshet keys create}: creates a key and shows it once. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Creates a key and shows it; it cannot be shown again.",
            "publishable: for pages; sends events of anonymous users and requests recommendations for"
                    + " them. secret: for servers; may call every route. user-tokens: verifies the"
                    + " tokens that your backend signs, each for one user. insights: for the dashboard;"
                    + " reads the site's figures and nothing else, for 12 hours unless --expires-in"
                    + " says otherwise."
        })
final class CreateCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KIND",
            description = "Kind of the key: publishable, secret, user-tokens or insights.")
    @SuppressWarnings("NullAway.Init")
    private String kind;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Name of the key in lists, 1 to 64 characters. Default: the kind.")
    private @Nullable String name;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description =
                    "publishable: an origin whose pages may use the key, such as"
                            + " https://www.example.org; up to 20 times.")
    private List<String> origins = List.of();

    @Option(
            names = "--any-origin",
            description = "publishable: pages of every origin may use the key.")
    private boolean anyOrigin;

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            description =
                    "Time after which the key expires: 90m, 36h, 30d. Default: never; insights: 12h.")
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
                                                        + "' is not a kind of key: use publishable,"
                                                        + " secret, user-tokens or insights."));
        List<Origin> bound = origins(of);
        signing.check(of);
        return KeyStore.with(stores, store -> create(store, of, bound));
    }

    private int create(KeyStore store, KeyKind of, List<Origin> bound) {
        AccessKeyService keys = store.keys();
        Instant now = keys.now();
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
                        case INSIGHTS ->
                                generator.insights(
                                        called,
                                        now,
                                        end == null ? now.plus(InsightsKey.LIFE) : end);
                    };
        } catch (IllegalArgumentException broken) {
            throw new CommandException(
                    "The key cannot be created: " + broken.getMessage() + ".", broken);
        }
        keys.issue(generated);
        output.result(Issued.json(generated, audience, now), Issued.text(generated, audience));
        return 0;
    }

    private List<Origin> origins(KeyKind of) {
        if (of != KeyKind.PUBLISHABLE) {
            if (anyOrigin || !origins.isEmpty()) {
                throw new CommandException(
                        "--origin and --any-origin are for publishable keys: other keys are not used in"
                                + " pages.");
            }
            return List.of();
        }
        if (anyOrigin != origins.isEmpty()) {
            throw new CommandException(
                    "Name the pages that may use the key: --origin https://www.example.org, or"
                            + " --any-origin.");
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
                                                                        + "' is not an origin: use"
                                                                        + " https://host or"
                                                                        + " https://host:port, in"
                                                                        + " lower case, without a"
                                                                        + " path.")))
                .toList();
    }
}
