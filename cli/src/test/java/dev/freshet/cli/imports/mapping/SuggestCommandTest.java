package dev.freshet.cli.imports.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.imports.entry.ApiRules;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.input.InputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestCommandTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void theSuggestionForAShopsLogIsAMappingThatItsLinesPass() throws IOException {
        Path file = folder.resolve("events.csv");
        Files.writeString(
                file,
                """
                timestamp,visitorid,event,itemid,transactionid
                1433221332117,257597,view,355908,
                1433224214164,992329,addtocart,248676,
                1433222276276,599528,transaction,356475,4000
                """);

        String yaml = SuggestCommand.suggestion(file);

        assertThat(yaml)
                .contains("user: visitorid", "item: itemid", "timeFormat: epoch-millis")
                .contains("addtocart: cart", "transaction: purchase", "view: view")
                .contains("# Not used: transactionid");
        assertThat(refusedBy(yaml, file)).isEmpty();
    }

    @Test
    void aTableOfItemsBecomesItemsWithTypedAttributes() throws IOException {
        Path file = folder.resolve("items.tsv");
        Files.writeString(file, "id\ttitle\tbrand\tprice\tcolour: main\n1\tTea\tA\t9.50\tgreen\n");

        String yaml = SuggestCommand.suggestion(file);

        assertThat(yaml)
                .contains("format: tsv", "id: id", "title: title", "author: brand")
                .contains("price: {from: price, as: number}")
                .contains("\"colour: main\": \"colour: main\"");
        assertThat(ImportMappingReader.parse("m", yaml).parts()).hasSize(1);
    }

    @Test
    void membersOfJsonLinesAreFoundByTheirPaths() throws IOException {
        Path file = folder.resolve("log.jsonl");
        Files.writeString(
                file,
                """
                {"user":{"id":1},"product":{"id":"t-1"},"ts":"2026-01-31T09:30:00Z","action":"buy"}
                {"user":{"id":2},"product":{"id":"t-2"},"ts":"2026-01-31T09:31:00Z","action":"peek"}
                """);

        String yaml = SuggestCommand.suggestion(file);

        assertThat(yaml).contains("time: ts", "timeFormat: iso", "buy: purchase", "peek: skip");
    }

    private static List<String> refusedBy(String yaml, Path file) throws IOException {
        Mapping mapping = ImportMappingReader.parse("m", yaml);
        MappedParser parser = new MappedParser(mapping);
        ApiRules rules = new ApiRules(Instant.parse("2026-11-26T20:00:00Z"));
        List<String> refused = new ArrayList<>();
        try (Input input = mapping.open(file)) {
            parser.isHeader(input.next().orElseThrow());
            for (Optional<InputLine> line = input.next(); line.isPresent(); line = input.next()) {
                for (ImportEntry entry : parser.entries(line.get())) {
                    rules.check(entry).ifPresent(refusal -> refused.add(refusal.detail()));
                }
            }
        }
        return refused;
    }
}
