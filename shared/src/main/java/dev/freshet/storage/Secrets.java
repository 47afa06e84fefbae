package dev.freshet.storage;

import dev.freshet.feature.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
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
    private byte @Nullable [] kept;

    public Secrets(Settings settings, Clients clients) {
        this.settings = settings;
        this.clients = clients;
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
        String arn = settings.find(Setting.SECRET_ARN).orElse(null);
        if (arn == null) {
            return settings.find(Setting.SECRET)
                    .orElseThrow(
                            () -> new MissingSettingException(Setting.SECRET_ARN, "is not set"));
        }
        try {
            return clients.secretsManager()
                    .getSecretValue(request -> request.secretId(arn))
                    .secretString();
        } catch (SdkException e) {
            throw new StoreUnavailableException("Secrets Manager", e);
        }
    }

    private static String checked(@Nullable String secret) {
        if (secret == null || secret.length() < MIN_LENGTH) {
            throw new MissingSettingException(
                    Setting.SECRET_ARN,
                    "leads to a secret of fewer than " + MIN_LENGTH + " characters");
        }
        return secret;
    }
}
