package dev.freshet.access;

import static dev.freshet.check.Check.require;

import dev.freshet.check.Millis;
import dev.freshet.json.WireName;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
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

    /** The longest life of a key for experiments. */
    public static final Duration MAX_EXPERIMENTS_LIFE = Duration.ofDays(1);

    /** The form of a key's id. */
    static final Pattern KEY_ID = Pattern.compile("[a-z0-9]{12}");

    private static final Pattern USAGE_KEY = Pattern.compile("[A-Za-z0-9]{40}");

    public AccessKey {
        origins = List.copyOf(origins);
        createdAt = Millis.of(createdAt);
        expiresAt = Millis.ofNullable(expiresAt);
        revokedAt = Millis.ofNullable(revokedAt);
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
        require(
                kind != KeyKind.EXPERIMENTS
                        || (expiresAt != null
                                && !expiresAt.isAfter(createdAt.plus(MAX_EXPERIMENTS_LIFE))),
                "a key for experiments expires within a day");
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

    /** The kinds of keys. */
    public enum KeyKind implements WireName {
        /**
         * A key for pages, which everybody can read; it acts for anonymous users and has origins.
         */
        PUBLISHABLE("fpk"),

        /** A key for the site's servers, which may call every operation for every user. */
        SECRET("fsk"),

        /** A key that verifies the tokens of the site's users; it is never sent itself. */
        USER_TOKENS("fut"),

        /**
         * A key for the owner's dashboard, which reads sums under {@code /v1/insights/} and {@code
         * /v1/segments}, and nothing else.
         */
        INSIGHTS("fik"),

        /**
         * A key for the owner's dashboard that also reads and puts definitions of experiments, and
         * is valid for at most {@link #MAX_EXPERIMENTS_LIFE}.
         */
        EXPERIMENTS("fek");

        private final String prefix;

        KeyKind(String prefix) {
            this.prefix = prefix;
        }

        /** Returns the prefix of the text of a key of this kind. */
        String prefix() {
            return prefix;
        }

        /** Returns the kind of a name, or empty if there is none. */
        public static Optional<KeyKind> of(String wireName) {
            return WireName.find(KeyKind.class, wireName);
        }
    }

    /** The stored data by which a credential is verified; no credential can be derived from it. */
    public sealed interface Proof {
        /**
         * The SHA-256 of a secret of 256 random bits, which needs neither salt nor stretching.
         *
         * @param sha256 64 hexadecimal digits, lower case
         */
        record SecretHash(String sha256) implements Proof {
            private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

            public SecretHash {
                require(FORM.matcher(sha256).matches(), "a hash is 64 hexadecimal digits");
            }

            byte[] bytes() {
                return HexFormat.of().parseHex(sha256);
            }
        }

        /**
         * HS256: the signing secret is derived from the stack's secret and the key's id, and not
         * stored.
         */
        record Derived() implements Proof {}

        /**
         * ES256: the private key stays with the site.
         *
         * @param x509 the public key on the curve P-256, SubjectPublicKeyInfo in base64
         */
        record PublicKey(String x509) implements Proof {
            private static final String RULE =
                    "the public key must be of the elliptic curve P-256 (prime256v1)";

            private static final Pattern PEM =
                    Pattern.compile(
                            "\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,1024})"
                                    + "-----END PUBLIC KEY-----\\s*");

            public PublicKey {
                ECPublicKey _ = parse(x509);
            }

            /**
             * Parses a PEM file, as {@code openssl ec -pubout} writes it.
             *
             * @throws IllegalArgumentException with a message that states the required form
             */
            public static PublicKey ofPem(String pem) {
                var form = PEM.matcher(pem);
                require(
                        form.matches(),
                        "the file must hold one public key, -----BEGIN PUBLIC KEY-----");
                return new PublicKey(form.group(1).replaceAll("\\s", ""));
            }

            ECPublicKey key() {
                return parse(x509);
            }

            private static ECPublicKey parse(String x509) {
                try {
                    var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(x509));
                    if (KeyFactory.getInstance("EC").generatePublic(encoded)
                                    instanceof ECPublicKey key
                            && isOfTheCurve(key.getParams())) {
                        return key;
                    }
                    throw new IllegalArgumentException(RULE);
                } catch (GeneralSecurityException unread) {
                    throw new IllegalArgumentException(RULE, unread);
                }
            }

            private static boolean isOfTheCurve(ECParameterSpec given)
                    throws GeneralSecurityException {
                var named = AlgorithmParameters.getInstance("EC");
                named.init(new ECGenParameterSpec("secp256r1"));
                ECParameterSpec curve = named.getParameterSpec(ECParameterSpec.class);
                return given.getCurve().equals(curve.getCurve())
                        && given.getGenerator().equals(curve.getGenerator())
                        && given.getOrder().equals(curve.getOrder())
                        && given.getCofactor() == curve.getCofactor();
            }
        }
    }

    /**
     * An origin whose pages may use a key, as browsers write it in the header {@code Origin}:
     * {@code https://host[:port]}, in lower case, without a path (RFC 6454). The scheme {@code
     * http} is allowed only for {@code localhost} and {@code 127.0.0.1}.
     */
    public record Origin(String text) {
        private static final Pattern FORM =
                Pattern.compile(
                        "(https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|http://(localhost|127\\.0\\.0\\.1))"
                                + "(:[0-9]{1,5})?");

        public Origin {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "an origin is https://host or https://host:port, in lower case and without a"
                                + " path");
            }
        }

        /** Returns the origin of a text, or empty if the text is not an origin. */
        public static Optional<Origin> of(String text) {
            return FORM.matcher(text).matches() ? Optional.of(new Origin(text)) : Optional.empty();
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
