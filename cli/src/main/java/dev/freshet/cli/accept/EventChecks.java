package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;
import static dev.freshet.cli.accept.Trial.ids;
import static dev.freshet.cli.accept.Trial.millis;
import static dev.freshet.cli.accept.Trial.object;
import static dev.freshet.cli.accept.Trial.require;
import static dev.freshet.cli.accept.Trial.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.Snapshot;
import dev.freshet.training.Compaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Checks of the way from events to lists, of privacy and of the model's log. */
final class EventChecks {
    private static final String MODEL = "concepts.md#the-model";
    private static final String LISTS = "api.md#recommendations";
    private static final String ERASURE = "privacy.md#erasure";

    /**
     * Users of the outcomes, which tell users apart by one of 64 hashes and leave out rows of fewer
     * than {@code kAnonymity}. Three users share one in 21 runs; eight have at least three, but for
     * one in 500 million.
     */
    private static final int SHOWN = 8;

    private static final List<String> PEOPLE = List.of("a", "b", "c");
    private static final List<String> FUNCTIONS = List.of("collect", "features", "train");
    private static final JsonNode NONE = object();
    private static final int CLICKS = 12;
    private static final int WARM = 50;

    /** The stores of a local cloud share the processors with everything, and may be late. */
    private static final int MAX_LATE_OF_LAPTOP = 25;

    private static final int AT_ONCE = 20;

    /** As many instances as an emulator may start as processes of one computer. */
    private static final int AT_ONCE_OF_LAPTOP = 4;

    private EventChecks() {}

    static List<StackCheck> all() {
        return List.of(
                check("events.row", "events.md#rules", EventChecks::rows),
                check("events.list", "concepts.md#the-write-flow", EventChecks::clicks),
                check("events.model", MODEL, EventChecks::model),
                check("events.trace", "operate.md#follow-a-request", EventChecks::trace)
                        .where("the emulator has the log", Stack::hasLog),
                check("lists.restore", LISTS, EventChecks::first),
                check("lists.warm", LISTS, EventChecks::warm),
                check("lists.hidden", "api.md#items", EventChecks::hidden),
                check("lists.rule", "rules.md#named-rules", EventChecks::rule),
                check("lists.outcome", "experiments.md#outcomes", EventChecks::outcome),
                check("privacy.export", "privacy.md#export", EventChecks::export),
                check("privacy.erase", ERASURE, EventChecks::erase),
                check("privacy.gone", ERASURE, EventChecks::gone),
                check("privacy.receipt", ERASURE, EventChecks::receipt),
                check("compaction.snapshot", MODEL, EventChecks::snapshot),
                check("compaction.served", MODEL, EventChecks::served));
    }

    private static String quantiles(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        int high = Math.min(sorted.size() - 1, sorted.size() * 95 / 100);
        return "p50 %d ms, p95 %d ms".formatted(sorted.get(sorted.size() / 2), sorted.get(high));
    }

    private static String rows(Trial trial) throws InterruptedException {
        List<String> items = trial.items();
        List<Long> times = new ArrayList<>();
        for (String name : PEOPLE) {
            String user = trial.make(Kind.USER, name);
            ObjectNode first = trial.click(user, items.getFirst());
            long start = System.nanoTime();
            trial.send(Map.of(), first, trial.click(user, items.get(1)));
            trial.await("two rows", () -> trial.rows(user), rows -> rows.size() == 2);
            times.add(millis(start));
        }
        return quantiles(times);
    }

    private static String clicks(Trial trial) throws InterruptedException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < CLICKS; i++) {
            String user = trial.make(Kind.USER, PEOPLE.get(i % PEOPLE.size()));
            ObjectNode click = trial.click(user, trial.items().get(i % 2));
            String id = click.path("eventId").asText();
            long start = System.nanoTime();
            trial.send(Map.of(), click);
            trial.await(
                    "the click in the list",
                    () -> trial.list(user).at("/reflects/latestEventId").asText(),
                    id::equals);
            times.add(millis(start));
        }
        return quantiles(times);
    }

    private static long version(JsonNode list) {
        return list.at("/model/version").asLong();
    }

    private static String model(Trial trial) throws InterruptedException {
        String user = trial.make(Kind.USER, "a");
        ObjectNode click = trial.click(user, trial.items().getFirst());
        long before = version(trial.list(user));
        long start = System.nanoTime();
        trial.send(Map.of(), click);
        long after =
                trial.await(
                        "a version after " + before,
                        () -> version(trial.list(user)),
                        version -> version > before);
        return "%d ms, version %d".formatted(millis(start), after);
    }

    /** Follows one click through the logs of the three functions that handle it. */
    private static String trace(Trial trial) throws InterruptedException {
        UUID id = UUID.nameUUIDFromBytes(trial.run.getBytes(StandardCharsets.UTF_8));
        String trace = id.toString().replace("-", "");
        ObjectNode click = trial.click(trial.make(Kind.USER, "a"), trial.items().getFirst());
        String parent = "00-%s-%s-01".formatted(trace, trace.substring(16));
        trial.send(Map.of("traceparent", parent), click);
        Map<String, JsonNode> lines =
                trial.await(
                        "trace %s in the logs of %s".formatted(trace, FUNCTIONS),
                        trial.patience.multipliedBy(2),
                        () -> trial.stack.log(trace, trial.begun),
                        found -> found.keySet().containsAll(FUNCTIONS));
        Instant taken = at(lines.getOrDefault("collect", NONE));
        return "row after %d ms, model version %s after %d ms"
                .formatted(
                        Duration.between(taken, at(lines.getOrDefault("features", NONE)))
                                .toMillis(),
                        lines.getOrDefault("train", NONE).path("modelVersion"),
                        Duration.between(taken, at(lines.getOrDefault("train", NONE))).toMillis());
    }

    private static Instant at(JsonNode line) {
        return Instant.parse(line.path("timestamp").asText());
    }

    private static String first(Trial trial) {
        JsonNode list = trial.list(trial.run);
        require(!list.path("degraded").asBoolean() && version(list) > 0, list);
        return "version " + version(list);
    }

    private static String warm(Trial trial) throws InterruptedException {
        int items = trial.items().size();
        List<Long> times = new ArrayList<>();
        List<String> degraded = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            long start = System.nanoTime();
            JsonNode list = trial.list(trial.make(Kind.USER, "a"));
            times.add(millis(start));
            if (list.path("degraded").asBoolean()) {
                degraded.add(list.path("degradedReasons").toString());
            } else {
                require(list.path("items").size() == items, list);
            }
        }
        String sentence = "%d lists, %s, degraded: %s".formatted(WARM, quantiles(times), degraded);
        int most = trial.stack.isDeployed() ? 0 : MAX_LATE_OF_LAPTOP;
        CommandException.require(degraded.size() <= most, "%s", sentence);
        return sentence;
    }

    /** Asks as others do, who are not where the items of a run are available. */
    private static String hidden(Trial trial) throws InterruptedException {
        trial.items();
        ObjectNode request = trial.request(trial.run);
        request.putObject("context").put("country", "BR");
        List<JsonNode> lists = new ArrayList<>();
        lists.add(trial.post("/v1/recommendations", request));
        lists.add(trial.post("/v1/recommendations", request.without("context")));
        for (String name : List.of("latest", "popular", "trending")) {
            lists.add(trial.get("/v1/lists/%s?count=100".formatted(name)));
        }
        for (JsonNode list : lists) {
            require(ids(list).stream().noneMatch(id -> id.startsWith(trial.run)), list);
        }
        return "in none of %d lists".formatted(lists.size());
    }

    private static String rule(Trial trial) throws InterruptedException {
        String item = trial.items().getFirst();
        String rule = trial.make(Kind.RULE, "rule");
        ObjectNode body = object();
        ObjectNode filter = body.putObject("filter").putObject("not");
        filter.put("field", "itemId").put("is", item);
        trial.put("/v1/rules/" + rule, body);
        ObjectNode request = trial.request(trial.run);
        request.putArray("rules").add(rule);
        trial.await(
                "a list without what the rule excludes",
                () -> ids(trial.post("/v1/recommendations", request)),
                shown -> !shown.isEmpty() && !shown.contains(item));
        return "";
    }

    /** Returns an experiment in which only lists of the run's placement take part. */
    static ObjectNode experiment(String id, String status, int version) {
        ObjectNode experiment = object().put("id", id).put("version", version);
        experiment.put("status", status).put("layer", id).put("salt", id + "-salt");
        experiment.put("plannedUsers", 1_000).putObject("metrics").put("primary", "listCtr");
        experiment
                .putObject("target")
                .putArray("placements")
                .add(id.substring(0, id.lastIndexOf('-')));
        for (String arm : List.of("control", "other")) {
            experiment.withArray("arms").addObject().put("id", arm).put("weight", 0.5);
        }
        return experiment;
    }

    private static String outcome(Trial trial) throws InterruptedException {
        trial.items();
        String id = trial.make(Kind.EXPERIMENT, "experiment");
        trial.put("/v1/experiments/" + id, experiment(id, "running", 1));
        String results = "/v1/experiments/" + id + "/results";
        trial.await(
                "the experiment", () -> trial.api.get(results).status(), status -> status == 200);
        for (int i = 0; i < SHOWN; i++) {
            String user = trial.make(Kind.USER, "shown-" + i);
            JsonNode list = trial.list(user);
            String token = list.path("exposure").asText();
            trial.send(
                    Map.of(),
                    trial.event("impression", user).put("exposure", token),
                    trial.click(user, ids(list).getFirst()).put("exposure", token));
        }
        trial.await(
                SHOWN + " enrolled users",
                () -> trial.api.get(results).body().path("enrolled").asInt(),
                enrolled -> enrolled == SHOWN);
        String sums = "/v1/insights/outcomes?by=placement&placement=" + trial.run;
        JsonNode row =
                trial.await(
                        SHOWN + " lists with a click each",
                        () -> trial.get(sums).at("/rows/0"),
                        each ->
                                each.path("lists").asInt() == SHOWN
                                        && each.path("clicks").asInt() == SHOWN);
        return Text.filled(row, "{lists} lists, {clicks} clicks, as many enrolled");
    }

    /** Returns a user of whom there is a row. */
    private static String known(Trial trial) throws InterruptedException {
        String user = trial.make(Kind.USER, "erased");
        if (trial.rows(user).isEmpty()) {
            trial.send(Map.of(), trial.click(user, trial.items().getFirst()));
            trial.await("a row", () -> trial.rows(user), rows -> !rows.isEmpty());
        }
        return user;
    }

    private static String export(Trial trial) throws InterruptedException {
        JsonNode export = trial.get(user(known(trial), "/export"));
        require(!export.path("interactions").isEmpty(), export);
        return export.path("interactions").size() + " rows";
    }

    private static String erase(Trial trial) throws InterruptedException {
        JsonNode receipt = trial.delete(user(known(trial), ""));
        trial.made(Kind.USER).remove(trial.run + "-erased");
        int rows = 0;
        for (JsonNode each : receipt.path("removed")) {
            require(each.path("complete").asBoolean(), receipt);
            rows += each.path("count").asInt();
        }
        require(rows > 0, receipt);
        return "%d rows, erasure %s".formatted(rows, receipt.path("erasureId").asText());
    }

    /** Returns the id of the erased user. */
    private static String erased(Trial trial) throws InterruptedException {
        String user = trial.run + "-erased";
        if (!trial.api.get(user(user, "/erasure")).ok()) {
            erase(trial);
        }
        return user;
    }

    private static String gone(Trial trial) throws InterruptedException {
        String user = erased(trial);
        trial.await("no row", () -> trial.rows(user), JsonNode::isEmpty);
        JsonNode reflects = trial.list(user).path("reflects");
        require(reflects.path("events").asInt() == 0, reflects);
        return "";
    }

    private static String receipt(Trial trial) throws InterruptedException {
        String path = user(erased(trial), "/erasure");
        trial.await(
                "an erasure that the stream took",
                () -> trial.get(path).path("steps"),
                steps ->
                        steps.at("/rowsGone/done").asBoolean()
                                && steps.at("/taken/done").asBoolean());
        return "rows gone, taken from the stream";
    }

    /** Versions of a model; 0 where there is none. */
    private record Versions(long newest, long snapshot) {
        static Versions of(Stack stack) {
            ModelLog log = stack.models().get();
            return new Versions(
                    log.head().map(ModelLog.Version::version).orElse(0L),
                    log.snapshots(1).stream().mapToLong(Snapshot::version).max().orElse(0));
        }

        boolean isCompact() {
            return newest - snapshot < Compaction.VERSIONS_BEHIND;
        }
    }

    private static String snapshot(Trial trial) throws InterruptedException {
        trial.stack.compact();
        int behind = Compaction.VERSIONS_BEHIND;
        Versions versions =
                trial.await(
                        "a snapshot fewer than %d versions behind".formatted(behind),
                        () -> Versions.of(trial.stack),
                        Versions::isCompact);
        return "version %d, snapshot %d".formatted(versions.newest(), versions.snapshot());
    }

    /** Asks for many lists at a time, so that instances start that have read the snapshot. */
    private static String served(Trial trial) throws InterruptedException {
        long least = Versions.of(trial.stack).snapshot();
        ObjectNode request = trial.request(trial.run);
        int threads = trial.stack.isDeployed() ? AT_ONCE : AT_ONCE_OF_LAPTOP;
        Callable<Long> ask = () -> version(trial.post("/v1/recommendations", request));
        trial.await(
                "that every instance serves version %d or later".formatted(least),
                () -> Trial.atOnce(threads, ask),
                versions -> versions.stream().allMatch(each -> each >= least));
        return "%d lists at once of version %d or later".formatted(threads, least);
    }
}
