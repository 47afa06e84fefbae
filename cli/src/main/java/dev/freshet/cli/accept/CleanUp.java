package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.console.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Removes what a run made; whatever else fails, each kind is tried. */
final class CleanUp {
    private static final int TOO_SOON = 429;

    /** What remains of a run, and for how long. */
    static final String REMAINS =
            "Left: tombstones of its items and users for weeks, rows of revoked keys for 90 days, its"
                    + " events in the streams until they expire, and its lists and clicks in the sums"
                    + " of today, which name nobody.";

    private CleanUp() {}

    static List<StackCheck> all() {
        return List.of(
                each(Kind.MAPPING, "operate.md#alarms", AwsChecks::enable),
                each(Kind.RECORD, "operate.md#quarantine", CleanUp::drop),
                each(Kind.EXPERIMENT, "experiments.md#what-an-experiment-is", CleanUp::experiment),
                each(Kind.RULE, "rules.md#named-rules", (t, id) -> t.delete("/v1/rules/" + id)),
                each(Kind.ITEM, "api.md#items", (t, id) -> t.delete(Trial.path(id))),
                each(Kind.USER, "privacy.md#erasure", CleanUp::user),
                check("clean.counts", "deploy.md#try-the-stack", CleanUp::compared),
                each(Kind.KEY, "access.md#keys", (t, id) -> t.commands.run("keys", "revoke", id)));
    }

    /** Counts what a run adds to and is to remove. */
    static Map<String, Integer> counts(Trial trial) {
        Map<String, Integer> counts = new TreeMap<>();
        counts.put("experiments", trial.get("/v1/experiments").path("experiments").size());
        counts.put("rules", trial.get("/v1/rules").path("rules").size());
        counts.put("quarantined", trial.commands.run("quarantine", "list").path("open").asInt());
        return counts;
    }

    private static String compared(Trial trial) {
        Map<String, Integer> after = counts(trial);
        boolean equal = trial.before.isEmpty() || after.equals(trial.before);
        CommandException.require(equal, "%s, before it was %s", after, trial.before);
        return after.toString();
    }

    private interface Removal {
        void of(Trial trial, String id) throws InterruptedException;
    }

    /**
     * Returns a check that removes all of a kind; goes on where one fails, tries those that failed
     * once more, since a store may have been late, and says which are left.
     */
    private static StackCheck each(Kind kind, String page, Removal removal) {
        StackCheck.Body body =
                trial -> {
                    int all = trial.made(kind).size();
                    List<String> failed = remove(trial, kind, removal);
                    if (!failed.isEmpty()) {
                        failed = remove(trial, kind, removal);
                    }
                    CommandException.require(failed.isEmpty(), "left are %s", failed);
                    return all + " removed";
                };
        return check("clean." + kind.wireName() + "s", page, body);
    }

    /** Removes all of a kind, and returns what failed, with the reasons. */
    private static List<String> remove(Trial trial, Kind kind, Removal removal)
            throws InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String id : List.copyOf(trial.made(kind))) {
            try {
                removal.of(trial, id);
                trial.made(kind).remove(id);
            } catch (RuntimeException refused) {
                failed.add(id + ": " + refused.getMessage());
            }
        }
        return failed;
    }

    private static void drop(Trial trial, String position) {
        trial.commands.run("quarantine", "drop", position, "--yes");
    }

    private static void experiment(Trial trial, String id) {
        String path = "/v1/experiments/" + id;
        trial.put(path, EventChecks.experiment(id, "stopped", 2));
        trial.delete(path);
    }

    private static void user(Trial trial, String id) throws InterruptedException {
        ApiResponse receipt = trial.api.delete(Trial.user(id, ""));
        if (receipt.status() != TOO_SOON) {
            trial.ok(receipt);
        }
        trial.await("no row", () -> trial.rows(id), JsonNode::isEmpty);
    }
}
