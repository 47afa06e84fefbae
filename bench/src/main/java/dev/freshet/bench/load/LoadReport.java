package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Report of the figures as text and as JSON.
 *
 * @param results results of each kind of traffic
 * @param notes conditions of the measurement
 */
record LoadReport(List<LoadResult> results, List<String> notes) {
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
}
