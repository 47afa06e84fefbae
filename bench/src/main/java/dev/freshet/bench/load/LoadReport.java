package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.freshet.console.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Report of the figures as text and as JSON.
 *
 * @param results results of each kind of traffic
 */
record LoadReport(List<Result> results) {
    private static final String HEADING =
            "offered/s  served/s  degraded    shed  failed    p50 ms    p99 ms  p99.9 ms    max ms";

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
            text.add("%s", HEADING);
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
        LoadStep.Percentiles ms = step.ms();
        text.add(
                "%9.1f %9.1f %9d %7d %7d %9.1f %9.1f %9.1f %9.1f",
                step.offeredPerSecond(),
                step.perSecond(),
                step.degraded(),
                step.shed(),
                step.failed(),
                ms.p50(),
                ms.p99(),
                ms.p999(),
                ms.max());
    }

    /** Returns the figures by kind of traffic; a knee that was sought and not found is null. */
    Map<String, Map<String, Object>> figures() {
        Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
        for (Result result : results) {
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("steps", result.found.steps());
            if (result.sought) {
                of.put(
                        "knee",
                        result.found.knee().<Object>map(knee -> knee).orElse(NullNode.instance));
            }
            result.soak.ifPresent(soak -> of.put("soak", soak));
            of.put("memory", result.courses);
            figures.put(result.traffic.wireName(), of);
        }
        return figures;
    }
}
