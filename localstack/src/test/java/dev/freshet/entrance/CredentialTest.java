package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.api.ApiResponse;
import dev.freshet.local.TestCloud;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials that are forged, expired, revoked, or sent in a wrong place. */
class CredentialTest extends AccessAttempts {

    @Test
    void aRevokedKeyIsRefusedAfterTheDocumentedMinute() {
        Minted generated = scene().generator().secret("to be revoked", Instant.now(), null);
        String key = scene().put(generated);
        assertThat(get(key, "/v1/trending").status()).isEqualTo(200);

        scene().revoke(generated.row().keyId());
        TestCloud.CLOCK.advance(Duration.ofSeconds(61));

        assertRefused(get(key, "/v1/trending"), 401, "unauthorized");
    }

    /**
     * A token expires while the gateway still caches its grant; the authorizer allows for clocks
     * that differ by 30 s.
     */
    @Test
    void aTokenThatExpiresWhileItsGrantIsCachedIsRefusedByTheFunction() throws Exception {
        String token = scene().token("own", Duration.ofSeconds(-27));
        TestCloud.await(() -> get(token, "/v1/trending").status() != 200);

        assertRefused(get(token, "/v1/trending"), 401, "unauthorized");
    }

    private static Stream<String> forged() throws Exception {
        byte[] secret = scene().signingSecret();
        String audience = scene().cloud().settings().audience();
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = pairs.generateKeyPair();
        Minted es256 =
                scene().generator()
                        .es256(
                                "es256",
                                new Proof.PublicKey(
                                        Base64.getEncoder()
                                                .encodeToString(pair.getPublic().getEncoded())),
                                Instant.now(),
                                null);
        scene().put(es256);
        Algorithm hs256 = Algorithm.HMAC256(secret);
        String good = scene().token("own", LASTING);
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                scene().token("own", Duration.ofHours(-1)),
                scene().token("own", Duration.ofHours(3)),
                token(token -> token.withAudience("another")).sign(hs256),
                JWT.create()
                        .withKeyId(scene().userTokens.keyId())
                        .withSubject("own")
                        .withAudience(audience)
                        .sign(hs256),
                JWT.create()
                        .withKeyId(scene().userTokens.keyId())
                        .withAudience(audience)
                        .withExpiresAt(Instant.now().plus(LASTING))
                        .sign(hs256),
                token(token -> token).sign(Algorithm.none()),
                token(token -> token).sign(Algorithm.HMAC384(secret)),
                token(token -> token).sign(Algorithm.HMAC256("another secret of some length....")),
                token(token -> token.withKeyId("nobodyskeyid")).sign(hs256),
                token(token -> token.withKeyId("../../secret")).sign(hs256),
                token(token -> token.withKeyId(es256.row().keyId()))
                        .sign(Algorithm.HMAC256(pair.getPublic().getEncoded())),
                token(token -> token)
                        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) pair.getPrivate())),
                parts[0] + "." + encoded("{\"sub\":\"another\"}") + "." + parts[2],
                encoded("{\"alg\":\"none\",\"kid\":\"" + scene().userTokens.keyId() + "\"}")
                        + "."
                        + parts[1]
                        + ".",
                good + "a",
                good.substring(0, good.length() - 4));
    }

    private static JWTCreator.Builder token(UnaryOperator<JWTCreator.Builder> change) {
        return change.apply(
                JWT.create()
                        .withKeyId(scene().userTokens.keyId())
                        .withSubject("own")
                        .withAudience(scene().cloud().settings().audience())
                        .withExpiresAt(Instant.now().plus(LASTING)));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aTokenThatIsForgedOrExpiredOrOfAnotherStackIsRefused(String token) {
        assertRefused(get(token, "/v1/trending"), 401, "unauthorized");
    }

    @Test
    void aWrongSecretAndAnUnknownIdAreRefusedAlike() {
        String key = scene().secret;
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
        String unknown = "fsk_aaaaaaaaaaaa_" + key.substring(key.lastIndexOf('_') + 1);
        String disguised = "fpk_" + key.substring(4);

        for (String credential : List.of(wrong, unknown, disguised)) {
            ApiResponse refused = get(credential, "/v1/trending");
            assertRefused(refused, 401, "unauthorized");
            assertThat(refused.body().path("detail"))
                    .isEqualTo(get(wrong, "/v1/trending").body().path("detail"));
        }
    }

    @Test
    void aKeyInAnyOtherPlaceIsIgnored() throws Exception {
        String key = scene().secret;
        String basic =
                Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        for (String[] attempt :
                new String[][] {
                    {"/v1/trending?key=" + key},
                    {"/v1/trending?Authorization=Bearer%20" + key},
                    {"/v1/trending", "X-Api-Key: " + key},
                    {"/v1/trending", "Cookie: Authorization=Bearer " + key},
                    {"/v1/trending", "Authorization: " + key},
                    {"/v1/trending", "Authorization: Basic " + basic},
                    {"/v1/trending", "Authorization: Bearer Bearer " + key},
                    {"/v1/trending", "Authorization: Bearer " + key + ", Bearer " + key},
                    {"/v1/trending", "Authorization: Bearer " + key, "Authorization: Bearer " + key}
                }) {
            String[] headers = Arrays.copyOfRange(attempt, 1, attempt.length);
            assertRefused(raw("GET", attempt[0], headers), 401);
        }
        assertRefused(
                RawRequest.send(
                        scene().cloud().apiUri(),
                        "POST",
                        "/v1/recommendations",
                        "{\"authorization\":\"Bearer " + key + "\",\"key\":\"" + key + "\"}"),
                401);
    }
}
