package dev.freshet.cli.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.lake.DeployedLake.AthenaCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AthenaCsvTest {
    @TempDir private Path folder;

    @Test
    void valuesAreThoseOfTheQuery() throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(
                file,
                "\"a\",\"b\",\"c\"\n\"1\",,\"\"\n\"x,y\",\"say \"\"so\"\"\",\"two\nlines\"\n");

        try (AthenaCsv rows = new AthenaCsv(file)) {
            assertThat(rows.next()).containsExactly("1", null, "");
            assertThat(rows.next()).containsExactly("x,y", "say \"so\"", "two\nlines");
            assertThat(rows.next()).isNull();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aResultWithoutRowsHasNone() throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, "\"a\"\n");

        try (AthenaCsv rows = new AthenaCsv(file)) {
            assertThat(rows.next()).isNull();
        }
    }
}
