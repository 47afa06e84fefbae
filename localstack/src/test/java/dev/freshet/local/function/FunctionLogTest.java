package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionLogTest {
    @Test
    void theFileIsRotatedBetweenLinesAndThePreviousOneIsKept(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("functions.log");
        try (FunctionLog log = new FunctionLog(file, 100)) {
            for (int i = 0; i < 100; i++) {
                log.log("line number " + i);
            }
        }

        List<String> now = Files.readAllLines(file);
        List<String> before = Files.readAllLines(folder.resolve("functions.log.1"));
        assertThat(Stream.concat(before.stream(), now.stream()))
                .allMatch(line -> line.matches("line number [0-9]+"))
                .last()
                .isEqualTo("line number 99");
        assertThat(Files.size(folder.resolve("functions.log.1"))).isBetween(100L, 120L);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }
}
