package dev.freshet.aws;

import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The stack's secret, from which pseudonyms and signatures are made. Fetched on first use and kept:
 * from Secrets Manager where an ARN is set, else the literal one of the local cloud.
 */
public final class Secrets {
    /** Fewest characters that a secret may have. */
    public static final int MIN_LENGTH = 32;

    private final Settings settings;
    private final Clients clients;
    private final Setting arn;
    private final Setting literal;
    private byte @Nullable [] kept;

    /** The stack's own. */
    public Secrets(Settings settings, Clients clients) {
        this(settings, clients, Setting.SECRET_ARN, Setting.SECRET);
    }

    private Secrets(Settings settings, Clients clients, Setting arn, Setting literal) {
        this.settings = settings;
        this.clients = clients;
        this.arn = arn;
        this.literal = literal;
    }

    /** The key that replaces persons' ids; empty where ids are kept as they are sent. */
    public static Optional<Secrets> ofIds(Settings settings, Clients clients) {
        return settings.find(Setting.ID_SECRET_ARN)
                .or(() -> settings.find(Setting.ID_SECRET))
                .map(
                        there ->
                                new Secrets(
                                        settings,
                                        clients,
                                        Setting.ID_SECRET_ARN,
                                        Setting.ID_SECRET));
    }

    /**
     * The secret's bytes, a copy.
     *
     * @throws MissingSettingException when neither variable is set, or the secret is too short
     * @throws StoreUnavailableException when Secrets Manager does not answer
     */
    public synchronized byte[] secret() {
        byte[] known = kept;
        if (known == null) {
            known = checked(read()).getBytes(StandardCharsets.UTF_8);
            kept = known;
        }
        return known.clone();
    }

    /** Forgets what was fetched; for use after a restore from a snapshot of memory. */
    public synchronized void forget() {
        kept = null;
    }

    private String read() {
        String named = settings.find(arn).orElse(null);
        if (named == null) {
            return settings.find(literal)
                    .orElseThrow(() -> new MissingSettingException(arn, "is not set"));
        }
        try {
            return clients.secretsManager()
                    .getSecretValue(request -> request.secretId(named))
                    .secretString();
        } catch (SdkException e) {
            throw new StoreUnavailableException("Secrets Manager", e);
        }
    }

    private String checked(@Nullable String secret) {
        if (secret == null || secret.length() < MIN_LENGTH) {
            throw new MissingSettingException(
                    arn, "leads to a secret of fewer than " + MIN_LENGTH + " characters");
        }
        return secret;
    }
}
