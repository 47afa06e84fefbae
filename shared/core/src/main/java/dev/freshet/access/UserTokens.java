package dev.freshet.access;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier.BaseVerification;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.freshet.json.Identifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the tokens that a site's backend signs for one of its users: JWT (RFC 7519, RFC 8725),
 * HS256 or ES256 as the key says and never as the token does. It names its key ({@code kid}), its
 * user ({@code sub}), this stack ({@code aud}) and its end ({@code exp}).
 */
public final class UserTokens {
    /** Most characters of a token. */
    public static final int MAX_LENGTH = 4096;

    /** How far the end may be off. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** How far the clocks of the site and of this stack may be apart. */
    public static final Duration LEEWAY = Duration.ofSeconds(30);

    private final Supplier<Signer> stack;
    private final String audience;

    /**
     * A reader of tokens.
     *
     * @param stack signs with the stack's secret; asked only for a key of HS256
     * @param audience what {@code aud} has to be or hold
     */
    public UserTokens(Supplier<Signer> stack, String audience) {
        this.stack = stack;
        this.audience = audience;
    }

    /**
     * The secret that a site signs with under a key of HS256: 52 characters, whose ASCII bytes are
     * the signing key.
     *
     * @param stack signs with the stack's secret
     */
    public static String hs256Secret(Signer stack, String keyId) {
        byte[] label = ("user-tokens:" + keyId).getBytes(StandardCharsets.UTF_8);
        return Base32.of(stack.sign(label));
    }

    /** A token as it came, not believed yet. */
    record Unverified(String keyId, DecodedJWT token) {}

    /** Opens a token; empty where the text is none, or names no key. */
    static Optional<Unverified> open(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            DecodedJWT token = JWT.decode(text);
            String keyId = token.getKeyId();
            return keyId != null && AccessKey.KEY_ID.matcher(keyId).matches()
                    ? Optional.of(new Unverified(keyId, token))
                    : Optional.empty();
        } catch (RuntimeException unreadable) {
            // whatever the library meets in a stranger's text is the text's fault
            return Optional.empty();
        }
    }

    /**
     * Whom a token speaks for; empty where it is forged, of another stack, over, or without an end.
     *
     * @param key the row of its key, which holds
     */
    Optional<Caller.User> verify(Unverified unverified, AccessKey key, Instant now) {
        Algorithm algorithm = algorithm(key);
        DecodedJWT token = unverified.token();
        try {
            BaseVerification rules =
                    (BaseVerification)
                            JWT.require(algorithm)
                                    .withAudience(audience)
                                    .withClaimPresence("exp")
                                    .withClaimPresence("sub")
                                    .acceptLeeway(LEEWAY.toSeconds());
            rules.build(Clock.fixed(now, ZoneOffset.UTC)).verify(token);
        } catch (RuntimeException refused) {
            // a refusal, or what the library met in a stranger's claims: not believed either way
            return Optional.empty();
        }
        Instant end = token.getExpiresAtAsInstant();
        String userId = token.getSubject();
        return end.isAfter(now.plus(LONGEST).plus(LEEWAY)) || !Identifier.NOT_BLANK.accepts(userId)
                ? Optional.empty()
                : Optional.of(new Caller.User(userId, key.keyId(), end));
    }

    private Algorithm algorithm(AccessKey key) {
        return switch (key.proof()) {
            case Proof.Derived derived ->
                    Algorithm.HMAC256(
                            hs256Secret(stack.get(), key.keyId())
                                    .getBytes(StandardCharsets.US_ASCII));
            case Proof.PublicKey ec -> Algorithm.ECDSA256(ec.key(), null);
            case Proof.SecretHash none ->
                    throw new IllegalArgumentException("such a key vouches for no token");
        };
    }
}
