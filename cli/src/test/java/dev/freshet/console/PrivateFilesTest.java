package dev.freshet.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.cli.imports.RefusalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class PrivateFilesTest {
    @TempDir private Path temporary = Path.of("");

    /** Returns the permissions of a file or folder, as {@code rwx------}. */
    public static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void foldersAreForTheirOwnerAloneAndThoseThatExistKeepTheirMode() throws IOException {
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));

        Path folder = PrivateFiles.folder(shared.resolve("export/of-today"));

        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(shared.resolve("export"))).isEqualTo("rwx------");
        assertThat(mode(shared)).isEqualTo("rwxr-xr-x");
        assertThat(mode(PrivateFiles.close(shared))).isEqualTo("rwx------");
    }

    @Test
    void filesAreForTheirOwnerAloneAlsoOnesThatWereOpen() throws IOException {
        Path open = Files.writeString(temporary.resolve("open"), "kept");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(mode(PrivateFiles.file(open))).isEqualTo("rw-------");
        assertThat(Files.readString(open)).isEqualTo("kept");
        assertThat(mode(PrivateFiles.file(temporary.resolve("new")))).isEqualTo("rw-------");
    }

    @Test
    void stateAndRefusalsAreForTheirOwnerAlone() throws IOException {
        Path state = temporary.resolve("state.json");
        new StateFile<>(state, String.class).write("x");
        assertThat(mode(state)).isEqualTo("rw-------");

        Path refused = temporary.resolve("history.refused.jsonl");
        try (RefusalFile refusals = new RefusalFile(Optional.of(refused), false)) {
            refusals.add(new Refusal(new InputLine(1, "{}"), "odd", "It is odd."));
        }
        assertThat(mode(refused)).isEqualTo("rw-------");
    }
}
