package dev.freshet.cli.imports.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.cli.imports.input.ParquetFile;
import dev.freshet.cli.imports.input.ParquetFile.Codec;
import dev.freshet.cli.imports.input.ParquetFile.Column;
import dev.freshet.cli.imports.input.ParquetFile.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetMappingTest {
    private static final String MAPPING =
            """
            format: parquet
            events:
              user: visitorid
              item: product
              type: action
              types: {view: view, order: purchase}
              time: at
              value: price
              currency: {constant: EUR}
            items:
              id: product
              tags: labels
              attributes: {new: fresh, since: since, raw: bytes}
            """;
    private static final long AT = 1_700_000_000_123L;

    @TempDir private Path folder = Path.of("");

    private static Column column(String name, Kind type, @Nullable Object... values) {
        return new Column(name, type, false, Arrays.asList(values));
    }

    private Path file(Codec codec) throws Exception {
        Path file = folder.resolve("history.parquet");
        ParquetFile.write(
                file,
                codec,
                List.of(
                        column("visitorid", Kind.TEXT, "u-1", "u-2", null),
                        column("product", Kind.TEXT, "tea “green”", "cup", "pot"),
                        column("action", Kind.BYTES, bytes("order"), bytes("view"), bytes("view")),
                        column("at", Kind.TIMESTAMP, AT, AT + 1, AT + 2),
                        column("price", Kind.DOUBLE, 9.9, null, Double.NaN),
                        column("fresh", Kind.FLAG, true, false, null),
                        column("since", Kind.DATE, 20_000, null, 0),
                        column("bytes", Kind.BYTES, new byte[] {(byte) 0xFF}, null, null),
                        new Column(
                                "labels",
                                Kind.TEXT,
                                true,
                                Arrays.asList(List.of("hot", "green"), List.of(), null))));
        return file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<ImportEntry> entries(Path file, String mapping) throws Exception {
        Mapping read = ImportMappingReader.parse("mapping.yaml", mapping);
        MappedParser parser = new MappedParser(read);
        List<ImportEntry> entries = new ArrayList<>();
        try (Input input = read.open(file)) {
            for (Optional<InputLine> line = input.next(); line.isPresent(); line = input.next()) {
                assertThat(parser.isHeader(line.get())).isFalse();
                entries.addAll(parser.entries(line.get()));
            }
            assertThat(input.done()).isEqualTo(input.total());
        }
        return entries;
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"UNCOMPRESSED", "SNAPPY", "GZIP"})
    void rowsOfParquetBecomeEventsAndItemsAsThoseOfATableDo(Codec codec) throws Exception {
        List<ImportEntry> entries = entries(file(codec), MAPPING);

        assertThat(entries).hasSize(6);
        assertThat(((ImportEntry.OfItem) entries.get(0)).json().toString())
                .isEqualTo(
                        "{\"itemId\":\"tea “green”\",\"tags\":[\"hot\",\"green\"],"
                                + "\"attributes\":{\"new\":true,\"since\":\"2024-10-04\",\"raw\":\"/w==\"}}");
        ImportEntry.OfEvent order = (ImportEntry.OfEvent) entries.get(1);
        assertThat(order.line().number()).isEqualTo(1);
        assertThat(order.json().path("userId").asText()).isEqualTo("u-1");
        assertThat(order.json().path("type").asText()).isEqualTo("purchase");
        assertThat(order.json().path("occurredAt").asText()).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(order.json().path("value").toString())
                .isEqualTo("{\"amount\":9.9,\"currency\":\"EUR\"}");
        ImportEntry.OfEvent view = (ImportEntry.OfEvent) entries.get(3);
        assertThat(view.json().has("value")).isFalse();
        assertThat(((ImportEntry.OfItem) entries.get(4)).json().toString())
                .isEqualTo("{\"itemId\":\"pot\",\"attributes\":{\"since\":\"1970-01-01\"}}");
        assertThat(((ImportEntry.OfEvent) entries.get(5)).user()).isEmpty();
        assertThat(entries(file(codec), MAPPING)).isEqualTo(entries);
    }

    @Test
    void aColumnThatTheFileDoesNotHaveIsNamedWithTheNearestOne() throws Exception {
        Path file = file(Codec.UNCOMPRESSED);

        assertThatThrownBy(() -> entries(file, MAPPING.replace("item: product", "item: produkt")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("The file has no column 'produkt'")
                .hasMessageContaining("product");
    }

    @Test
    void whatIsCompressedInAnotherWayOrNoParquetIsRefusedInASentence() throws Exception {
        assertThatThrownBy(() -> entries(file(Codec.ZSTD), MAPPING))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("compressed with ZSTD")
                .hasMessageContaining("write it with Snappy");
        Path csv = Files.writeString(folder.resolve("a.csv"), "visitor,product\n1,2\n");
        assertThatThrownBy(() -> entries(csv, MAPPING))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("cannot be read as Parquet");
        Path cut = folder.resolve("cut.parquet");
        byte[] whole = Files.readAllBytes(file(Codec.SNAPPY));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> entries(cut, MAPPING)).isInstanceOf(CommandException.class);
        }
    }

    @Test
    void aMappingIsSuggestedForParquet() throws Exception {
        String suggested = SuggestCommand.suggestion(file(Codec.GZIP));

        assertThat(suggested).contains("format: parquet").contains("user: visitorid");
        assertThat(ImportMappingReader.parse("suggested", suggested).parts()).isNotEmpty();
    }
}
