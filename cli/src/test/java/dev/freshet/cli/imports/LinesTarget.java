package dev.freshet.cli.imports;

import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.EventTypes;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The lines of a file, read by each format that has a name and checked as in a dry run. */
public final class LinesTarget implements FuzzTarget {
    private static final List<LineParser> PARSERS =
            List.of(
                    LineParser.of("csv"),
                    LineParser.of("jsonl"),
                    LineParser.of("segment"),
                    JsonLines.query());
    private static final ApiRules RULES =
            new ApiRules(Instant.parse("2026-11-26T20:00:00Z"), EventTypes.BUILT_IN);

    @Override
    public String name() {
        return "imported lines";
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        """
                        user,item,type,value,time
                        u-1,tea,purchase,9.5,2026-03-01T11:00:00Z
                        u-2,tea,rating,4,1772362800\
                        """,
                        """
                        {"eventId":"e","type":"view","itemId":"tea","userId":"u","occurredAt":"2026-03-01T11:00:00Z"}\
                        """,
                        """
                        {"userId":7,"itemId":9,"type":"rating","value":4,"occurredAt":"2026-03-01 11:00:00"}
                        {"itemId":9,"publishedAt":"2026-03-01"}
                        {"userId":7,"aliases":[1,null]}\
                        """,
                        """
                        {"type":"track","event":"Order Completed","userId":"u","timestamp":"2026-03-01T11:00:00Z","messageId":"m","context":{"locale":"de-DE","page":{"url":"https://a.example/x"}},"properties":{"currency":"EUR","products":[{"product_id":"tea","price":9.5,"quantity":2}]}}
                        {"type":"identify","userId":"u","traits":{"plan":"gold"}}\
                        """)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"products\":[{}]",
                "\"price\":1e999",
                "\"quantity\":-0",
                "\"items\":[[1],{},null]",
                "9999999999999999999",
                "9999-99-99 25:61:61+00");
    }

    @Override
    public void take(byte[] input) {
        List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
        for (LineParser parser : PARSERS) {
            for (int at = 0; at < lines.size(); at++) {
                InputLine line = new InputLine(at + 1, lines.get(at));
                if (at > 0 || !parser.isHeader(line)) {
                    parser.entries(line).forEach(LinesTarget::check);
                }
            }
        }
    }

    private static void check(ImportEntry entry) {
        RULES.check(entry);
        if (entry instanceof ImportEntry.Unreadable unreadable && unreadable.detail().isBlank()) {
            throw new IllegalStateException("a refusal without words");
        }
    }
}
