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
    private static final double CENT = 0.01;

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
            labels.add(monthAndDay(week.path("week").asText()));
            events.add(week.path("events").asDouble());
        }
        return new LineChart(
                        "Events of each week",
                        "week that begins on",
                        labels,
                        List.of(new LineChart.Line("events", "c0", events)))
                .svg();
    }

    /** Returns a date without its year, so that labels do not touch. */
    private static String monthAndDay(String date) {
        return date.replaceFirst("^[0-9]{4}-", "");
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
                        days.stream().map(CaseStudyPlots::monthAndDay).toList(),
                        lines)
                .svg();
    }

    /** Services whose bill is a cent or more, each at both loads. */
    private String cost() {
        Set<String> services = new LinkedHashSet<>();
        for (JsonNode bill : figures.at("/cost/profiles")) {
            bill.path("byService")
                    .properties()
                    .forEach(
                            service -> {
                                if (service.getValue().asDouble() >= CENT) {
                                    services.add(service.getKey());
                                }
                            });
        }
        List<DotChart.Dot> dots = new ArrayList<>();
        for (String service : services) {
            int load = 0;
            for (JsonNode bill : figures.at("/cost/profiles")) {
                double dollars = bill.path("byService").path(service).asDouble();
                boolean replayed = bill.path("name").asText().equals(Workloads.REPLAYED);
                dots.add(
                        new DotChart.Dot(
                                service + (replayed ? " × 1" : " × 100"),
                                "c" + load++,
                                dollars,
                                dollars,
                                dollars));
            }
        }
        return new DotChart("Dollars a month by service", dots).svg();
    }
}
