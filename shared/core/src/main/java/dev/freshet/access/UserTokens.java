package dev.freshet.access;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier.BaseVerification;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Verifies the tokens that a site's backend signs for its users: JWT (RFC 7519, RFC 8725) with
 * HS256 or ES256, as the key determines and never the token. A token names its key ({@code kid}),
 * its user ({@code sub}, a text), this stack ({@code aud}) and its expiry ({@code exp}).
 */
public final class UserTokens {
    /** The greatest length of a token, in characters. */
    public static final int MAX_LENGTH = 4096;

    /** The longest time from now to the expiry of a token. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The largest accepted difference between the clocks of the site and of this stack. */
    public static final Duration LEEWAY = Duration.ofSeconds(30);

    private final Supplier<Signer> stack;
    private final String audience;

    /**
     * Creates a verifier of tokens.
     *
     * @param stack the signer under the stack's secret; used only for a key of HS256
     * @param audience the value that {@code aud} must have or contain
     */
    public UserTokens(Supplier<Signer> stack, String audience) {
        this.stack = stack;
        this.audience = audience;
    }

    /**
     * Returns the secret with which a site signs tokens of a key of HS256: 52 characters, whose
     * ASCII bytes are the signing key.
     *
     * @param stack the signer under the stack's secret
     */
    public static String hs256Secret(Signer stack, String keyId) {
        byte[] label = ("user-tokens:" + keyId).getBytes(StandardCharsets.UTF_8);
        return KeyText.base32(stack.sign(label));
    }

    /** A decoded token that is not verified yet. */
    record Unverified(String keyId, DecodedJWT token) {}

    /** Decodes a token; empty if the text is not a token or names no key. */
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
            // every failure of the library is caused by the text, which comes from outside
            return Optional.empty();
        }
    }

    /**
     * Returns the user of a token; empty if the token is forged, expired, of another stack or
     * without an expiry.
     *
     * @param key the row of its key, which is valid
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
            // a refusal, or a failure of the library caused by the claims: the token is refused
            return Optional.empty();
        }
        Instant end = token.getExpiresAtAsInstant();
        return end.isAfter(now.plus(LONGEST).plus(LEEWAY))
                ? Optional.empty()
                : subject(token)
                        .filter(Identifier.USER::accepts)
                        .map(userId -> new Caller.User(userId, key.keyId(), end));
    }

    /**
     * Returns the claim {@code sub}, read strictly: it has to be a text, no member of the header or
     * the claims may occur twice, and the header must not name extensions that have to be
     * understood ({@code crit}, RFC 7515 section 4.1.11), of which none is.
     */
    private static Optional<String> subject(DecodedJWT token) {
        try {
            JsonNode header = json(token.getHeader());
            JsonNode subject = json(token.getPayload()).path("sub");
            return header.isObject() && !header.has("crit") && subject.isTextual()
                    ? Optional.of(subject.textValue())
                    : Optional.empty();
        } catch (MalformedJsonException | IllegalArgumentException ambiguous) {
            return Optional.empty();
        }
    }

    private static JsonNode json(String base64url) throws MalformedJsonException {
        return StrictJson.readWithNulls(Base64.getUrlDecoder().decode(base64url));
    }

    private Algorithm algorithm(AccessKey key) {
        return switch (key.proof()) {
            case Proof.Derived derived ->
                    Algorithm.HMAC256(
                            hs256Secret(stack.get(), key.keyId())
                                    .getBytes(StandardCharsets.US_ASCII));
            case Proof.PublicKey ec -> Algorithm.ECDSA256(ec.key(), null);
            case Proof.SecretHash none ->
                    throw new IllegalArgumentException("a key of this kind verifies no token");
        };
    }
}
