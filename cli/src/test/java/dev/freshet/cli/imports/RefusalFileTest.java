package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.console.CommandException;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalFileTest {
    private static final Path NAME = Path.of("history.refused.jsonl");

    @TempDir Path temporary;

    private static Refusal refusal(long line) {
        return new Refusal(new InputLine(line, "{}"), "odd", "It is odd.");
    }

    @Test
    void aResumedImportAddsToItsRefusals() throws IOException {
        Optional<Path> file = Optional.of(temporary.resolve(NAME));
        for (boolean resumed : new boolean[] {false, true}) {
            try (RefusalFile refusals = new RefusalFile(file, resumed)) {
                assertThat(refusals.written()).isEmpty();
                refusals.add(refusal(resumed ? 2 : 1));
                assertThat(refusals.written()).isEqualTo(file);
            }
        }
        assertThat(Files.readAllLines(file.get()))
                .hasSize(2)
                .allMatch(line -> line.contains("\"text\":\"{}\""));
    }

    @Test
    void aFullDiskIsReportedWithTheFirstLineThatIsLost() throws IOException {
        try (RefusalFile refusals = new RefusalFile(Optional.of(NAME), path -> new FullDisk())) {
            assertThatThrownBy(() -> refusals.add(refusal(1_234)))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContainingAll(
                            "line 1,234", NAME.toString(), "No space left on device");
        }
    }

    /** Takes what is written, and fails when it is to reach the disk. */
    private static final class FullDisk extends FilterWriter {
        private FullDisk() {
            super(Writer.nullWriter());
        }

        @Override
        public void flush() throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
