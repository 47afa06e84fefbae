package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.chart.ChartStyle;
import dev.freshet.chart.DotChart;
import dev.freshet.chart.LineChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plots of the page.
 *
 * @param figures of a run
 */
record CaseStudyPlots(JsonNode figures) {
    private static final double PERCENT = 100;

    /** Returns all plots as SVG files, by their names. */
    Map<String, String> all() {
        Map<String, String> plots = new LinkedHashMap<>();
        plots.put("weeks", ChartStyle.file(weeks()));
        plots.put("arms", ChartStyle.file(arms()));
        plots.put("days", ChartStyle.file(days()));
        plots.put("positions", ChartStyle.file(positions()));
        plots.put("cost", ChartStyle.file(cost()));
        return plots;
    }

    private String weeks() {
        List<String> labels = new ArrayList<>();
        List<Double> events = new ArrayList<>();
        for (JsonNode week : figures.at("/data/weeks")) {
            labels.add(week.path("week").asText());
            events.add(week.path("events").asDouble());
        }
        return new LineChart(
                        "Events of each week",
                        "week that begins on",
                        labels,
                        List.of(new LineChart.Line("events", "c0", events)))
                .svg();
    }

    private String arms() {
        List<DotChart.Dot> dots = new ArrayList<>();
        int colour = 0;
        for (JsonNode row : figures.at("/outcomes/byArm")) {
            dot(dots, arm(row), "c" + colour++, row, "listCtr");
        }
        dot(dots, "both arms", "other", figures.at("/outcomes/total"), "listCtr");
        return new DotChart("Percentage of lists with a hit", dots).svg();
    }

    private String positions() {
        List<DotChart.Dot> dots = new ArrayList<>();
        for (JsonNode row : figures.at("/outcomes/byPosition")) {
            dot(dots, "position " + row.path("position").asInt(), "c0", row, "placeCtr");
        }
        return new DotChart("Percentage of places with a hit, by position", dots).svg();
    }

    private static void dot(
            List<DotChart.Dot> dots, String name, String style, JsonNode row, String rate) {
        if (row.has("interval")) {
            dots.add(
                    new DotChart.Dot(
                            name,
                            style,
                            PERCENT * row.path(rate).asDouble(),
                            PERCENT * row.at("/interval/lower").asDouble(),
                            PERCENT * row.at("/interval/upper").asDouble()));
        }
    }

    private static String arm(JsonNode row) {
        return row.path("arm").asText().replaceFirst(".*:", "");
    }

    /** The share of all lists so far that were hit, by arm, after each day. */
    private String days() {
        Set<String> days = new LinkedHashSet<>();
        Set<String> arms = new LinkedHashSet<>();
        figures.at("/outcomes/byDay")
                .forEach(
                        row -> {
                            days.add(row.path("day").asText());
                            arms.add(arm(row));
                        });
        List<LineChart.Line> lines = new ArrayList<>();
        for (String arm : arms) {
            List<Double> shares = new ArrayList<>();
            long lists = 0;
            long hit = 0;
            for (String day : days) {
                for (JsonNode row : figures.at("/outcomes/byDay")) {
                    if (row.path("day").asText().equals(day) && arm(row).equals(arm)) {
                        lists += row.path("lists").asLong();
                        hit += row.path("listsClicked").asLong();
                    }
                }
                shares.add(lists == 0 ? 0 : PERCENT * hit / lists);
            }
            lines.add(new LineChart.Line(arm, "c" + lines.size(), shares));
        }
        return new LineChart(
                        "Percentage of all lists so far with a hit",
                        "at the end of the day",
                        List.copyOf(days),
                        lines)
                .svg();
    }

    private String cost() {
        List<DotChart.Dot> dots = new ArrayList<>();
        int colour = 0;
        for (JsonNode bill : figures.at("/cost/profiles")) {
            String style = "c" + colour++;
            String name = bill.path("name").asText();
            bill.path("byService")
                    .properties()
                    .forEach(
                            service -> {
                                double dollars = service.getValue().asDouble();
                                dots.add(
                                        new DotChart.Dot(
                                                service.getKey()
                                                        + (name.equals(Workloads.REPLAYED)
                                                                ? " × 1"
                                                                : " × 100"),
                                                style,
                                                dollars,
                                                dollars,
                                                dollars));
                            });
        }
        return new DotChart("Dollars a month by service", dots).svg();
    }
}
