package dev.freshet.cli.imports.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotedLinesTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void aQuotedCellMayHoldEndsOfLines() throws IOException {
        assertThat(rows("a,b\n1,\"two\nlines\"\n2,\"\"\"x\"\"\"\n"))
                .containsExactly(
                        new InputLine(1, "a,b"),
                        new InputLine(2, "1,\"two\nlines\""),
                        new InputLine(4, "2,\"\"\"x\"\"\""));
    }

    @Test
    void aStrayQuoteSpoilsOneLine() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n1,\"stray\n");
        for (int i = 0; i < 2_000; i++) {
            text.append(i).append(",x\n");
        }
        List<InputLine> rows = rows(text.toString());

        assertThat(rows).hasSize(2_002);
        assertThat(rows.get(1)).isEqualTo(new InputLine(2, "1,\"stray"));
        assertThat(rows.get(2)).isEqualTo(new InputLine(3, "0,x"));
    }

    private List<InputLine> rows(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("table.csv"), text);
        List<InputLine> rows = new ArrayList<>();
        try (Input input = Input.table(file)) {
            for (Optional<InputLine> row = input.next(); row.isPresent(); row = input.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }
}
