package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Report as a table for the terminal. */
final class ReportText {
    private static final int NAME = 22;
    private static final int COLUMN = 11;

    private ReportText() {}

    static String of(Report report) {
        List<String> lines = new ArrayList<>(report.notes());
        lines.add("");
        lines.add(heading(report));
        for (Scoreboard.Kind kind : Scoreboard.Kind.values()) {
            List<Entry> entries =
                    report.entries().stream().filter(entry -> entry.kind() == kind).toList();
            if (!entries.isEmpty() && kind != Scoreboard.Kind.BLEND) {
                lines.add(kind == Scoreboard.Kind.SOURCE ? "single sources" : "baselines");
            }
            for (Entry entry : entries) {
                lines.add(row(report, entry));
            }
        }
        lines.add("");
        lines.addAll(intervalLines(report));
        return String.join(System.lineSeparator(), lines);
    }

    private static String heading(Report report) {
        StringBuilder line = new StringBuilder(" ".repeat(NAME));
        for (String heading : report.columns().values()) {
            line.append(pad(heading));
        }
        return line.append("   lead over it").toString();
    }

    private static String row(Report report, Entry entry) {
        String indent = entry.kind() == Scoreboard.Kind.BLEND ? "" : "  ";
        StringBuilder line =
                new StringBuilder(("%-" + NAME + "s").formatted(indent + entry.name()));
        for (Map.Entry<String, String> column : report.columns().entrySet()) {
            Double figure = entry.figure(column.getKey());
            line.append(pad(figure == null ? "–" : text(figure)));
        }
        String first = report.measures().isEmpty() ? "" : report.measures().getFirst();
        report.comparison()
                .lead(entry, first)
                .ifPresent(
                        lead ->
                                line.append(
                                        lead.verdict().equals("none")
                                                ? "   none"
                                                : "   " + signed(lead.by())));
        return line.toString();
    }

    private static List<String> intervalLines(Report report) {
        List<String> lines = new ArrayList<>();
        for (String measure : report.measures()) {
            report.comparison()
                    .interval(report.leading(), measure)
                    .ifPresent(
                            interval ->
                                    lines.add(
                                            "%s of %s: %s to %s in 95 of 100 bootstrap samples of people."
                                                    .formatted(
                                                            measure,
                                                            report.leading().name(),
                                                            text(interval.low()),
                                                            text(interval.high()))));
        }
        return lines;
    }

    private static String pad(String text) {
        return " ".repeat(Math.max(1, COLUMN - text.length())) + text;
    }

    private static String signed(double figure) {
        return String.format(Locale.ROOT, "%+.4f", figure);
    }

    private static String text(double figure) {
        return String.format(Locale.ROOT, Math.abs(figure) >= 2 ? "%.2f" : "%.4f", figure);
    }
}
