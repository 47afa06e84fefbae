package dev.freshet.bench.evaluate;

import dev.freshet.chart.Drawing;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Tables of the page: the figures, and the lead of the leading entry over each other entry. */
final class PageTable {
    private PageTable() {}

    /** Returns the table of figures with a row for each entry. */
    static String figures(Report report) {
        List<String> columns = List.copyOf(report.columns().keySet());
        return table(
                report,
                List.copyOf(report.columns().values()),
                entry ->
                        columns.stream()
                                .map(column -> entry.figures().get(column))
                                .map(figure -> figure == null ? "–" : text("%.4f", figure))
                                .toList());
    }

    /**
     * Returns the table of leads with a row for each entry and a column for each measure; empty if
     * there is one entry only.
     */
    static String leads(Report report) {
        if (report.entries().size() < 2) {
            return "";
        }
        String table =
                table(
                        report,
                        report.measures().stream()
                                .map(measure -> report.columns().getOrDefault(measure, measure))
                                .toList(),
                        entry ->
                                report.measures().stream()
                                        .map(measure -> lead(report, entry, measure))
                                        .toList());
        return "<h2>The lead of %s</h2>%n<p>With its interval; none if the interval contains 0.</p>%n%s"
                .formatted(Drawing.escape(report.leading().name()), table);
    }

    private static String lead(Report report, Entry entry, String measure) {
        return report.comparison()
                .lead(entry, measure)
                .map(
                        lead ->
                                lead.verdict().equals("none")
                                        ? "none"
                                        : text("%+.4f", lead.by())
                                                + text("  (%+.4f", lead.interval().low())
                                                + text(" to %+.4f)", lead.interval().high()))
                .orElse("");
    }

    private static String table(
            Report report, List<String> headings, Function<Entry, List<String>> cells) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<tr><th></th>");
        headings.forEach(heading -> cell(html, "th", heading));
        html.append("</tr>\n");
        for (Scoreboard.Kind kind : Scoreboard.Kind.values()) {
            List<Entry> entries =
                    report.entries().stream().filter(entry -> entry.kind() == kind).toList();
            if (!entries.isEmpty() && kind != Scoreboard.Kind.BLEND) {
                html.append("<tr class=\"group\"><td>")
                        .append(kind == Scoreboard.Kind.SOURCE ? "single sources" : "baselines")
                        .append("</td></tr>\n");
            }
            for (Entry entry : entries) {
                List<String> own = cells.apply(entry);
                if (own.stream().allMatch(String::isEmpty)) {
                    continue;
                }
                html.append(report.leads(entry) ? "<tr class=\"leading\">" : "<tr>");
                cell(html, "td", entry.name());
                own.forEach(text -> cell(html, "td", text));
                html.append("</tr>\n");
            }
        }
        return html.append("</table></div>\n").toString();
    }

    private static String text(String form, double figure) {
        return String.format(Locale.ROOT, form, figure);
    }

    private static void cell(StringBuilder html, String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(Drawing.escape(text))
                .append("</")
                .append(tag)
                .append('>');
    }
}
