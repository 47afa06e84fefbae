package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Text;
import dev.freshet.cli.imports.ImportReport;
import dev.freshet.cli.imports.entry.Refusal;
import dev.freshet.cli.imports.sending.Totals;
import java.time.Duration;
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

    ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("items", totals.items())
                        .put("users", totals.users())
                        .put("events", totals.events())
                        .put("refused", totals.refused())
                        .put("linesOfErasedUsers", totals.skipped());
        totals.refusedByCode().forEach(json.putObject("refusals")::put);
        ArrayNode shown = json.putArray("examples");
        examples.forEach(refusal -> shown.add(refusal.json()));
        json.put("seconds", ImportReport.tenths(took));
        applied.ifPresent(time -> json.put("appliedAfterSeconds", ImportReport.tenths(time)));
        return json;
    }

    String text() {
        Text text = new Text();
        text.add(
                "%,d items, %,d users and %,d events restored in %s s, %,d refused.",
                totals.items(),
                totals.users(),
                totals.events(),
                ImportReport.tenths(took),
                totals.refused());
        if (totals.skipped() > 0) {
            text.add(
                    "%,d lines of users who were erased since the export are left out.",
                    totals.skipped());
        }
        totals.refusedByCode().forEach((code, count) -> text.add("  %,d × %s", count, code));
        ImportReport.addExamples(text, examples);
        if (totals.refused() > 0) {
            text.add("Refused lines are in FILE.refused.jsonl beside their files.");
        }
        ImportReport.addApplied(text, applied);
        return text.toString();
    }
}
