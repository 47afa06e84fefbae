package dev.freshet.cli.keys;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.UserTokens;
import dev.freshet.cli.keys.KeyStore.KeyStoreOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet keys}: manages the keys of the API. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Creates, lists, rotates and revokes the keys that callers of the API send.",
            "Works on the running local cloud, or on AWS with --stack and AWS credentials."
        })
public final class KeysCommand {
    /** Time for which a key of the dashboard is valid, unless the owner says otherwise. */
    private static final Duration INSIGHTS_LIFE = Duration.ofHours(12);

    /** Time for which a key for experiments is valid, unless the owner says otherwise. */
    private static final Duration EXPERIMENTS_LIFE = Duration.ofHours(1);

    /** The options of a new key. */
    static final class NewKey {
        @Parameters(
                paramLabel = "KIND",
                description =
                        "Kind of the key: publishable, secret, user-tokens, insights or experiments.")
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
                        "Time after which the key expires: 90m, 36h, 30d. Default: never; insights: 12h; experiments: 1h, at most 24h.")
        private @Nullable String expiresIn;

        private KeyKind kind() {
            return KeyKind.of(kind)
                    .orElseThrow(
                            CommandException.saying(
                                    "'%s' is not a kind of key: use publishable, secret, user-tokens, insights or experiments.",
                                    kind));
        }

        private List<Origin> origins(KeyKind of) {
            if (of != KeyKind.PUBLISHABLE) {
                CommandException.require(
                        !anyOrigin && origins.isEmpty(),
                        "--origin and --any-origin are for publishable keys: other keys are not used in pages.");
                return List.of();
            }
            CommandException.require(
                    anyOrigin == origins.isEmpty(),
                    "Name the pages that may use the key: --origin https://www.example.org, or --any-origin.");
            CommandException.require(
                    origins.size() <= AccessKey.MAX_ORIGINS,
                    "A key has at most %d origins.",
                    AccessKey.MAX_ORIGINS);
            return origins.stream().map(NewKey::origin).toList();
        }

        private static Origin origin(String text) {
            return Origin.of(text)
                    .orElseThrow(
                            CommandException.saying(
                                    "'%s' is not an origin: use https://host or https://host:port, in lower case, without a path.",
                                    text));
        }

        private @Nullable Instant end(Instant now) {
            return KeyStoreOptions.end(expiresIn, now);
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Creates a key and shows it; it cannot be shown again.",
                "publishable: for pages; sends events of anonymous users and requests"
                        + " recommendations for them. secret: for servers; may call every route."
                        + " user-tokens: verifies the tokens that your backend signs, each for one"
                        + " user. insights: for the dashboard; reads the site's figures and nothing"
                        + " else, for 12 hours unless --expires-in says otherwise. experiments: reads"
                        + " the same and changes experiments, for an hour, at most a day."
            })
    int create(
            @Mixin NewKey key,
            @Mixin SigningOptions signing,
            @Mixin KeyStoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        KeyKind kind = key.kind();
        List<Origin> origins = key.origins(kind);
        signing.check(kind);
        return KeyStore.with(
                stores,
                store -> {
                    Instant now = store.keys().now();
                    String name = key.name == null ? kind.wireName() : key.name;
                    String audience = kind == KeyKind.USER_TOKENS ? store.audience() : "";
                    Draft draft = new Draft(kind, name, origins, now, key.end(now));
                    Minted minted = minted(draft, signing, store);
                    store.keys().issue(minted);
                    return output.result(
                            KeyView.issued(minted, audience, now),
                            KeyView.issuedText(minted, audience));
                });
    }

    /** What a new key is to be. */
    record Draft(
            KeyKind kind, String name, List<Origin> origins, Instant now, @Nullable Instant end) {}

    /**
     * Makes a key.
     *
     * @throws CommandException where there cannot be such a key
     */
    static Minted minted(Draft key, SigningOptions signing, KeyStore store) {
        try {
            return unchecked(key, signing, store);
        } catch (IllegalArgumentException broken) {
            throw new CommandException(
                    broken, "The key cannot be created: %s.", broken.getMessage());
        }
    }

    private static Minted unchecked(Draft key, SigningOptions signing, KeyStore store) {
        KeyGenerator generator = new KeyGenerator(new SecureRandom());
        Instant now = key.now();
        Instant end = key.end();
        return switch (key.kind()) {
            case PUBLISHABLE -> generator.publishable(key.name(), key.origins(), now, end);
            case SECRET -> generator.secret(key.name(), now, end);
            case USER_TOKENS -> signing.mint(generator, store, key);
            case INSIGHTS ->
                    generator.insights(
                            key.name(), now, end == null ? now.plus(INSIGHTS_LIFE) : end);
            case EXPERIMENTS ->
                    generator.experiments(
                            key.name(), now, end == null ? now.plus(EXPERIMENTS_LIFE) : end);
        };
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Lists keys, oldest first, by the last characters of their ids. A key that"
                            + " expired or was revoked is listed for 90 days.")
    int list(
            @Option(names = "--valid", description = "List only keys that are valid now.")
                    boolean valid,
            @Mixin KeyStoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        return KeyStore.with(
                stores,
                store -> {
                    Instant now = store.keys().now();
                    List<AccessKey> keys =
                            store.keys().all().stream()
                                    .filter(key -> !valid || key.holds(now))
                                    .toList();
                    return output.result(
                            Map.of(
                                    "keys",
                                    keys.stream().map(key -> KeyView.json(key, now)).toList()),
                            KeyView.table(keys, now));
                });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Creates a key like another and shows it, only now; the other key expires after --overlap.",
                "If others may know a key, revoke it at once instead."
            })
    int rotate(
            @Parameters(
                            paramLabel = "KEYID",
                            description = "Id of the key, or the last 4 or more characters of it.")
                    String keyId,
            @Option(
                            names = "--overlap",
                            paramLabel = "TIME",
                            defaultValue = "24h",
                            description =
                                    "How long the replaced key stays valid: 0s, 90m, 36h, 7d. Default: ${DEFAULT-VALUE}.")
                    String overlap,
            @Mixin SigningOptions signing,
            @Mixin KeyStoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        Duration together = KeyStoreOptions.time("--overlap", overlap);
        return KeyStore.with(
                stores,
                store -> {
                    AccessKeyService keys = store.keys();
                    Instant now = keys.now();
                    boolean signs = keys.find(keyId).kind() == KeyKind.USER_TOKENS;
                    String audience = signs ? store.audience() : "";
                    AccessKeyService.Rotated rotated =
                            keys.rotate(keyId, together, old -> like(old, signing, store, now));
                    ObjectNode json = KeyView.issued(rotated.fresh(), audience, now);
                    json.set("replaces", KeyView.json(rotated.old(), keys.now()));
                    AccessKey old = rotated.old();
                    return output.result(
                            json,
                            "%s%nThe replaced key (%s) expires at %s.",
                            KeyView.issuedText(rotated.fresh(), audience),
                            old.keyId(),
                            String.valueOf(old.expiresAt()));
                });
    }

    /** Returns a new key that may do what an old one does. */
    private static Minted like(AccessKey old, SigningOptions signing, KeyStore store, Instant now) {
        signing.check(old.kind());
        CommandException.require(
                !(old.proof() instanceof Proof.PublicKey) || signing.given(),
                "This key has a public key: give that of the new key with --public-key FILE.");
        return minted(new Draft(old.kind(), old.name(), old.origins(), now, null), signing, store);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Revokes a key at once and for good. Revoking it again changes nothing.",
                "The API caches for a minute (accessCacheSeconds) which keys are valid: for that"
                        + " time it may still accept the key."
            })
    int revoke(
            @Parameters(
                            paramLabel = "KEYID",
                            description =
                                    "Id of the key, the last 4 or more characters of it, or the key itself.")
                    String keyId,
            @Mixin KeyStoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        return KeyStore.with(
                stores,
                store -> {
                    AccessKey revoked = store.keys().revoke(keyId);
                    return output.result(
                            KeyView.json(revoked, store.keys().now()),
                            "The %s key %s (%s) has been revoked since %s.",
                            revoked.kind().wireName(),
                            revoked.keyId(),
                            revoked.name(),
                            String.valueOf(revoked.revokedAt()));
                });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Signs a user token with the secret of a key of the kind user-tokens, by HS256.",
                "For trials: in production, the backend of the site signs tokens for the users whom"
                        + " it signed in."
            })
    int token(
            @Option(
                            names = "--user",
                            paramLabel = "ID",
                            required = true,
                            description = "Id of the user.")
                    String user,
            @Option(
                            names = "--key",
                            paramLabel = "KEYID",
                            required = true,
                            description =
                                    "Id of the user-tokens key, or the last 4 or more characters of it.")
                    String keyId,
            @Option(
                            names = "--minutes",
                            paramLabel = "N",
                            defaultValue = "15",
                            description =
                                    "How many minutes the token is valid, 1 to 60. Default: ${DEFAULT-VALUE}.")
                    int minutes,
            @Mixin KeyStoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        boolean allowed = minutes >= 1 && minutes <= UserTokens.LONGEST.toMinutes();
        CommandException.require(allowed, "--minutes must be between 1 and 60.");
        return KeyStore.with(
                stores,
                store -> {
                    AccessKey key = store.keys().find(keyId);
                    Instant now = store.keys().now();
                    CommandException.require(
                            key.proof() instanceof Proof.Derived,
                            "Only a user-tokens key of HS256 can sign here: the private key of ES256 is not known to the stack.");
                    CommandException.require(
                            key.holds(now),
                            "This key is not valid any more: its tokens are refused.");
                    Instant end = now.plus(Duration.ofMinutes(minutes));
                    String secret = UserTokens.hs256Secret(store.stack(), key.keyId());
                    String token =
                            JWT.create()
                                    .withKeyId(key.keyId())
                                    .withSubject(user)
                                    .withAudience(store.audience())
                                    .withIssuedAt(now)
                                    .withExpiresAt(end)
                                    .sign(
                                            Algorithm.HMAC256(
                                                    secret.getBytes(StandardCharsets.US_ASCII)));
                    return output.result(new Token(token, user, end), token);
                });
    }

    /** A user token that was signed. */
    private record Token(String token, String userId, Instant expiresAt) {}
}
