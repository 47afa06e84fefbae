package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.Signer;
import dev.freshet.testkit.SettableClock;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link AccessKeys}: the tests that each of its adapters passes. */
public abstract class AccessKeysContract {
    private static final Instant START = Instant.parse("2026-11-25T17:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());
    private AccessKeys keys;

    protected abstract AccessKeys keys(InstantSource clock);

    @BeforeEach
    void open() {
        keys = keys(clock);
    }

    @Test
    void aKeyOfEachKindComesBackAsItWasPut() throws Exception {
        Origin shop = new Origin("https://shop.example");
        Instant end = START.plus(Duration.ofDays(3));
        var pair = KeyPairGenerator.getInstance("EC");
        pair.initialize(new ECGenParameterSpec("secp256r1"));
        String x509 =
                Base64.getEncoder().encodeToString(pair.generateKeyPair().getPublic().getEncoded());
        List<AccessKey> made =
                List.of(
                        generator.publishable("a page", List.of(shop), START, end).row(),
                        generator.publishable("any page", List.of(), START, null).row(),
                        generator.secret("a server", START, null).row(),
                        generator.hs256("users", new Signer(new byte[32]), START, null).row(),
                        generator.es256("users too", new Proof.PublicKey(x509), START, end).row());

        made.forEach(key -> assertThat(keys.put(key)).isTrue());

        made.forEach(key -> assertThat(keys.get(key.keyId())).contains(key.withRevision(1)));
        assertThat(keys.list())
                .containsAll(made.stream().map(key -> key.withRevision(1)).toList())
                .isSortedAccordingTo((a, b) -> a.keyId().compareTo(b.keyId()));
    }

    @Test
    void anUnknownKeyIsAbsent() {
        assertThat(keys.get("nobodyskey00")).isEmpty();
    }

    @Test
    void anIdThatIsTakenIsNotPutAgain() {
        AccessKey key = put();

        assertThat(keys.put(key.withRevision(0))).isFalse();
        assertThat(keys.get(key.keyId())).contains(key);
    }

    @Test
    void ofTwoChangesOfOneRevisionTheSecondIsRefused() {
        AccessKey key = put();

        assertThat(keys.put(key.revoked(clock.instant()))).isTrue();
        assertThat(keys.put(key.expiring(START.plus(Duration.ofHours(1))))).isFalse();
        AccessKey kept = keys.get(key.keyId()).orElseThrow();
        assertThat(kept.revokedAt()).isEqualTo(START);
        assertThat(kept.expiresAt()).isNull();
        assertThat(kept.revision()).isEqualTo(2);
    }

    @Test
    void aChangeOfAKeyThatIsNotThereIsRefused() {
        AccessKey never = generator.secret("never put", START, null).row();

        assertThat(keys.put(never.withRevision(3))).isFalse();
        assertThat(keys.get(never.keyId())).isEmpty();
    }

    @Test
    void aRevokedKeyStaysToBeSeenForNinetyDays() {
        AccessKey key = put();
        keys.put(key.revoked(START));

        clock.advance(Duration.ofDays(90).minusSeconds(1));
        assertThat(keys.get(key.keyId())).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.get(key.keyId())).isEmpty();
        assertThat(keys.list()).extracting(AccessKey::keyId).doesNotContain(key.keyId());
    }

    private AccessKey put() {
        AccessKey key = generator.secret("a server", START, null).row();
        assertThat(keys.put(key)).isTrue();
        return key.withRevision(1);
    }
}
