package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.imports.Drain;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The case study from its data to its figures: import, replay, experiment, outcomes, lake, erasure
 * and bill, each through the product's own routes and commands.
 *
 * @param log the actions
 * @param home the checkout
 * @param scratch an empty folder for the state of the local cloud
 * @param seed part of the experiment's salt: another seed divides the users otherwise
 * @param bills computes the bills
 */
record CaseStudy(DeskdropLog log, Path home, Path scratch, long seed, Bills bills, Output output) {
    /** The id of the experiment. */
    static final String EXPERIMENT = "case-study";

    /** The arm whose lists are as without the experiment. */
    static final String PERSONALISED = "personalised";

    private static final int LEAST_PLANNED = 100;
    private static final int LONGEST_WINDOW = 28;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int EXPLAINED = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs everything, and returns the figures by their names. */
    ObjectNode run() throws InterruptedException {
        long start = System.nanoTime();
        ObjectNode figures = JSON.createObjectNode();
        figures.set("data", DataFigures.of(log));
        ReplayClock clock = new ReplayClock(log.begin().minusSeconds(60), System::nanoTime);
        Path state = scratch.resolve("state");
        Options options =
                Options.of(home)
                        .withState(state)
                        .withPlansLifted(true)
                        .withSettings(StackSettings.of(Map.of("lake", "true")))
                        .withFunctionClock(clock)
                        .withMessages(output::note);
        try (LocalCloud cloud = LocalCloud.start(options);
                FreshetClient client = cloud.client()) {
            figures.set("import", imported(client, state));
            replay(cloud, client, clock, figures);
            clock.advanceTo(log.end().plusSeconds(1));
            Audit audit = new Audit(cloud.settings(), clock);
            figures.set("audit", audit.figures(log, figures.path("replay")));
            results(client, figures);
            ApiKey key = new ApiKey(cloud);
            figures.set("explained", explained(key));
            LakeFigures lake = new LakeFigures(state, clock, log);
            figures.set("lake", lake.settled(LONGEST_WAIT));
            figures.set("erasure", new Erasure(client, lake, log).figures(LONGEST_WAIT));
        }
        figures.set("cost", bills.of(Workloads.of(log, figures.path("replay"))));
        figures.set("machine", machine(start));
        return figures;
    }

    /** The address and the owner's key of a cloud, as words of a command. */
    private record ApiKey(String endpoint, String key) {
        private ApiKey(LocalCloud cloud) {
            this(
                    cloud.apiUri().toString(),
                    cloud.ownerKeys().map(keys -> keys.secret()).orElse(""));
        }
    }

    /** Puts the articles and imports the history, by {@code freshet import}. */
    private JsonNode imported(FreshetClient client, Path state) throws InterruptedException {
        output.note(
                "Importing %,d events of %,d articles."
                        .formatted(log.history().size(), log.firstSeen().size()));
        Map<String, Instant> known = new LinkedHashMap<>();
        log.firstSeen()
                .forEach(
                        (item, time) -> {
                            if (time.isBefore(log.begin())) {
                                known.put(item, time);
                            }
                        });
        Items.put(client, known);
        Path file = scratch.resolve("history.csv");
        log.writeHistory(file);
        JsonNode report =
                ProductCommand.json(
                        "import",
                        "deskdrop",
                        file.toString(),
                        "--state=" + state,
                        "--concurrency=1",
                        "--json");
        if (!report.has("appliedAfterSeconds")) {
            throw new CommandException("The history was not applied within ten minutes.");
        }
        return report;
    }

    private void replay(
            LocalCloud cloud, FreshetClient client, ReplayClock clock, ObjectNode figures)
            throws InterruptedException {
        output.note("Replaying %,d events.".formatted(log.replay().size()));
        checked(client.put("/v1/experiments/" + EXPERIMENT, definition()));
        Drain.await(client, behind -> {});
        long start = System.nanoTime();
        try (Applied applied = new Applied(cloud.settings(), clock);
                Progress progress = output.progress("Replayed", log.replay().size())) {
            ReplayedLists replayed = new ReplayedLists(client, clock, applied, log);
            replayed.run(progress::at);
            ObjectNode counts = replayed.figures();
            counts.put("seconds", seconds(start));
            figures.set("replay", counts);
        }
        Drain.await(client, behind -> {});
    }

    private ObjectNode definition() {
        long users = log.replay().stream().map(LoggedAction::user).distinct().count();
        long days = Duration.between(log.begin(), log.end()).toDays() + 1;
        ObjectNode json =
                JSON.createObjectNode()
                        .put("id", EXPERIMENT)
                        .put("version", 1)
                        .put("status", "running")
                        .put("layer", "lists")
                        .put("salt", EXPERIMENT + "-" + seed)
                        .put("plannedUsers", Math.max(LEAST_PLANNED, users));
        json.putObject("target").putArray("placements").add(ReplayedLists.PLACEMENT);
        ArrayNode arms = json.putArray("arms");
        arms.addObject().put("id", "popular").put("weight", 0.5).put("strategy", "popular");
        arms.addObject().put("id", PERSONALISED).put("weight", 0.5);
        json.putObject("metrics")
                .put("primary", "listCtr")
                .put("window", Math.min(LONGEST_WINDOW, days) + "d");
        return json;
    }

    private void results(FreshetClient client, ObjectNode figures) throws InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_WAIT.toNanos();
        String path = "/v1/experiments/" + EXPERIMENT + "/results";
        long lists = figures.at("/replay/lists").asLong();
        JsonNode total = outcomes(client, "placement");
        while (total.at("/rows/0/lists").asLong() < lists && System.nanoTime() < giveUp) {
            Thread.sleep(BETWEEN_LOOKS);
            total = outcomes(client, "placement");
        }
        ObjectNode outcomes = figures.putObject("outcomes");
        outcomes.set("total", total.at("/rows/0"));
        outcomes.set("byArm", outcomes(client, "arm").path("rows"));
        outcomes.set("byDay", outcomes(client, "day,arm").path("rows"));
        outcomes.set("byPosition", outcomes(client, "position").path("rows"));
        outcomes.set("bySource", outcomes(client, "source").path("rows"));
        figures.set("experiment", checked(client.get(path)).body());
    }

    private JsonNode outcomes(FreshetClient client, String by) {
        return checked(
                        client.get(
                                "/v1/insights/outcomes?from=%s&to=%s&by=%s"
                                        .formatted(day(log.begin()), day(log.end()), by)))
                .body();
    }

    /** Explains the list of the user with the second most replayed actions. */
    private ObjectNode explained(ApiKey key) {
        List<String> users = DataFigures.mostActive(log);
        String user = users.get(Math.min(1, users.size() - 1));
        return JSON.createObjectNode()
                .put("user", user)
                .put(
                        "text",
                        ProductCommand.text(
                                "explain",
                                "--user=" + user,
                                "--count=" + EXPLAINED,
                                "--placement=" + ReplayedLists.PLACEMENT,
                                "--endpoint=" + key.endpoint(),
                                "--key=" + key.key()));
    }

    private static ObjectNode machine(long start) {
        return JSON.createObjectNode()
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", Runtime.version().feature())
                .put("day", LocalDate.now(ZoneOffset.UTC).toString())
                .put("seconds", seconds(start));
    }

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    static double seconds(long startNanos) {
        return Math.round((System.nanoTime() - startNanos) / 1e8) / 10.0;
    }

    static ApiResponse checked(ApiResponse answer) {
        if (!answer.ok()) {
            throw new CommandException("The API refused: " + answer.problem());
        }
        return answer;
    }

    /** Returns the days of the replay, as a list of texts. */
    static List<String> days(DeskdropLog log) {
        List<String> days = new ArrayList<>();
        for (LocalDate day = day(log.begin());
                !day.isAfter(day(log.end()));
                day = day.plusDays(1)) {
            days.add(day.toString());
        }
        return days;
    }
}
