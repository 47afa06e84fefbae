package dev.freshet.cli.keys;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyText;
import dev.freshet.cli.keys.AccessKeyService.UsageKeys;
import dev.freshet.console.CommandException;
import dev.freshet.testkit.memory.MemoryAccessKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccessKeyServiceTest {
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final List<String> done = new ArrayList<>();
    private final AccessKeys table = new MemoryAccessKeys(() -> now);
    private boolean gatewayIsDown;
    private final UsageKeys gateway =
            new UsageKeys() {
                @Override
                public void add(AccessKey key) {
                    record("add", key);
                }

                @Override
                public void remove(AccessKey key) {
                    record("remove", key);
                }

                private void record(String what, AccessKey key) {
                    if (gatewayIsDown) {
                        throw new CommandException("API Gateway does not answer.");
                    }
                    done.add(what + (table.get(key.keyId()).isPresent() ? " after the row" : ""));
                }
            };
    private final AccessKeyService service = new AccessKeyService(table, gateway, () -> now);
    private final KeyGenerator generator = new KeyGenerator(new Random(7));

    private Minted issued() {
        return service.issue(generator.secret("backend", now, null));
    }

    private boolean opens(Minted generated) {
        KeyText text = KeyText.parse(generated.shown()).orElseThrow();
        Optional<AccessKey> row = table.get(text.keyId());
        return text.opens(row) && row.orElseThrow().holds(now);
    }

    @Test
    void theUsageKeyOfANewKeyIsAddedBeforeItsRow() {
        Minted key = issued();

        assertThat(done).containsExactly("add");
        assertThat(opens(key)).isTrue();
    }

    @Test
    void aKeyThatCannotBeCountedIsNotMade() {
        gatewayIsDown = true;

        assertRefused(this::issued);

        assertThat(table.list()).isEmpty();
    }

    @Test
    void aRevokedKeyIsInvalidAtOnceAndForGood() {
        Minted key = issued();

        service.revoke(key.row().keyId());

        assertThat(opens(key)).isFalse();
        assertThat(done).containsExactly("add", "remove after the row");
        now = now.plus(Duration.ofDays(30));
        assertThat(opens(key)).isFalse();
    }

    @Test
    void aKeyIsRevokedEvenWhereTheGatewayDoesNotAnswerAndAgainWhenItDoes() {
        Minted key = issued();
        gatewayIsDown = true;
        assertRefused(() -> service.revoke(key.row().keyId()));
        assertThat(opens(key)).isFalse();
        Instant revokedAt = table.get(key.row().keyId()).orElseThrow().revokedAt();

        gatewayIsDown = false;
        now = now.plusSeconds(60);
        AccessKey again = service.revoke(key.row().keyId());

        assertThat(again.revokedAt()).isEqualTo(revokedAt);
        assertThat(done).endsWith("remove after the row");
    }

    @Test
    void aRotatedKeyStaysValidForTheOverlap() {
        Minted old = issued();

        AccessKeyService.Rotated rotated =
                service.rotate(
                        old.row().keyId(),
                        Duration.ofHours(24),
                        row -> generator.secret(row.name(), now, null));

        assertThat(rotated.fresh().row().name()).isEqualTo("backend");
        now = now.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(opens(old)).isTrue();
        assertThat(opens(rotated.fresh())).isTrue();
        now = now.plusMillis(1);
        assertThat(opens(old)).isFalse();
        assertThat(opens(rotated.fresh())).isTrue();
    }

    @Test
    void aKeyThatEndedIsNotRotated() {
        Minted old = issued();
        service.revoke(old.row().keyId());

        assertRefused(
                () ->
                        service.rotate(
                                old.row().keyId(),
                                Duration.ofHours(1),
                                row -> generator.secret(row.name(), now, null)),
                "keys create");
        assertThat(table.list()).hasSize(1);
    }

    @Test
    void aKeyIsFoundByItsIdTheEndOfItOrItself() {
        Minted key = issued();
        issued();
        String id = key.row().keyId();

        assertThat(service.find(id).keyId()).isEqualTo(id);
        assertThat(service.find(id.substring(6)).keyId()).isEqualTo(id);
        assertThat(service.find(key.shown()).keyId()).isEqualTo(id);
        assertThatThrownBy(() -> service.find(id.substring(9))).hasMessageContaining("at least");
        assertThatThrownBy(() -> service.find("nobody")).hasMessageContaining("no such key");
    }

    @Test
    void aConcurrentWriteOfTheRowIsNotOverwritten() {
        Minted key = issued();
        AccessKeys busy =
                new AccessKeys() {
                    private boolean first = true;

                    @Override
                    public Optional<AccessKey> get(String keyId) {
                        return table.get(keyId);
                    }

                    @Override
                    public boolean put(AccessKey row) {
                        if (first) {
                            first = false;
                            AccessKey read = table.get(row.keyId()).orElseThrow();
                            table.put(read.expiring(now.plusSeconds(60)));
                        }
                        return table.put(row);
                    }

                    @Override
                    public List<AccessKey> list() {
                        return table.list();
                    }
                };

        AccessKey revoked =
                new AccessKeyService(busy, gateway, () -> now).revoke(key.row().keyId());

        assertThat(revoked.revokedAt()).isEqualTo(now);
        assertThat(table.get(key.row().keyId()).orElseThrow().expiresAt())
                .isEqualTo(now.plusSeconds(60));
    }

    @Test
    void aKeyExpiresAtAFullSecond() {
        Instant now = Instant.parse("2026-11-26T20:00:00.123456789Z");

        assertThat(KeyStore.KeyStoreOptions.end("90m", now)).isEqualTo("2026-11-26T21:30:01Z");
        assertThat(KeyStore.KeyStoreOptions.end(null, now)).isNull();
    }
}
