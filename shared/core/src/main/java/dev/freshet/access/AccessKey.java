package dev.freshet.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key.
 *
 * @param keyId 12 characters of {@code a–z0–9}; no secret
 * @param kind what it is for
 * @param name the owner's word for it, 1 to {@value #MAX_NAME} characters
 * @param proof tells the real one
 * @param origins whose pages may use a publishable key, ≤ {@value #MAX_ORIGINS}; empty: those of
 *     everybody
 * @param usageKey 40 random characters, under which API Gateway counts its calls
 * @param createdAt when it was made
 * @param expiresAt from when it is worth nothing, or null
 * @param revokedAt when it was taken back, or null
 * @param revision of the row; 0 before it is put
 */
public record AccessKey(
        String keyId,
        KeyKind kind,
        String name,
        Proof proof,
        List<Origin> origins,
        String usageKey,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        long revision) {
    /** Most characters of a name. */
    public static final int MAX_NAME = 64;

    /** Most origins of a key. */
    public static final int MAX_ORIGINS = 20;

    /** How long the row is kept after the key is worth nothing, for whoever looks into its use. */
    public static final Duration KEPT = Duration.ofDays(90);

    /** The form of a key's id. */
    static final Pattern KEY_ID = Pattern.compile("[a-z0-9]{12}");

    private static final Pattern USAGE_KEY = Pattern.compile("[A-Za-z0-9]{40}");

    public AccessKey {
        origins = List.copyOf(origins);
        require(KEY_ID.matcher(keyId).matches(), "a key's id has 12 characters of a-z and 0-9");
        require(
                !name.isBlank()
                        && name.length() <= MAX_NAME
                        && name.chars().noneMatch(Character::isISOControl),
                "a key's name has 1 to " + MAX_NAME + " characters");
        require(
                (kind == KeyKind.USER_TOKENS) != (proof instanceof Proof.SecretHash),
                "a proof is of its kind");
        require(
                origins.size() <= MAX_ORIGINS && (origins.isEmpty() || kind == KeyKind.PUBLISHABLE),
                "a publishable key has at most " + MAX_ORIGINS + " origins, others have none");
        require(USAGE_KEY.matcher(usageKey).matches(), "a usage key has 40 letters and digits");
        require(
                expiresAt == null || expiresAt.isAfter(createdAt),
                "a key expires after it was made");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Whether it is worth anything at this moment. */
    public boolean holds(Instant now) {
        return end().map(now::isBefore).orElse(true);
    }

    /** From when it is worth nothing: revoked or expired, whichever comes first. */
    public Optional<Instant> end() {
        if (expiresAt == null || revokedAt == null) {
            return Optional.ofNullable(expiresAt == null ? revokedAt : expiresAt);
        }
        return Optional.of(expiresAt.isBefore(revokedAt) ? expiresAt : revokedAt);
    }

    /** This key taken back; the first moment stands. */
    public AccessKey revoked(Instant now) {
        return revokedAt != null ? this : with(expiresAt, now, revision);
    }

    /** This key with an end; an earlier one stands. */
    public AccessKey expiring(Instant end) {
        return expiresAt != null && expiresAt.isBefore(end) ? this : with(end, revokedAt, revision);
    }

    /** This key as the row of a revision. */
    public AccessKey withRevision(long next) {
        return with(expiresAt, revokedAt, next);
    }

    private AccessKey with(@Nullable Instant expires, @Nullable Instant revoked, long next) {
        return new AccessKey(
                keyId, kind, name, proof, origins, usageKey, createdAt, expires, revoked, next);
    }

    /** Neither proof nor usage key. */
    @Override
    public String toString() {
        return "AccessKey[" + kind.wireName() + " " + keyId + "]";
    }
}
