package dev.freshet.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.Freshet;
import dev.freshet.model.memory.NeighboursFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AnnounceCommandTest {
    @TempDir private Path folder;
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine freshet = Freshet.commandLine();
        freshet.setErr(new PrintWriter(err, true));
        return freshet.execute(arguments);
    }

    @Test
    void aDamagedFileIsRefusedBeforeAnyStoreIsOpened() throws IOException {
        byte[] bytes = NeighboursFile.encode(List.of());
        bytes[5]++;
        Path file = Files.write(folder.resolve("neighbours"), bytes);
        assertThat(run("batch", "announce", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("The file of neighbours is damaged");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThat(run("batch", "announce", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(run("batch")).isEqualTo(1);
        assertThat(err.toString()).contains("none cannot be read", "batch announce FILE");
    }
}
