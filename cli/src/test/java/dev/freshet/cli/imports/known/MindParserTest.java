package dev.freshet.cli.imports.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.imports.entry.ApiRules;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.input.InputLine;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MindParserTest {
    private static final String NEWS =
            "N1\tsports\tgolf\tA title\tAn abstract\thttps://www.example.org/n1\t[]\t[]";
    private static final String BEHAVIOR = "7\tU9\t11/13/2019 8:36:57 PM\tN3 N4\tN1-1 N2-0 N5-1";

    private final MindParser parser = new MindParser();
    private final ApiRules rules = new ApiRules(Instant.parse("2026-11-26T20:00:00Z"));

    @Test
    void aRowOfNewsIsAnItem() {
        ImportEntry.OfItem item = (ImportEntry.OfItem) entries(NEWS).getFirst();

        assertThat(item.json().toString())
                .isEqualTo(
                        "{'itemId':'N1','type':'article','tags':['sports','golf'],'title':'A title','text':'An abstract','attributes':{'url':'https://www.example.org/n1'}}"
                                .replace('\'', '"'));
    }

    @Test
    void aRowOfBehaviorsIsAnImpressionAndItsClicks() {
        List<ImportEntry> entries = entries(BEHAVIOR);

        assertThat(entries).hasSize(3);
        assertThat(event(entries, 0).json().path("items").toString())
                .isEqualTo("[\"N1\",\"N2\",\"N5\"]");
        assertThat(event(entries, 0).json().path("occurredAt").asText())
                .isEqualTo("2019-11-13T20:36:57Z");
        assertThat(event(entries, 1).json().path("itemId").asText()).isEqualTo("N1");
        assertThat(event(entries, 2).json().path("itemId").asText()).isEqualTo("N5");
        assertThat(entries)
                .extracting(entry -> ((ImportEntry.OfEvent) entry).json().path("eventId").asText())
                .doesNotHaveDuplicates();
        assertThat(entries).allSatisfy(entry -> assertThat(rules.check(entry)).isEmpty());
    }

    @Test
    void aLongImpressionIsSplitSoThatTheApiTakesIt() {
        String shown =
                IntStream.range(0, 250)
                        .mapToObj(i -> "N" + i + "-0")
                        .collect(Collectors.joining(" "));
        List<ImportEntry> entries = entries("7\tU9\t11/13/2019 8:36:57 AM\t\t" + shown);

        assertThat(entries)
                .extracting(entry -> ((ImportEntry.OfEvent) entry).json().path("items").size())
                .containsExactly(100, 100, 50);
        assertThat(entries).allSatisfy(entry -> assertThat(rules.check(entry)).isEmpty());
    }

    @Test
    void anyOtherLineIsRefusedInASentence() {
        assertThat(entries("a\tb").getFirst()).isInstanceOf(ImportEntry.Unreadable.class);
        assertThat(entries(BEHAVIOR.replace("8:36", "88:36")).getFirst())
                .isInstanceOf(ImportEntry.Unreadable.class);
        assertThat(entries("7\tU9\t11/13/2019 8:36:57 AM\t\t ").getFirst())
                .isInstanceOf(ImportEntry.Skipped.class);
    }

    private List<ImportEntry> entries(String text) {
        return parser.entries(new InputLine(1, text));
    }

    private static ImportEntry.OfEvent event(List<ImportEntry> entries, int index) {
        return (ImportEntry.OfEvent) entries.get(index);
    }
}
