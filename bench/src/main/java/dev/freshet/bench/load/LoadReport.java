package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.PageFrame;
import dev.freshet.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Report of the figures as text, as JSON and as one page.
 *
 * @param results results of each kind of traffic
 * @param notes conditions of the measurement
 */
record LoadReport(List<LoadResult> results, List<String> notes) {
    /** Maximum number of points of one memory line in a chart. */
    private static final int POINTS = 120;

    private static final List<String> HEADINGS =
            List.of(
                    "offered/s",
                    "served/s",
                    "degraded",
                    "shed",
                    "failed",
                    "p50 ms",
                    "p99 ms",
                    "p99.9 ms",
                    "max ms");

    private static final String ROW = "%9s %9s %9s %7s %7s %9s %9s %9s %9s";

    LoadReport {
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    String toText() {
        List<String> text = new ArrayList<>();
        for (LoadResult result : results) {
            text.add(result.traffic().wireName());
            text.add(String.format(Locale.ROOT, ROW, HEADINGS.toArray()));
            result.steps().forEach(step -> text.add(row(step)));
            if (result.sought()) {
                text.add(
                        result.knee()
                                .map(knee -> "knee: %.0f requests a second".formatted(knee.rate()))
                                .orElse("knee: below the first step"));
            }
            result.soak()
                    .ifPresent(
                            soak -> {
                                text.add("for %,d seconds:".formatted(soak.duration().toSeconds()));
                                text.add(row(soak));
                            });
            result.courses()
                    .forEach(
                            (name, course) ->
                                    text.add(
                                            String.format(
                                                    Locale.ROOT,
                                                    "memory of %-14s mean %6.0f MiB, most %6.0f, %+.2f a minute%s",
                                                    name,
                                                    course.meanMib(),
                                                    course.mostMib(),
                                                    course.mibAMinute(),
                                                    course.flat() ? " (flat)" : "")));
            text.add("");
        }
        text.addAll(notes);
        return String.join(System.lineSeparator(), text);
    }

    private static String row(LoadStep step) {
        return String.format(
                Locale.ROOT,
                ROW,
                number(step.offeredPerSecond()),
                number(step.perSecond()),
                step.degraded(),
                step.shed(),
                step.failed(),
                number(step.times().millis(50)),
                number(step.times().millis(99)),
                number(step.times().millis(99.9)),
                number(step.times().millis(100)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "load");
        for (LoadResult result : results) {
            ObjectNode one = json.putObject(result.traffic().wireName());
            ArrayNode steps = one.putArray("steps");
            result.steps().forEach(step -> steps.add(step.toJson()));
            if (result.sought()) {
                result.knee()
                        .ifPresentOrElse(
                                knee -> one.set("knee", knee.toJson()), () -> one.putNull("knee"));
            }
            result.soak().ifPresent(soak -> one.set("soak", soak.toJson()));
            ObjectNode memory = one.putObject("memory");
            result.courses().forEach((name, course) -> memory.set(name, course.toJson()));
        }
        return json;
    }

    String toPage(String foot) {
        StringBuilder body = new StringBuilder();
        notes.forEach(note -> body.append(PageFrame.paragraph(note)));
        for (LoadResult result : results) {
            String what = result.traffic().wireName();
            body.append(PageFrame.heading(what))
                    .append(PageFrame.paragraph(kneeText(result)))
                    .append(table(result));
            if (result.steps().size() > 1) {
                body.append(PageFrame.paragraph("Served a second, by requests offered a second"))
                        .append(chart(what, result, "served/s", "offered", true))
                        .append(PageFrame.paragraph("Milliseconds, by requests offered a second"))
                        .append(chart(what, result, "p99 ms", "p50 ms", false));
            }
            if (result.at().size() > 1) {
                body.append(PageFrame.paragraph("Resident memory in MiB, by seconds"))
                        .append(memory(result));
            }
        }
        return PageFrame.of("load", "Throughput and latency under load", body.toString(), foot);
    }

    private static String kneeText(LoadResult result) {
        if (!result.sought()) {
            return "At the requested rate.";
        }
        return result.knee()
                .map(knee -> "The knee: %.0f requests a second.".formatted(knee.rate()))
                .orElse("The knee lies below the first step.");
    }

    private static String table(LoadResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (LoadStep step : result.steps()) {
            rows.add(List.of(row(step).strip().split(" +")));
        }
        result.soak().ifPresent(soak -> rows.add(List.of(row(soak).strip().split(" +"))));
        return PageFrame.table(HEADINGS, rows);
    }

    private static String chart(
            String what, LoadResult result, String first, String second, boolean rates) {
        List<String> labels =
                result.steps().stream().map(step -> "%.0f".formatted(step.rate())).toList();
        ToDoubleFunction<LoadStep> one =
                rates ? LoadStep::perSecond : step -> step.times().millis(99);
        ToDoubleFunction<LoadStep> other =
                rates ? LoadStep::offeredPerSecond : step -> step.times().millis(50);
        return new LineChart(
                        what,
                        "requests offered a second",
                        labels,
                        List.of(
                                new LineChart.Line(first, "c0", along(result, one)),
                                new LineChart.Line(second, "c1", along(result, other))))
                .svg();
    }

    private static List<Double> along(LoadResult result, ToDoubleFunction<LoadStep> figure) {
        return result.steps().stream().map(figure::applyAsDouble).toList();
    }

    private static String memory(LoadResult result) {
        int every = Math.max(1, result.at().size() / POINTS);
        List<LineChart.Line> lines = new ArrayList<>();
        result.memory()
                .forEach(
                        (name, row) ->
                                lines.add(
                                        new LineChart.Line(
                                                name, "c" + lines.size() % 8, thin(row, every))));
        List<String> labels =
                thin(result.at(), every).stream().map(at -> "%.0f".formatted(at)).toList();
        return new LineChart("memory", "seconds", labels, lines).svg();
    }

    private static List<Double> thin(List<Double> row, int every) {
        List<Double> thin = new ArrayList<>();
        for (int i = 0; i < row.size(); i += every) {
            thin.add(row.get(i));
        }
        return thin;
    }
}
