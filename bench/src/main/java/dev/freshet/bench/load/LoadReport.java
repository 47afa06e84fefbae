package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Report of the figures as text and as JSON.
 *
 * @param results results of each kind of traffic
 */
record LoadReport(List<Result> results) {
    private static final String ROW = "%9s %9s %9s %7s %7s %9s %9s %9s %9s";

    /**
     * Measurements of one kind of traffic.
     *
     * @param found the steps, and the highest rate that held
     * @param sought whether the knee was searched for
     * @param soak the long run at half the knee
     * @param courses summary of the memory by process, during the soak, or during all steps if
     *     there was none
     */
    record Result(
            Traffic traffic,
            Knee.Found found,
            boolean sought,
            Optional<LoadStep> soak,
            Map<String, MemoryTrace.Course> courses) {}

    Text text() {
        Text text = new Text();
        for (Result result : results) {
            text.add("%s", result.traffic.wireName());
            text.add(
                    ROW,
                    "offered/s",
                    "served/s",
                    "degraded",
                    "shed",
                    "failed",
                    "p50 ms",
                    "p99 ms",
                    "p99.9 ms",
                    "max ms");
            result.found.steps().forEach(step -> add(text, step));
            if (result.sought) {
                text.add(
                        "%s",
                        result.found
                                .knee()
                                .map(knee -> "knee: %.0f requests a second".formatted(knee.rate()))
                                .orElse("knee: below the first step"));
            }
            for (LoadStep soak : result.soak.stream().toList()) {
                text.add("for %,d seconds:", soak.duration().toSeconds());
                add(text, soak);
            }
            result.courses.forEach(
                    (name, course) ->
                            text.add(
                                    "memory of %-14s mean %6.0f MiB, most %6.0f, %+.2f a"
                                            + " minute%s",
                                    name,
                                    course.meanMiB(),
                                    course.mostMiB(),
                                    course.mibAMinute(),
                                    course.flat() ? " (flat)" : ""));
            text.add("");
        }
        return text;
    }

    private static void add(Text text, LoadStep step) {
        text.add(
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

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Result result : results) {
            ObjectNode one = json.putObject(result.traffic.wireName());
            result.found.steps().forEach(step -> one.withArray("steps").add(step.toJson()));
            if (result.sought) {
                one.set("knee", result.found.knee().map(LoadStep::toJson).orElse(null));
            }
            result.soak.ifPresent(soak -> one.set("soak", soak.toJson()));
            one.putPOJO("memory", result.courses);
        }
        return json;
    }
}
