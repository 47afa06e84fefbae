package dev.freshet.bench.evaluate;

import java.util.Locale;

/** The page's table: an entry a row, a figure a column, the lead over each at the end. */
final class PageTable {
    private PageTable() {}

    static String of(Report report) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<tr><th></th>");
        report.columns().values().forEach(heading -> cell(html, "th", heading));
        report.measures()
                .forEach(
                        measure ->
                                cell(
                                        html,
                                        "th",
                                        "lead, "
                                                + report.columns().getOrDefault(measure, measure)));
        html.append("</tr>\n");
        for (Scoreboard.Kind kind : Scoreboard.Kind.values()) {
            boolean first = true;
            for (Entry entry : report.entries()) {
                if (entry.kind() == kind) {
                    if (first && kind != Scoreboard.Kind.BLEND) {
                        html.append("<tr class=\"group\"><td>")
                                .append(
                                        kind == Scoreboard.Kind.SOURCE
                                                ? "single sources"
                                                : "rivals")
                                .append("</td></tr>\n");
                    }
                    first = false;
                    row(html, report, entry);
                }
            }
        }
        return html.append("</table></div>\n")
                .append("<p>A lead whose interval holds 0 is called none.</p>\n")
                .toString();
    }

    private static void row(StringBuilder html, Report report, Entry entry) {
        html.append(report.leads(entry) ? "<tr class=\"leading\">" : "<tr>");
        cell(html, "td", entry.name());
        for (String column : report.columns().keySet()) {
            Double figure = entry.figure(column);
            cell(html, "td", figure == null ? "–" : String.format(Locale.ROOT, "%.4f", figure));
        }
        for (String measure : report.measures()) {
            cell(
                    html,
                    "td",
                    report.comparison()
                            .lead(entry, measure)
                            .map(
                                    lead ->
                                            lead.verdict().equals("none")
                                                    ? "none"
                                                    : String.format(
                                                            Locale.ROOT, "%+.4f", lead.by()))
                            .orElse(""));
        }
        html.append("</tr>\n");
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
