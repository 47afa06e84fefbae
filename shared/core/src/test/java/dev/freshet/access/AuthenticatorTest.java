package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.Authenticator.Reason;
import dev.freshet.access.Authenticator.Verdict;
import dev.freshet.features.Faults;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryAccessKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");
    private static final String AUDIENCE = "freshet-test";

    private final Signer stack = new Signer("s".repeat(32).getBytes(StandardCharsets.US_ASCII));
    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryAccessKeys keys = new MemoryAccessKeys(clock);
    private final KeyGenerator generator = new KeyGenerator(new Random(11));
    private final Authenticator authenticator =
            new Authenticator(keys, new UserTokens(() -> stack, AUDIENCE), clock);
    private final KeyGenerator.Minted hs = put(generator.hs256("users", stack, NOW, null));
    private final KeyPair pair = pair();
    private final KeyGenerator.Minted es =
            put(generator.es256("users", new Proof.PublicKey(base64(pair)), NOW, null));

    @Test
    void aSecretKeyAndAPublishableOneAreLetIn() {
        KeyGenerator.Minted secret = put(generator.secret("server", NOW, null));
        Origin shop = new Origin("https://shop.example");
        KeyGenerator.Minted page = put(generator.publishable("page", List.of(shop), NOW, null));

        assertThat(caller(secret.shown())).isEqualTo(new Caller.Secret(secret.row().keyId()));
        assertThat(caller(page.shown()))
                .isEqualTo(new Caller.Publishable(page.row().keyId(), List.of(shop)));
    }

    @Test
    void aKeyOfADashboardAndThatOfAnAnalystAreLetIn() {
        KeyGenerator.Minted dashboard = put(generator.insights("dashboard", NOW, null));
        KeyGenerator.Minted analyst = put(generator.experiments("ann", NOW, NOW.plusSeconds(60)));

        assertThat(caller(dashboard.shown()))
                .isEqualTo(new Caller.Insights(dashboard.row().keyId()));
        assertThat(caller(analyst.shown()))
                .isEqualTo(new Caller.Experiments(analyst.row().keyId(), "ann"));
    }

    @Test
    void aWrongSecretOfTheRightLengthIsRefusedLikeAnUnknownKey() {
        KeyGenerator.Minted secret = put(generator.secret("server", NOW, null));
        KeyGenerator.Minted other = generator.secret("never put", NOW, null);
        String wrong = secret.shown().substring(0, 17) + other.shown().substring(17);

        assertThat(judged(wrong)).isEqualTo(refused(Reason.UNKNOWN));
        assertThat(judged(other.shown())).isEqualTo(refused(Reason.UNKNOWN));
    }

    @Test
    void aPublishableKeyIsNotPromotedByItsPrefix() {
        KeyGenerator.Minted page = put(generator.publishable("page", List.of(), NOW, null));

        assertThat(judged(page.shown().replace("fpk_", "fsk_"))).isEqualTo(refused(Reason.UNKNOWN));
    }

    @Test
    void aRevokedKeyAndAnExpiredOneAreRefused() {
        KeyGenerator.Minted revoked = put(generator.secret("server", NOW, null));
        keys.put(keys.get(revoked.row().keyId()).orElseThrow().revoked(NOW));
        KeyGenerator.Minted expiring = put(generator.secret("server", NOW, NOW.plusSeconds(60)));

        assertThat(judged(revoked.shown())).isEqualTo(refused(Reason.ENDED));
        assertThat(judged(expiring.shown())).isInstanceOf(Verdict.Admitted.class);
        clock.advance(Duration.ofSeconds(60));
        assertThat(judged(expiring.shown())).isEqualTo(refused(Reason.ENDED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic dXNlcjpwYXNzd29yZHBhc3N3b3Jk",
                "bearer  fsk_abcdefghijkl_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst",
                "Bearer fsk_abcdefghijkl_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst\r\nX: y",
                "fsk_abcdefghijkl_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst",
                "Bearer ....................",
                "Bearer aaaaaaaaaaaaaaaaaaaa.bbbbbb.cccccc",
                "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA"
            })
    void whatIsNoCredentialIsRefused(String header) {
        assertThat(authenticator.judge(header)).isEqualTo(refused(Reason.MALFORMED));
    }

    @Test
    void aHeaderBeyondAllMeasureIsRefusedWithoutReadingIt() {
        assertThat(authenticator.judge("Bearer " + "a".repeat(1 << 20)))
                .isEqualTo(refused(Reason.MALFORMED));
    }

    @Test
    void aTokenOfTheSitesBackendIsLetInForItsUser() {
        Caller expected = new Caller.User("ann", hs.row().keyId(), NOW.plusSeconds(600));

        assertThat(caller(token(hs).sign(hmac(hs.shown())))).isEqualTo(expected);
        assertThat(caller(token(es).sign(ecdsa(pair))))
                .isEqualTo(new Caller.User("ann", es.row().keyId(), NOW.plusSeconds(600)));
    }

    @Test
    void aTokenMayNameOtherAudiencesBesideThisStack() {
        String text = token(hs).withAudience("web", AUDIENCE).sign(hmac(hs.shown()));

        assertThat(judged(text)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void anExpiredTokenIsRefusedButForWhatClocksDiffer() {
        String text = token(hs).sign(hmac(hs.shown()));

        clock.advance(Duration.ofSeconds(629));
        assertThat(judged(text)).isInstanceOf(Verdict.Admitted.class);
        clock.advance(Duration.ofSeconds(2));
        assertThat(judged(text)).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenThatIsNotValidYetIsRefused() {
        String text = token(hs).withNotBefore(NOW.plusSeconds(60)).sign(hmac(hs.shown()));

        assertThat(judged(text)).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenWithoutAnEndOrWithOneTooFarIsRefused() {
        Instant far = NOW.plus(UserTokens.LONGEST).plus(UserTokens.LEEWAY).plusSeconds(1);

        assertThat(judged(bare(hs).withSubject("ann").sign(hmac(hs.shown()))))
                .isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(token(hs).withExpiresAt(far).sign(hmac(hs.shown()))))
                .isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenOfAnotherAudienceOrOfNoneIsRefused() {
        String other = token(hs).withAudience("freshet-prod").sign(hmac(hs.shown()));
        String none =
                JWT.create()
                        .withKeyId(hs.row().keyId())
                        .withSubject("ann")
                        .withExpiresAt(NOW.plusSeconds(600))
                        .sign(hmac(hs.shown()));

        assertThat(judged(other)).isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(none)).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenWithoutAUserOrWithOneThatCannotBeIsRefused() {
        for (String user : List.of("", " ", "a\u0000b", "a\nb", "x".repeat(129))) {
            String text = token(hs).withSubject(user).sign(hmac(hs.shown()));
            assertThat(judged(text)).as(user).isEqualTo(refused(Reason.TOKEN));
        }
        String nobody = bare(hs).withExpiresAt(NOW.plusSeconds(600)).sign(hmac(hs.shown()));
        assertThat(judged(nobody)).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenSignedByNobodyIsRefused() {
        assertThat(judged(token(hs).sign(Algorithm.none()) + "AAAA"))
                .isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(token(hs).sign(Algorithm.none()))).isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(token(es).sign(Algorithm.none()))).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenSignedWithThePublicKeyAsIfItWereASecretIsRefused() {
        byte[] encoded = pair.getPublic().getEncoded();
        String base64 = base64(pair);

        assertThat(judged(token(es).sign(Algorithm.HMAC256(encoded))))
                .isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(token(es).sign(hmac(base64)))).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenSignedByAnotherKeyOfThisStackIsRefused() {
        KeyGenerator.Minted other = put(generator.hs256("others", stack, NOW, null));

        assertThat(judged(token(hs).sign(hmac(other.shown())))).isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(token(hs).sign(ecdsa(pair)))).isEqualTo(refused(Reason.TOKEN));
        assertThat(judged(token(es).sign(ecdsa(pair())))).isEqualTo(refused(Reason.TOKEN));
    }

    @Test
    void aTokenWhoseKeyIsUnknownOrOfAnotherKindIsRefused() {
        KeyGenerator.Minted secret = put(generator.secret("server", NOW, null));
        String unknown =
                token(generator.hs256("never put", stack, NOW, null)).sign(hmac(hs.shown()));
        String ofASecret = token(secret).sign(hmac(secret.shown()));

        assertThat(judged(unknown)).isEqualTo(refused(Reason.UNKNOWN));
        assertThat(judged(ofASecret)).isEqualTo(refused(Reason.UNKNOWN));
    }

    @Test
    void aTokenWhoseKeyWasRevokedIsRefused() {
        String text = token(hs).sign(hmac(hs.shown()));
        keys.put(keys.get(hs.row().keyId()).orElseThrow().revoked(NOW));

        assertThat(judged(text)).isEqualTo(refused(Reason.ENDED));
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String[] parts = token(hs).sign(hmac(hs.shown())).split("\\.", -1);
        String claims =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("ann", "bob");

        assertThat(judged(parts[0] + "." + base64url(claims) + "." + parts[2]))
                .isEqualTo(refused(Reason.TOKEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":null", "\"sub\":5",
                "\"sub\":true", "\"sub\":[\"ann\"]",
                "\"sub\":\"ann\",\"sub\":\"bob\"", "\"sub\":\"ann\",\"aud\":\"freshet-test\"",
                "\"exp\":1795626600"
            })
    void aSignedTokenWhoseUserIsNoSingleTextIsRefused(String claims) {
        String header = "{\"alg\":\"HS256\",\"kid\":\"" + hs.row().keyId() + "\"}";
        String common = ",\"aud\":\"freshet-test\",\"exp\":1795626600}";

        assertThat(judged(signed(header, "{\"sub\":\"ann\"" + common)))
                .isInstanceOf(Verdict.Admitted.class);
        assertThat(judged(signed(header, "{" + claims + common))).isEqualTo(refused(Reason.TOKEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]", "\"crit\":[\"b64\"],\"b64\":false",
                "\"crit\":null", "\"alg\":\"HS256\"",
                "\"typ\":\"JWT\",\"typ\":\"JWT\""
            })
    void aSignedTokenWithACriticalExtensionOrAnAmbiguousHeaderIsRefused(String member) {
        String header = "{\"alg\":\"HS256\",\"kid\":\"" + hs.row().keyId() + "\"," + member + "}";
        String claims = "{\"sub\":\"ann\",\"aud\":\"freshet-test\",\"exp\":1795626600}";

        assertThat(judged(signed(header, claims))).isEqualTo(refused(Reason.TOKEN));
    }

    private String signed(String header, String claims) {
        String text = base64url(header) + "." + base64url(claims);
        byte[] signature =
                new Signer(hs.shown().getBytes(StandardCharsets.US_ASCII))
                        .sign(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exp\":1e300}", "{\"exp\":\"soon\"}",
                "{\"exp\":9223372036854775807}", "{\"exp\":-9223372036854775808}",
                "{\"exp\":[],\"sub\":{}}", "{\"sub\":5,\"exp\":1764090000}",
                "[]", "null",
                "{\"aud\":7}", "{"
            })
    void claimsOfAnyShapeAreRefusedAndBreakNothing(String claims) {
        String header = "{\"alg\":\"HS256\",\"kid\":\"" + hs.row().keyId() + "\"}";

        assertThat(judged(signed(header, claims))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whileTheKeysCannotBeReadNobodyIsLetIn() {
        AccessKeys down =
                Faults.before(
                        AccessKeys.class,
                        keys,
                        call -> {
                            throw new IllegalStateException("down");
                        });
        Authenticator shut = new Authenticator(down, new UserTokens(() -> stack, AUDIENCE), clock);

        assertThatThrownBy(() -> shut.judge("Bearer " + generator.secret("x", NOW, null).shown()))
                .hasMessage("down");
    }

    private JWTCreator.Builder bare(KeyGenerator.Minted key) {
        return JWT.create().withKeyId(key.row().keyId()).withAudience(AUDIENCE);
    }

    private JWTCreator.Builder token(KeyGenerator.Minted key) {
        return bare(key).withSubject("ann").withExpiresAt(NOW.plusSeconds(600));
    }

    private static Algorithm hmac(String secret) {
        return Algorithm.HMAC256(secret);
    }

    private static Algorithm ecdsa(KeyPair pair) {
        return Algorithm.ECDSA256((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            return pairs.generateKeyPair();
        } catch (java.security.GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static String base64(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private KeyGenerator.Minted put(KeyGenerator.Minted key) {
        assertThat(keys.put(key.row())).isTrue();
        return key;
    }

    private Verdict judged(String credential) {
        return authenticator.judge("Bearer " + credential);
    }

    private Caller caller(String credential) {
        return ((Verdict.Admitted) judged(credential)).caller();
    }

    private static Verdict refused(Reason reason) {
        return new Verdict.Refused(reason);
    }
}
