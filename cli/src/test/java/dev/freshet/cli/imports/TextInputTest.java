package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.imports.Input.InputLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextInputTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void linesEndInAnyWayAndTheLastNeedsNoEnd() throws IOException {
        assertThat(lines("a\nb\r\nc\rd")).containsExactly("a", "b", "c", "d");
        assertThat(lines("a\n\n\n")).containsExactly("a", "", "");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void aByteOrderMarkIsLeftOutAndBytesThatAreNotUtf8AreReplaced() throws IOException {
        assertThat(lines("\ufeffuser\nü")).containsExactly("user", "ü");
        Path file = folder.resolve("latin");
        Files.write(file, new byte[] {'a', (byte) 0xfc, '\n', 'b'});
        assertThat(texts(file)).containsExactly("a\ufffd", "b");
    }

    @Test
    void aFileOfGzipIsExpandedAndItsProgressCountsTheBytesOfTheFile() throws IOException {
        Path file = folder.resolve("events.gz");
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            text.append(random.nextLong()).append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        try (Input input = Input.text(file)) {
            long count = 0;
            while (input.next().isPresent()) {
                count++;
                assertThat(input.done()).isLessThanOrEqualTo(input.total());
            }
            assertThat(count).isEqualTo(50_000);
            assertThat(input.done()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void aLineThatIsTooLongIsCutAndTheNextOneIsWhole() throws IOException {
        Path file = folder.resolve("long");
        Files.writeString(file, "x".repeat(InputLine.MAX_LENGTH + 1) + "\nnext\n");
        try (Input input = Input.text(file)) {
            InputLine first = input.next().orElseThrow();
            assertThat(first.cut()).isTrue();
            assertThat(first.text()).hasSize(InputLine.MAX_LENGTH);
            assertThat(input.next()).contains(new InputLine(2, "next"));
        }
    }

    private List<String> lines(String text) throws IOException {
        return texts(Files.writeString(folder.resolve("text"), text));
    }

    private static List<String> texts(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Input input = Input.text(file)) {
            for (Optional<InputLine> line = input.next(); line.isPresent(); line = input.next()) {
                texts.add(line.get().text());
            }
        }
        return texts;
    }
}
