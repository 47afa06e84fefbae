package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.Account.Totals;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.console.Text;
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
public record ImportReport(
        long rows,
        Totals totals,
        long newEvents,
        List<Refusal> examples,
        Duration took,
        Optional<Duration> applied,
        Optional<Path> refusalFile) {
    private static final int MAX_CODES = 10;
    private static final List<String> EVENTS_ONLY = List.of("dryRun", "acceptedPerSecond");
    private static final int MAX_DETAIL = 300;

    /** The exit code of an import that ended and had lines refused. */
    static final int SOME_REFUSED = 3;

    ImportReport appliedAfter(Optional<Duration> time) {
        return new ImportReport(rows, totals, newEvents, examples, took, time, refusalFile);
    }

    int exitCode() {
        return totals.refused() == 0 ? 0 : SOME_REFUSED;
    }

    ObjectNode json(boolean dryRun) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dryRun", dryRun)
                .put("rows", rows)
                .put("accepted", totals.events())
                .put("items", totals.items())
                .put("users", totals.users())
                .put("rejected", totals.refused())
                .put("skipped", totals.skipped());
        totals.refusedByCode().forEach(json.putObject("rejections")::put);
        totals.skippedByReason().forEach(json.putObject("skippedReasons")::put);
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

    /** Returns seconds, rounded to tenths. */
    public static double tenths(Duration time) {
        return Math.round(time.toMillis() / 100.0) / 10.0;
    }

    private long perSecond() {
        return Math.round(newEvents / Math.max(1e-3, took.toMillis() / 1e3));
    }

    String text(boolean dryRun) {
        Text text = counts(dryRun);
        if (!dryRun) {
            addApplied(text, applied);
        }
        return text.toString();
    }

    /** Returns what was accepted, refused and left out, without whether it is applied. */
    Text counts(boolean dryRun) {
        Text text = new Text();
        if (dryRun) {
            text.add(
                    "%,d rows: the API would accept %s and refuse %,d. Nothing was sent.",
                    rows, accepted(), totals.refused());
        } else {
            boolean resumed = newEvents < totals.events();
            text.add(
                    "%,d rows: %s accepted%s in %s s (%,d events a second), %,d refused.",
                    rows,
                    accepted(),
                    resumed ? ", %,d of them now".formatted(newEvents) : "",
                    tenths(took),
                    perSecond(),
                    totals.refused());
        }
        addLines(text);
        return text;
    }

    /**
     * Returns the report of a file with one thing on each line.
     *
     * @param what the things, in the plural
     */
    String text(String what) {
        Text text = new Text();
        text.add("%,d %s accepted, %,d refused.", taken(), what, totals.refused());
        addLines(text);
        return text.toString();
    }

    /** Returns that report as an object, like that of an import. */
    ObjectNode json(String what) {
        return json(false).put("accepted", taken()).put(what, taken()).without(EVENTS_ONLY);
    }

    /** Returns the lines of which nothing was refused; a line of a user may be refused twice. */
    private long taken() {
        return Math.max(0, rows - totals.refused());
    }

    private void addLines(Text text) {
        addCounts(text, "refused", totals.refusedByCode());
        addCounts(text, "left out", totals.skippedByReason());
        addExamples(text, examples);
        refusalFile.ifPresent(file -> text.add("  All refused lines are in %s.", file));
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

    private static void addCounts(Text text, String what, Map<String, Long> counts) {
        counts.entrySet().stream()
                .limit(MAX_CODES)
                .forEach(each -> text.add("  %,d × %s (%s)", each.getValue(), each.getKey(), what));
    }

    /** Adds the first refusals. */
    public static void addExamples(Text text, List<Refusal> examples) {
        for (Refusal refusal : examples) {
            text.add(
                    "  line %d: %s",
                    refusal.line().number(), Text.cut(refusal.detail(), MAX_DETAIL));
        }
    }

    /**
     * Adds when a local cloud had applied everything, or how to see it on another stack.
     *
     * @param applied the time after the last event was accepted; empty on other stacks
     */
    public static void addApplied(Text text, Optional<Duration> applied) {
        applied.ifPresentOrElse(
                time -> text.add("All applied %s s after the last was accepted.", tenths(time)),
                () ->
                        text.add(
                                "A deployed stack does not show when all are applied; watch the"
                                        + " alarms FeaturesBehind and TrainBehind."));
    }
}
