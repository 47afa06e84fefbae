package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.MetricData;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SignedHttp;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.cli.cost.Charge;
import dev.freshet.cli.cost.PriceList;
import dev.freshet.console.CommandException;
import dev.freshet.console.TemporaryFolder;
import dev.freshet.console.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Checks of what options add to a stack, and the bill of a run. */
final class OptionChecks {
    private static final Duration DELIVERED = Duration.ofMinutes(7);
    private static final Duration NIGHT = Duration.ofHours(2);
    private static final Duration SCALED = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BULK_USERS = 600;

    private OptionChecks() {}

    static List<StackCheck> all() {
        String night = "LakeNightArn";
        return List.of(
                check("signed", "deploy.md#callers-inside-aws", OptionChecks::signed)
                        .withOutput("SignedApiUrl"),
                check("waf", "access.md#limits", OptionChecks::waf)
                        .withResource("AWS::WAFv2::WebACL"),
                check("site", "deploy.md#pages", OptionChecks::site).withOutput("SiteUrl"),
                check("worker", "operate.md#the-worker", OptionChecks::worker)
                        .withResource("AWS::ECS::Service"),
                check("scale", "deploy.md#scale", OptionChecks::scale).withFunction("Scale"),
                check("lake.arrivals", "lake.md#tables", OptionChecks::arrivals).withOutput(night),
                check("lake.night", "operate.md#alarms", OptionChecks::night).withOutput(night),
                check(
                                "lake.erased",
                                "lake.md#consent-and-erasure-in-the-lake",
                                OptionChecks::doctor)
                        .withOutput(night),
                check("lake.answers", "lake.md#named-queries", OptionChecks::answers)
                        .withOutput(night),
                check("bulk", "bulk.md#on-aws", OptionChecks::bulk).withOutput("BulkMachineArn"),
                check("batch", "lake.md#batch-jobs", OptionChecks::batch)
                        .withOutput("BatchMachineArn"),
                check("bill", "deploy.md#what-it-costs", OptionChecks::bill).onAws());
    }

    /** Asks without a signature, then with that of who runs the command. */
    private static String signed(Trial trial) throws IOException {
        String base = trial.stack.output("SignedApiUrl");
        Trial.status(answer(base, "v1/trending").statusCode(), 403);
        SignedHttp any = trial.stack.clients().lambda();
        URI url = URI.create(base);
        String name = "execute-api";
        SignedHttp api =
                new SignedHttp(
                        any.http(), any.credentials(), any.region(), name, url, any.listeners());
        return Trial.status(api.get(url.getPath() + "v1/trending?count=1").status(), 200);
    }

    private static HttpResponse<byte[]> answer(String base, String path) {
        try (FreshetClient client = new FreshetClient(URI.create(base.replaceFirst("/*$", "/")))) {
            return client.exchange("GET", path, ApiChecks.NOTHING, Map.of());
        }
    }

    /** Sends what AWS's rules of known bad inputs refuse. */
    private static String waf(Trial trial) {
        String attack = FreshetClient.segment("${jndi:ldap://accept.invalid/a}");
        Map<String, String> key = Map.of("Authorization", "Bearer " + trial.key);
        String path = "/v1/trending?count=1&x=" + attack;
        return Trial.status(trial.exchange("GET", path, ApiChecks.NOTHING, key).statusCode(), 403);
    }

    private static String site(Trial trial) {
        Map<String, Integer> expected =
                Map.of("", 200, "dashboard/", 200, "no-such-page", 404, "v1/trending", 401);
        expected.forEach(
                (path, status) -> {
                    HttpResponse<byte[]> got = answer(trial.stack.output("SiteUrl"), path);
                    boolean guarded =
                            path.startsWith("v1")
                                    || got.headers().map().containsKey("content-security-policy");
                    CommandException.require(
                            got.statusCode() == status && guarded,
                            "/%s has status %d and the headers %s; are the pages put?",
                            path,
                            got.statusCode(),
                            got.headers().map().keySet());
                });
        return expected.size() + " addresses";
    }

    /**
     * Looks whether each shard that has not ended has an owner; the alarms of the stack say how far
     * it is behind.
     */
    private static String worker(Trial trial) {
        Map<String, String> tables = trial.stack.resources("AWS::DynamoDB::GlobalTable");
        int leases = 0;
        for (String id : List.of("EventsLeases", "ExamplesLeases")) {
            ScanRequest scan = ScanRequest.builder().tableName(tables.get(id)).build();
            for (var row : trial.stack.clients().dynamoDb().scan(scan).items()) {
                AttributeValue at = row.get("checkpoint");
                boolean read = at != null && !"SHARD_END".equals(at.s());
                boolean owned = !read || row.containsKey("leaseOwner");
                CommandException.require(owned, "a shard in %s has no owner", id);
                leases += read ? 1 : 0;
            }
        }
        CommandException.require(leases >= 2, "%d leases instead of one a shard", leases);
        return leases + " leases";
    }

    private static String scale(Trial trial) throws InterruptedException {
        Instant since = trial.begun.minus(SCALED);
        String function = trial.stack.resources(Stack.FUNCTION).getOrDefault("Scale", "");
        Map<String, String> of = Map.of("FunctionName", function);
        double looks =
                trial.await(
                        "a look at the shards",
                        SCALED,
                        () -> sum(trial, "AWS/Lambda", "Invocations", of, since),
                        all -> all > 0);
        double failed = sum(trial, "AWS/Lambda", "Errors", of, since);
        CommandException.require(failed == 0, "%.0f looks failed", failed);
        return "%.0f looks".formatted(looks);
    }

    /** Returns the sum of a metric since a time. */
    private static double sum(
            Trial trial, String space, String metric, Map<String, String> of, Instant since) {
        MetricData.Query query = new MetricData.Query("sum", space, metric, of, "Sum", MINUTE);
        return new MetricData(trial.stack.clients().cloudWatch())
                        .ask(List.of(query), since, trial.clock.instant(), 2)
                        .getOrDefault("sum", List.of())
                        .stream()
                        .mapToDouble(MetricData.Point::value)
                        .sum();
    }

    private static String arrivals(Trial trial) throws InterruptedException {
        String user = trial.make(Kind.USER, "lake");
        trial.send(Map.of(), trial.click(user, trial.items().getFirst()));
        int sent = trial.events;
        String sql =
                "SELECT count(DISTINCT event_id) AS n FROM arrivals WHERE event_id LIKE '%s-%%'"
                        .formatted(trial.run);
        trial.await(
                sent + " events in arrivals",
                DELIVERED,
                () -> trial.commands.run("lake", "query", sql).at("/rows/0/n").asInt(),
                rows -> rows == sent);
        int astray = trial.commands.run("lake", "status").path("objectsAstray").asInt();
        CommandException.require(astray == 0, "%d objects are below errors/", astray);
        return sent + " events";
    }

    private static String night(Trial trial) throws InterruptedException {
        String run = trial.commands.run("lake", "settle", "--purge").path("execution").asText();
        StateMachine nights =
                new StateMachine(trial.stack.clients(), trial.stack.output("LakeNightArn"));
        StateMachine.Execution ended =
                trial.await(
                        "the end of a purging night",
                        NIGHT,
                        () -> nights.execution(run),
                        each -> !each.isRunning());
        CommandException.require(ended.succeeded(), "%s %s", ended.status(), ended.failure());
        JsonNode tables = trial.commands.run("lake", "status").path("tables");
        for (String table : List.of("arrivals", "interactions", "exposures", "erasures", "items")) {
            boolean filled = tables.path(table).path("rows").asLong() > 0;
            CommandException.require(filled, "%s has no rows", table);
        }
        return Text.filled(tables, "{/arrivals/rows:,d} arrivals, every kind of row");
    }

    private static String doctor(Trial trial) {
        trial.commands.run("lake", "doctor");
        return "no row of an erased user, none twice";
    }

    private static String answers(Trial trial) {
        List<String> names = Text.texts(trial.get("/v1/insights/lake").path("queries"), "name");
        CommandException.require(!names.isEmpty(), "no query has an answer yet");
        names.forEach(name -> trial.get("/v1/insights/lake/" + name));
        return names.size() + " answers";
    }

    /** Makes lists in two batches; the same run again changes nothing. */
    private static String bulk(Trial trial) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("freshet-accept")) {
            Path file = folder.path().resolve("users.txt");
            List<String> users = new ArrayList<>();
            for (int i = 0; i < BULK_USERS; i++) {
                users.add(trial.run + "-bulk-" + i);
            }
            Files.write(file, users);
            String lists = folder.path().resolve("lists").toString();
            String[] command = {"bulk", "--users", file.toString(), "--out", lists};
            JsonNode made = trial.commands.run(command);
            Trial.require(made.path("lists").asInt() == BULK_USERS, made);
            JsonNode again = trial.commands.run(command);
            Trial.require(again.equals(made), again);
            return BULK_USERS + " lists";
        }
    }

    private static String batch(Trial trial) {
        return trial.commands.run("batch", "start").path("status").asText();
    }

    /** Prices the requests of this run, and says what {@code freshet cost} computes for them. */
    private static String bill(Trial trial) {
        Charge charge =
                ApiChecks.isHttp(trial.stack) ? Charge.HTTP_API_REQUEST : Charge.REST_API_REQUEST;
        int sent = trial.requests.get();
        Text text = new Text();
        String name = trial.stack.variable("Recommend", Setting.API_METRICS, "");
        Settings named = Settings.from(Map.of(Setting.API_METRICS.variable(), name));
        double metered = sum(trial, "AWS/ApiGateway", "Count", named.apiMetrics(), trial.begun);
        double price = PriceList.load().of(charge, sent);
        text.add("%,d requests sent, %,.0f metered so far: $%.5f", sent, metered, price);
        Optional<JsonNode> cost = trial.commands.cost();
        if (cost.isPresent()) {
            double events = trial.events * price(cost.get(), "perMillionEvents");
            double lists = trial.lists * price(cost.get(), "perMillionRecommendations");
            text.add(
                    "; %,d events and %,d lists with all that they cause by freshet cost: $%.5f",
                    trial.events, trial.lists, (events + lists) / 1e6);
        }
        return text.toString().replace(System.lineSeparator(), "");
    }

    private static double price(JsonNode cost, String name) {
        Trial.require(cost.path(name).isNumber(), cost);
        return cost.path(name).asDouble();
    }
}
