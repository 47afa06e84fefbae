package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyText;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.local.host.StateFolder;
import dev.freshet.testkit.memory.MemoryAccessKeys;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerKeySetupTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final AccessKeys keys = new MemoryAccessKeys(() -> NOW);
    @TempDir private Path folder = Path.of("");

    private OwnerKeys start() {
        try (StateFolder state = StateFolder.take(folder)) {
            return OwnerKeySetup.ensured(state, keys, NOW);
        }
    }

    @Test
    void thePairIsTheSameAtTheNextStart() {
        assertThat(start()).isEqualTo(start());
    }

    @Test
    void aPairOfWhichAKeyWasRevokedIsReplaced() {
        OwnerKeys first = start();
        String keyId = KeyText.parse(first.secret()).orElseThrow().keyId();
        assertThat(keys.put(keys.get(keyId).orElseThrow().revoked(NOW))).isTrue();

        assertThat(start()).isNotEqualTo(first);
    }
}
