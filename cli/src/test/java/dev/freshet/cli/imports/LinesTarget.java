package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, read by each format that has a name. */
public final class LinesTarget implements FuzzTarget {
    static final List<String> NAMES =
            List.of("csv", "deskdrop", "jsonl", "mind", "movielens", "segment");

    @Override
    public String name() {
        return "imported lines";
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "user,item,type,value,time\nu-1,tea,purchase,9.5,2026-03-01T11:00:00Z\nu-2,tea,rating,4,1772362800",
                        "timestamp,eventType,contentId,personId,sessionId,userAgent,userRegion,userCountry\n1465413032,VIEW,-3499919498720038879,-8845298781299428018,1264196770339959068,,,",
                        "{\"eventId\":\"e\",\"type\":\"view\",\"itemId\":\"tea\",\"userId\":\"u\",\"occurredAt\":\"2026-03-01T11:00:00Z\"}",
                        "1\tU80234\t11/15/2019 12:37:50 PM\tN55189 N42782\tN13390-0 N7180-1",
                        "1::1193::5::978300760\n196\t242\t3\t881250949",
                        "{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"u\",\"timestamp\":\"2026-03-01T11:00:00Z\",\"messageId\":\"m\",\"properties\":{\"currency\":\"EUR\",\"products\":[{\"product_id\":\"tea\",\"price\":9.5,\"quantity\":2}]}}\n{\"type\":\"identify\",\"userId\":\"u\",\"traits\":{\"plan\":\"gold\"}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"products\":[{}]",
                "\"price\":1e999",
                "\"quantity\":-0",
                "::",
                "9999999999999999999",
                "99/99/0000 25:61:61 XM");
    }

    @Override
    public void take(byte[] input) {
        List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
        for (String name : NAMES) {
            read(Formats.parser(name), lines);
        }
    }

    /** Reads lines. A file that cannot be of the format is refused at its first line alone. */
    static void read(LineParser parser, List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            InputLine line = new InputLine(at + 1, lines.get(at));
            if (at == 0) {
                try {
                    if (parser.isHeader(line)) {
                        continue;
                    }
                } catch (CommandException refused) {
                    told(refused.getMessage());
                    return;
                }
            }
            for (ImportEntry entry : parser.entries(line)) {
                if (entry instanceof ImportEntry.Unreadable unreadable) {
                    told(unreadable.detail());
                }
            }
        }
    }

    private static void told(@Nullable String message) {
        if (message == null || message.isBlank()) {
            throw new IllegalStateException("a refusal without words");
        }
    }
}
