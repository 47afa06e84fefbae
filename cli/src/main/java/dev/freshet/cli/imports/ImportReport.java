package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.entry.Refusal;
import dev.freshet.cli.imports.sending.Totals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an import, or a dry run of one, did.
 *
 * @param rows lines that are no header and not blank
 * @param totals counts, with those from before an interruption
 * @param newEvents events that were accepted in the time that it took
 * @param examples the first refusals
 * @param took the time until everything was settled
 * @param applied the time after that until a local cloud had applied it; empty on other stacks
 * @param refusalFile the file that holds the refused lines, where there is one
 */
record ImportReport(
        boolean dryRun,
        long rows,
        Totals totals,
        long newEvents,
        List<Refusal> examples,
        Duration took,
        Optional<Duration> applied,
        Optional<Path> refusalFile) {
    private static final int MAX_CODES = 10;
    private static final int MAX_DETAIL = 300;

    /** The exit code of an import that ended and had lines refused. */
    static final int SOME_REFUSED = 3;

    ImportReport appliedAfter(Optional<Duration> time) {
        return new ImportReport(dryRun, rows, totals, newEvents, examples, took, time, refusalFile);
    }

    int exitCode() {
        return totals.refused() == 0 ? 0 : SOME_REFUSED;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dryRun", dryRun)
                .put("rows", rows)
                .put("accepted", totals.events())
                .put("items", totals.items())
                .put("users", totals.users())
                .put("rejected", totals.refused())
                .put("skipped", totals.skipped());
        ObjectNode byCode = json.putObject("rejections");
        totals.refusedByCode().forEach(byCode::put);
        ObjectNode byReason = json.putObject("skippedReasons");
        totals.skippedByReason().forEach(byReason::put);
        ArrayNode shown = json.putArray("examples");
        examples.forEach(refusal -> shown.add(refusal.json()));
        refusalFile.ifPresent(file -> json.put("refusalFile", file.toString()));
        json.put("acceptSeconds", tenths(took));
        if (!dryRun) {
            json.put("acceptedPerSecond", perSecond());
        }
        applied.ifPresent(time -> json.put("appliedAfterSeconds", tenths(time)));
        return json;
    }

    private static double tenths(Duration time) {
        return Math.round(time.toMillis() / 100.0) / 10.0;
    }

    private long perSecond() {
        return Math.round(newEvents / Math.max(1e-3, took.toMillis() / 1e3));
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                dryRun
                        ? "%,d rows: the API would accept %s and refuse %,d. Nothing was sent."
                                .formatted(rows, accepted(), totals.refused())
                        : "%,d rows: %s accepted%s in %s s (%,d events a second), %,d refused."
                                .formatted(
                                        rows,
                                        accepted(),
                                        newEvents < totals.events()
                                                ? ", %,d of them now".formatted(newEvents)
                                                : "",
                                        tenths(took),
                                        perSecond(),
                                        totals.refused()));
        counts(lines, "refused", totals.refusedByCode());
        counts(lines, "left out", totals.skippedByReason());
        examples.forEach(
                refusal ->
                        lines.add(
                                "  line %d: %s"
                                        .formatted(
                                                refusal.line().number(),
                                                shortened(refusal.detail()))));
        refusalFile.ifPresent(file -> lines.add("  All refused lines are in " + file + "."));
        if (!dryRun) {
            lines.add(
                    applied.map(
                                    time ->
                                            "All applied %s s after the last was accepted."
                                                    .formatted(tenths(time)))
                            .orElse(
                                    "A deployed stack does not show when all are applied; watch the"
                                            + " alarms FeaturesBehind and TrainBehind."));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String accepted() {
        List<String> kinds = new ArrayList<>();
        if (totals.items() > 0) {
            kinds.add("%,d items".formatted(totals.items()));
        }
        if (totals.users() > 0) {
            kinds.add("%,d users".formatted(totals.users()));
        }
        if (totals.events() > 0 || kinds.isEmpty()) {
            kinds.add("%,d events".formatted(totals.events()));
        }
        return String.join(", ", kinds);
    }

    private static void counts(List<String> lines, String what, Map<String, Long> counts) {
        counts.entrySet().stream()
                .limit(MAX_CODES)
                .forEach(
                        each ->
                                lines.add(
                                        "  %,d × %s (%s)"
                                                .formatted(each.getValue(), each.getKey(), what)));
    }

    private static String shortened(String detail) {
        return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + " …";
    }
}
