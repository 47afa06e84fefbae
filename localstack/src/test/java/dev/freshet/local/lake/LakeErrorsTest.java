package dev.freshet.local.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.local.lake.DeliveryForm.Failure;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void onlyFilesThatWereWrittenBeforeAreRemoved(@TempDir Path folder) throws Exception {
        Path rows = Files.createDirectory(folder.resolve(Failure.DELIVERY));
        Path before = Files.createFile(rows.resolve("before"));
        Files.setLastModifiedTime(before, FileTime.from(NOW.minusMillis(1)));
        Path now = Files.createFile(rows.resolve("now"));
        Files.setLastModifiedTime(now, FileTime.from(NOW));
        LakeErrors.removeRows(folder, NOW);
        assertThat(LakeFolder.list(rows)).containsExactly(now);

        Path unreadable = Files.createSymbolicLink(rows.resolve("link"), before);
        assertThatThrownBy(() -> LakeErrors.removeRows(folder, NOW))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(LakeFolder.list(rows)).containsExactly(unreadable, now);
    }
}
