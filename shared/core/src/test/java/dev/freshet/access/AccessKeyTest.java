package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");

    private final KeyGenerator generator = new KeyGenerator(new Random(7));

    @Test
    void aKeyWithoutAnEndHolds() {
        assertThat(generator.secret("a", NOW, null).row().holds(NOW.plusSeconds(1_000_000_000)))
                .isTrue();
    }

    @Test
    void aKeyIsWorthNothingFromItsEndOn() {
        AccessKey key = generator.secret("a", NOW, NOW.plusSeconds(10)).row();

        assertThat(key.holds(NOW.plusMillis(9_999))).isTrue();
        assertThat(key.holds(NOW.plusSeconds(10))).isFalse();
        assertThat(key.revoked(NOW.plusSeconds(3)).holds(NOW.plusSeconds(3))).isFalse();
    }

    @Test
    void anEndIsNeverPutOff() {
        AccessKey key = generator.secret("a", NOW, NOW.plusSeconds(10)).row();

        assertThat(key.expiring(NOW.plusSeconds(20)).expiresAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(key.expiring(NOW.plusSeconds(5)).expiresAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(key.revoked(NOW).revoked(NOW.plusSeconds(5)).revokedAt()).isEqualTo(NOW);
    }

    @Test
    void aKeyForExperimentsExpiresWithinADay() {
        Instant day = NOW.plus(AccessKey.MAX_EXPERIMENTS_LIFE);

        assertThat(generator.experiments("a", NOW, day).row().holds(day)).isFalse();
        assertThatThrownBy(() -> generator.experiments("a", NOW, day.plusMillis(1)))
                .hasMessageContaining("within a day");
        assertThatThrownBy(() -> generator.experiments("a", NOW, Instant.MAX))
                .hasMessageContaining("within a day");
    }

    @Test
    void onlyAPublishableKeyHasOriginsAndNotTooMany() {
        Origin origin = new Origin("https://shop.example");
        AccessKey secret = generator.secret("a", NOW, null).row();

        assertThatThrownBy(
                        () ->
                                new AccessKey(
                                        secret.keyId(),
                                        KeyKind.SECRET,
                                        "a",
                                        secret.proof(),
                                        List.of(origin),
                                        secret.usageKey(),
                                        NOW,
                                        null,
                                        null,
                                        0))
                .hasMessageContaining("origins");
        assertThatThrownBy(
                        () ->
                                generator.publishable(
                                        "a", Collections.nCopies(21, origin), NOW, null))
                .hasMessageContaining("20 origins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void aNameIsALineOfText(String name) {
        assertThatThrownBy(() -> generator.secret(name, NOW, null)).hasMessageContaining("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example", "https://shop.example:8443",
                "http://localhost:8787", "http://127.0.0.1"
            })
    void anOriginIsASite(String text) {
        assertThat(Origin.of(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "null",
                "*", "http://shop.example",
                "https://Shop.example", "https://shop.example/",
                "https://shop.example:", "https://shop.example, https://evil.example",
                "https://u@shop.example", "https://*.example",
                "https://shop.example\n"
            })
    void otherTextsAreNoOrigins(String text) {
        assertThat(Origin.of(text)).isEmpty();
    }

    @Test
    void aPublicKeyIsReadFromItsFile() throws Exception {
        String pem = pem("secp256r1");

        assertThat(Proof.PublicKey.ofPem(pem).key().getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void aPublicKeyOfAnotherCurveIsRefused() throws Exception {
        String other = pem("secp384r1");

        assertThatThrownBy(() -> Proof.PublicKey.ofPem(other)).hasMessageContaining("P-256");
        assertThatThrownBy(() -> Proof.PublicKey.ofPem("-----BEGIN EC PRIVATE KEY-----"))
                .hasMessageContaining("PUBLIC KEY");
        assertThatThrownBy(() -> new Proof.PublicKey("AAAA")).hasMessageContaining("P-256");
    }

    private static String pem(String curve) throws Exception {
        var pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec(curve));
        byte[] key = pairs.generateKeyPair().getPublic().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
