package dev.freshet.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stored row of a key.
 *
 * @param keyId 12 characters of {@code a–z0–9}; not secret
 * @param kind the kind of key
 * @param name the owner's name for it, 1 to {@value #MAX_NAME} characters
 * @param proof verifies a credential of the key
 * @param origins the origins whose pages may use a publishable key, ≤ {@value #MAX_ORIGINS}; empty
 *     allows every origin
 * @param usageKey 40 random characters, under which API Gateway counts the calls of the key
 * @param createdAt the time of creation
 * @param expiresAt the time from which the key is invalid, or null
 * @param revokedAt the time of revocation, or null
 * @param revision the revision of the row; 0 before it is stored
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
    /** The greatest length of a name, in characters. */
    public static final int MAX_NAME = 64;

    /** The largest number of origins of a key. */
    public static final int MAX_ORIGINS = 20;

    /** How long the row is kept after the end of the key, for investigations of its use. */
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

    /** Whether the key is valid at a time. */
    public boolean holds(Instant now) {
        return end().map(now::isBefore).orElse(true);
    }

    /** Returns the time from which the key is invalid: its revocation or expiry, if any. */
    public Optional<Instant> end() {
        if (expiresAt == null || revokedAt == null) {
            return Optional.ofNullable(expiresAt == null ? revokedAt : expiresAt);
        }
        return Optional.of(expiresAt.isBefore(revokedAt) ? expiresAt : revokedAt);
    }

    /** Returns this key revoked at a time; an earlier revocation is kept. */
    public AccessKey revoked(Instant now) {
        return revokedAt != null ? this : with(expiresAt, now, revision);
    }

    /** Returns this key with an expiry; an earlier expiry is kept. */
    public AccessKey expiring(Instant end) {
        return expiresAt != null && expiresAt.isBefore(end) ? this : with(end, revokedAt, revision);
    }

    /** Returns this key with a revision of its row. */
    public AccessKey withRevision(long next) {
        return with(expiresAt, revokedAt, next);
    }

    private AccessKey with(@Nullable Instant expires, @Nullable Instant revoked, long next) {
        return new AccessKey(
                keyId, kind, name, proof, origins, usageKey, createdAt, expires, revoked, next);
    }

    /** Returns a text without the proof and the usage key. */
    @Override
    public String toString() {
        return "AccessKey[" + kind.wireName() + " " + keyId + "]";
    }
}
