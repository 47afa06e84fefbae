package dev.freshet.cli.imports;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.imports.SendingOptions.Permits;
import dev.freshet.folder.LocalState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermitsTest {
    private static final String SECRET = "a secret of at least thirty-two characters";
    private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");
    private static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

    @TempDir private Path folder = Path.of("");

    @Test
    void aPermitHoldsForItsStackUntilItsEndAndNowhereElse() throws IOException {
        Files.writeString(folder.resolve(LocalState.SECRET), SECRET + "\n");
        String permit =
                Permits.permit(
                        stack(Optional.of(new LocalState(folder))),
                        Optional.empty(),
                        NOW.plus(Duration.ofHours(6)),
                        OLDEST);

        assertThat(opened(permit, SECRET, NOW)).map(ImportPermit::oldest).contains(OLDEST);
        assertThat(opened(permit, SECRET, NOW.plus(Duration.ofHours(6)))).isEmpty();
        assertThat(opened(permit, "the secret of another stack, just as long", NOW)).isEmpty();
        assertThat(opened(permit.replaceFirst("..", "BB"), SECRET, NOW)).isEmpty();
    }

    @Test
    void withoutASecretThereIsNoPermitButASentence() {
        assertRefused(
                () -> Permits.permit(stack(Optional.empty()), Optional.empty(), NOW, OLDEST),
                "--stack");
    }

    private static StackConnection stack(Optional<LocalState> local) {
        return new StackConnection(URI.create("http://127.0.0.1:7070"), Optional.empty(), local);
    }

    private static Optional<ImportPermit> opened(String permit, String secret, Instant now) {
        Signer signer =
                new Signer(secret.getBytes(StandardCharsets.UTF_8)).derive(Signer.IMPORT_PERMIT);
        return ImportPermit.open(permit, signer, now);
    }
}
