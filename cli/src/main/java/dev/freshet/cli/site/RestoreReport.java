package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.entry.Refusal;
import dev.freshet.cli.imports.sending.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a restore did.
 *
 * @param examples the first refusals
 * @param took the time until everything was settled
 * @param applied the time after that until a local cloud had applied it; empty on other stacks
 */
record RestoreReport(
        Totals totals, List<Refusal> examples, Duration took, Optional<Duration> applied) {
    private static final int SOME_REFUSED = 3;

    int exitCode() {
        return totals.refused() == 0 ? 0 : SOME_REFUSED;
    }

    private long leftOut() {
        return totals.skipped();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("items", totals.items())
                .put("users", totals.users())
                .put("events", totals.events())
                .put("refused", totals.refused())
                .put("linesOfErasedUsers", leftOut());
        ObjectNode byCode = json.putObject("refusals");
        totals.refusedByCode().forEach(byCode::put);
        ArrayNode shown = json.putArray("examples");
        examples.forEach(refusal -> shown.add(refusal.json()));
        json.put("seconds", tenths(took));
        applied.ifPresent(time -> json.put("appliedAfterSeconds", tenths(time)));
        return json;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d items, %,d users and %,d events restored in %s s, %,d refused."
                        .formatted(
                                totals.items(),
                                totals.users(),
                                totals.events(),
                                tenths(took),
                                totals.refused()));
        if (leftOut() > 0) {
            lines.add(
                    "%,d lines of users who were erased since the export are left out."
                            .formatted(leftOut()));
        }
        totals.refusedByCode()
                .forEach((code, count) -> lines.add("  %,d × %s".formatted(count, code)));
        examples.forEach(
                refusal ->
                        lines.add(
                                "  line %d: %s"
                                        .formatted(refusal.line().number(), refusal.detail())));
        if (totals.refused() > 0) {
            lines.add("Refused lines are in FILE.refused.jsonl beside their files.");
        }
        lines.add(
                applied.map(time -> "All applied %s s later.".formatted(tenths(time)))
                        .orElse(
                                "A deployed stack does not show when all are applied; watch the alarms"
                                        + " FeaturesBehind and TrainBehind."));
        return String.join(System.lineSeparator(), lines);
    }

    private static double tenths(Duration time) {
        return Math.round(time.toMillis() / 100.0) / 10.0;
    }
}
