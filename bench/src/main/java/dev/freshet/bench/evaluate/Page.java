package dev.freshet.bench.evaluate;

import dev.freshet.chart.DotChart;
import dev.freshet.chart.Drawing;
import dev.freshet.chart.LineChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Report as one self-contained HTML page: the table, every measure with its intervals, and every
 * series as lines. The page follows the system's light or dark mode.
 */
final class Page {
    /** Maximum number of lines in one plot. */
    private static final int LINES = 8;

    private final Report report;
    private final Map<String, String> styles = new HashMap<>();

    private Page(Report report) {
        this.report = report;
        List<Entry> lines = lines();
        for (int at = 0; at < lines.size(); at++) {
            styles.put(key(lines.get(at)), "c" + at);
        }
    }

    /**
     * Returns the page.
     *
     * @param foot conditions of the run: seed, seconds
     */
    static String of(Report report, String foot) {
        return of(report, "", foot);
    }

    /**
     * Returns the page with a further part.
     *
     * @param part HTML that follows the tables
     */
    static String of(Report report, String part, String foot) {
        return new Page(report).html(part, foot);
    }

    private String html(String part, String foot) {
        String title = "%s, %s".formatted(report.dataset(), report.protocol());
        StringBuilder page = new StringBuilder();
        report.notes()
                .forEach(note -> page.append("<p>").append(Drawing.escape(note)).append("</p>\n"));
        page.append(PageTable.figures(report));
        for (String measure : report.measures()) {
            page.append(dots(measure));
        }
        report.axes().forEach((series, labels) -> page.append(lines(series, labels)));
        page.append(PageTable.leads(report)).append(part);
        return PageFrame.of(title, "Prediction quality: " + title, page.toString(), foot);
    }

    private String dots(String measure) {
        List<DotChart.Dot> dots = new ArrayList<>();
        for (Entry entry : report.entries()) {
            Double figure = entry.figure(measure);
            report.comparison()
                    .interval(entry, measure)
                    .filter(interval -> figure != null)
                    .ifPresent(
                            interval ->
                                    dots.add(
                                            new DotChart.Dot(
                                                    report.label(entry),
                                                    style(entry),
                                                    Objects.requireNonNull(figure),
                                                    interval.low(),
                                                    interval.high())));
        }
        Comparator<DotChart.Dot> order = Comparator.comparingDouble(DotChart.Dot::figure);
        dots.sort(report.lowerIsBetter(measure) ? order : order.reversed());
        return "<h2>%s</h2>%n<p>The line covers 95 of 100 bootstrap samples of people.</p>%n%s"
                .formatted(measure, new DotChart(measure, dots).svg());
    }

    private String lines(String series, List<String> labels) {
        List<LineChart.Line> lines = new ArrayList<>();
        for (Entry entry : lines()) {
            if (entry.row(series).size() == labels.size() && labels.size() > 1) {
                lines.add(new LineChart.Line(report.label(entry), style(entry), entry.row(series)));
            }
        }
        if (lines.isEmpty()) {
            return "";
        }
        String axis =
                series.endsWith("OverStream")
                        ? "through the stream, %"
                        : series.endsWith("ByHistory")
                                ? "number of earlier items of the person"
                                : "seed";
        String title =
                series.replace("OverStream", " over the stream")
                        .replace("ByHistory", " by length of history")
                        .replace("BySeed", " by seed");
        return "<h2>%s</h2>%n%s".formatted(title, new LineChart(title, axis, labels, lines).svg());
    }

    /** Returns the leading entry, the baselines and the best of the sources, as many as fit. */
    private List<Entry> lines() {
        String first = report.measures().isEmpty() ? "" : report.measures().getFirst();
        Comparator<Entry> best =
                Comparator.comparingDouble(entry -> -entry.figures().getOrDefault(first, 0.0));
        List<Entry> lines = new ArrayList<>();
        lines.add(report.leading());
        for (Scoreboard.Kind kind : List.of(Scoreboard.Kind.BASELINE, Scoreboard.Kind.SOURCE)) {
            report.entries().stream()
                    .filter(entry -> entry.kind() == kind && !report.leads(entry))
                    .sorted(best)
                    .limit(LINES - lines.size())
                    .forEach(lines::add);
        }
        return lines;
    }

    private String style(Entry entry) {
        return styles.getOrDefault(key(entry), "other");
    }

    private static String key(Entry entry) {
        return entry.kind() + entry.name();
    }
}
