package dev.freshet.aws;

import dev.freshet.aws.Settings.MissingSettingException;
import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secret of a stack, from which pseudonyms and signatures are derived. It is fetched on first
 * use and cached: from Secrets Manager if an ARN is configured, otherwise the literal value that
 * the local cloud configures.
 */
public final class Secrets {
    /** Minimum length of a secret, in characters. */
    public static final int MIN_LENGTH = 32;

    private final Settings settings;
    private final Clients clients;
    private final Setting arn;
    private final Setting literal;
    private byte @Nullable [] cached;

    /** Creates the source of the secret from which pseudonyms and signatures are derived. */
    public Secrets(Settings settings, Clients clients) {
        this(settings, clients, Setting.SECRET_ARN, Setting.SECRET);
    }

    private Secrets(Settings settings, Clients clients, Setting arn, Setting literal) {
        this.settings = settings;
        this.clients = clients;
        this.arn = arn;
        this.literal = literal;
    }

    /**
     * Returns the source of the key under which user ids are masked; empty if ids are stored as
     * clients send them.
     */
    public static Optional<Secrets> ofIds(Settings settings, Clients clients) {
        return settings.find(Setting.ID_SECRET_ARN)
                .or(() -> settings.find(Setting.ID_SECRET))
                .map(
                        setting ->
                                new Secrets(
                                        settings,
                                        clients,
                                        Setting.ID_SECRET_ARN,
                                        Setting.ID_SECRET));
    }

    /** Returns the source of the key with which the canary asks for a list. */
    public static Secrets ofCanary(Settings settings, Clients clients) {
        return new Secrets(settings, clients, Setting.CANARY_KEY_ARN, Setting.CANARY_KEY_ARN);
    }

    /**
     * Returns the secret's bytes, as a copy.
     *
     * @throws MissingSettingException if neither variable is set, or the secret is shorter than
     *     {@value #MIN_LENGTH} characters
     * @throws StoreUnavailableException if Secrets Manager does not respond
     */
    public synchronized byte[] secret() {
        byte[] bytes = cached;
        if (bytes == null) {
            bytes = checked(read()).getBytes(StandardCharsets.UTF_8);
            cached = bytes;
        }
        return bytes.clone();
    }

    /**
     * Drops the cached secret, so that the next call fetches it again. Meant for use after a
     * restore from a memory snapshot.
     */
    public synchronized void forget() {
        cached = null;
    }

    private String read() {
        String secretId = settings.find(arn).orElse(null);
        if (secretId == null) {
            return settings.find(literal)
                    .orElseThrow(() -> new MissingSettingException(arn, "is not set"));
        }
        return AwsCalls.call(
                "Secrets Manager",
                () ->
                        clients.secretsManager()
                                .getSecretValue(request -> request.secretId(secretId))
                                .secretString());
    }

    private String checked(@Nullable String secret) {
        if (secret == null || secret.length() < MIN_LENGTH) {
            throw new MissingSettingException(
                    arn, "gives a secret of fewer than " + MIN_LENGTH + " characters");
        }
        return secret;
    }
}
