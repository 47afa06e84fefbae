package dev.freshet.cli.imports.mapping;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A mapping, and after a line {@code ---} the lines that are read by it. */
public final class MappingTarget implements FuzzTarget {
    private static final String SHOP =
            "events:\n  user: {from: visitor, prefix: \"u-\"}\n  item: product\n  type: action\n  types: {view: view, order: purchase, \"*\": skip}\n  time: at\n  timeFormat: dd.MM.yyyy HH:mm\n  zone: Europe/Berlin\n  value: price\n  currency: {constant: EUR}\n  context: {country: land}\n";
    private static final String CATALOGUE =
            "items:\n  id: product\n  title: name\n  tags: {from: tags, split: \"|\"}\n  publishedAt: at\n  attributes: {price: price}\nusers:\n  id: visitor\n  attributes: {plan: plan}\n";

    @Override
    public String name() {
        return "import mapping";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                utf8(
                        "format: csv\n"
                                + SHOP
                                + "---\nvisitor,product,action,at,price,land\n7,\"tea, green\",order,01.03.2026 11:00,9.90,DE"),
                utf8(
                        "format: jsonl\n"
                                + SHOP
                                + CATALOGUE
                                + "---\n{\"visitor\":\"7\",\"product\":\"tea\",\"action\":\"view\",\"at\":\"01.03.2026 11:00\",\"tags\":[\"a\"],\"price\":9.5}"),
                utf8("format: tsv\n" + CATALOGUE + "---\nproduct\tname\ttags\tat\tprice\n"));
    }

    @Override
    public List<String> words() {
        return List.of(
                "&a [*a,*a]",
                "!!java.lang.Object {}",
                "timeFormat: epoch-millis",
                "zone: Mars/Base",
                "{from: a, prefix: b}",
                "{constant: 1}",
                "? [a]\n: b",
                "---\n");
    }

    @Override
    public void take(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split("\n---\n", 2);
        try {
            LineParser parser = new MappedParser(ImportMappingReader.parse("m.yaml", parts[0]));
            List<String> lines = parts.length == 1 ? List.of() : parts[1].lines().toList();
            boolean header = lines.isEmpty() || parser.isHeader(new InputLine(1, lines.getFirst()));
            for (int at = header ? 1 : 0; at < lines.size(); at++) {
                parser.entries(new InputLine(at + 1, lines.get(at))).forEach(MappingTarget::told);
            }
        } catch (CommandException refused) {
            told(String.valueOf(refused.getMessage()));
        }
    }

    private static void told(ImportEntry entry) {
        if (entry instanceof ImportEntry.Unreadable unreadable) {
            told(unreadable.detail());
        }
    }

    private static void told(String message) {
        if (message.isBlank() || message.equals("null")) {
            throw new IllegalStateException("a refusal without words");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
