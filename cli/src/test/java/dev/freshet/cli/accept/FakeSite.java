package dev.freshet.cli.accept;

import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.lake.QueryRows;
import dev.freshet.console.CommandException;
import dev.freshet.lake.LakeTable;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.training.Compaction;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stack in this process, at most with one fault: an API that answers at once, the commands, and
 * what AWS would say. It knows as much of each route as the checks ask for.
 */
final class FakeSite implements Commands, AutoCloseable {
    static final String KEY = "fsk_id_secret";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BURST = 100;

    final Map<String, JsonNode> stored = new TreeMap<>();
    final Map<String, ArrayNode> rows = new TreeMap<>();
    final List<String> keys = new ArrayList<>();
    final ModelledAws aws;

    /** Whether all options are off. */
    boolean plain;

    /** Whether the stack may stand still. */
    boolean stands;

    /** How many requests the API refuses before it answers. */
    int late;

    private final Fault fault;
    private final HttpServer server = CommandServer.serving(this::handle);
    private final MemoryModelLog models = new MemoryModelLog(() -> Instant.EPOCH);
    private final Map<String, String> erased = new TreeMap<>();

    /** Whether a store was late, which it is at the first removal of one of the users. */
    private boolean stalled;

    private int arrived;
    private long version = Compaction.VERSIONS_BEHIND;
    private int flood;
    private int shown;
    private int clicked;
    private int warm;
    private int bulkRuns;

    FakeSite(Fault fault) {
        this.fault = fault;
        this.aws = new ModelledAws(fault);
        aws.aws.on("2015-03-31/functions/compact/invocations", _ -> compacted());
        grow();
    }

    /** Returns the stack as AWS describes it, whose model is in memory. */
    Stack stack() {
        Map<String, String> outputs = new TreeMap<>(Map.of("Stage", stage(), "Entrance", "rest"));
        outputs.put("AlarmTopicArn", "arn:aws:sns:::alarms");
        if (!plain) {
            outputs.put("SignedApiUrl", address() + "/signed/");
            outputs.put("SiteUrl", address() + "/site");
            for (String machine : List.of("LakeNightArn", "BulkMachineArn", "BatchMachineArn")) {
                outputs.put(machine, "machine");
            }
        }
        aws.list(plain);
        Settings settings = Settings.from(Map.of(Setting.EVENTS_STREAM.variable(), "events"));
        StackOutputs described = new StackOutputs("shop", outputs);
        Stack of = Stack.onAws(described, settings, aws.aws.clients());
        return new Stack(outputs, of.resources(), settings, of.clients(), () -> models, of.log());
    }

    /** Returns the stage: in prod no mapping is disabled, in dev no table is restored. */
    private String stage() {
        return fault == Fault.STOPPED_UNHEARD || stands ? "dev" : "prod";
    }

    /** Makes the next version of the model. */
    private void grow() {
        models.append(++version, new byte[0], HighWaterMarks.NONE, "", Instant.EPOCH);
    }

    private synchronized String compacted() {
        if (fault != Fault.NEVER_COMPACTED) {
            models.putSnapshot(version, new byte[0], Instant.EPOCH, Instant.MAX);
        }
        return "";
    }

    URI address() {
        return CommandServer.address(server);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        InputStream sent = exchange.getRequestBody();
        boolean packed = exchange.getRequestHeaders().containsKey("Content-Encoding");
        JsonNode body = JSON.readTree(packed ? new GZIPInputStream(sent) : sent);
        String method = exchange.getRequestMethod();
        boolean secret =
                ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean named = exchange.getRequestHeaders().containsKey("Authorization");
        String path = exchange.getRequestURI().getRawPath();
        JsonNode answer = object();
        int status = late-- > 0 ? 403 : status(exchange);
        if (!stalled && method.equals("DELETE") && path.contains("shown-3")) {
            stalled = true;
            status = 503;
        }
        if (status == 0 && method.equals("OPTIONS")) {
            status = 204;
            if (fault != Fault.NO_CORS) {
                exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            }
        } else if (status == 0 && path.equals("/v1/insights/lake") && named && !secret) {
            status = fault != Fault.NO_RATE && ++flood > BURST ? 429 : 200;
        } else if (status == 0 && !secret && !(named && fault == Fault.ANY_KEY_PASSES)) {
            status = 401;
        } else if (status == 0) {
            JsonNode found = answer(method, path, body);
            status = found == null ? 404 : path.endsWith("/events") ? 202 : 200;
            answer = found == null ? answer : found;
        }
        if (path.endsWith("/overview") || path.endsWith("/recommendations")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
        if (status != 204) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** Returns the status of what only an option answers; 0 where the API does. */
    private int status(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/signed/v1/")) {
            String signature = exchange.getRequestHeaders().getFirst("Authorization");
            String sigV4 = "AWS4-HMAC-SHA256 .*/execute-api/aws4_request.*";
            boolean signed = signature != null && signature.matches(sigV4);
            return signed || fault == Fault.UNSIGNED_PASSES ? 200 : 403;
        }
        if (!path.startsWith("/site/")) {
            boolean attack = exchange.getRequestURI().toString().contains("%7Bjndi%3A");
            return attack && fault != Fault.ATTACKS_PASS ? 403 : 0;
        }
        if (!path.startsWith("/site/v1/") && fault != Fault.PAGES_UNGUARDED) {
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
        }
        return switch (path) {
            case "/site/", "/site/dashboard/" -> 200;
            case "/site/v1/trending" -> 401;
            default -> 404;
        };
    }

    private @Nullable JsonNode answer(String method, String path, JsonNode body) {
        String[] part = path.split("/", 5);
        String kind = part[2];
        boolean isOne = part.length > 3;
        return switch (kind) {
            case "events" -> events(body.path("events"));
            case "recommendations" -> list(body);
            case "users" -> user(method, part[3], part.length > 4 ? part[4] : "");
            case "trending", "lists" -> object();
            case "insights" -> part[3].equals("lake") ? lake(part.length > 4) : sums();
            case "items" -> isOne ? item(method, path, body) : putItems(body);
            default ->
                    part.length > 4
                            ? object().put("enrolled", shown)
                            : isOne ? keep(method, path, body) : all(kind);
        };
    }

    private JsonNode all(String kind) {
        ObjectNode all = object();
        all.putArray(kind)
                .addAll(
                        stored.entrySet().stream()
                                .filter(each -> each.getKey().startsWith("/v1/" + kind))
                                .map(Map.Entry::getValue)
                                .toList());
        return all;
    }

    private @Nullable JsonNode keep(String method, String path, JsonNode body) {
        if (method.equals("PUT")) {
            stored.put(path, body);
        }
        return method.equals("DELETE") ? removed(path) : stored.get(path);
    }

    private @Nullable JsonNode item(String method, String path, JsonNode body) {
        String asked = fault == Fault.IDS_DECODED_TWICE ? path.replace("%25", "%") : path;
        if (method.equals("PATCH")
                && fault != Fault.PATCH_LOST
                && stored.get(asked) instanceof ObjectNode item) {
            item.setAll((ObjectNode) body);
        }
        return method.equals("DELETE") ? removed(path) : stored.get(asked);
    }

    private JsonNode removed(String path) {
        stored.remove(path);
        return object();
    }

    private JsonNode putItems(JsonNode body) {
        grow();
        Iterable<JsonNode> items = body.has("items") ? body.path("items") : List.of(body);
        int taken = 0;
        for (JsonNode item : items) {
            if (fault != Fault.BATCH_CUT || taken < 50) {
                stored.put(Trial.path(item), item);
                taken++;
            }
        }
        return object().put("accepted", taken);
    }

    private JsonNode events(JsonNode events) {
        grow();
        arrived += events.size();
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("impression")) {
                shown++;
            } else {
                rows.computeIfAbsent(user(event), _ -> JSON.createArrayNode()).add(event);
                clicked += event.has("exposure") && fault != Fault.CLICKS_UNCOUNTED ? 1 : 0;
            }
        }
        return object().put("accepted", events.size());
    }

    private static String user(JsonNode event) {
        return event.path("userId").asText();
    }

    private JsonNode list(JsonNode body) {
        String user = user(body);
        ObjectNode list = object().put("exposure", "token");
        String tag = body.at("/filter/contains").asText();
        boolean there = body.at("/context/country").asText().equals("ZZ");
        ArrayNode items = list.putArray("items");
        for (JsonNode item : stored.values()) {
            boolean excluded = body.has("rules") && item.path("itemId").asText().endsWith("item-0");
            if ((there || fault == Fault.SHOWN_TO_ALL)
                    && !excluded
                    && item.at("/tags/0").asText().equals(tag)) {
                items.addObject().set("itemId", item.path("itemId"));
            }
        }
        ArrayNode known = rows.getOrDefault(user, JSON.createArrayNode());
        list.putObject("reflects")
                .put("events", known.size())
                .set("latestEventId", known.path(known.size() - 1).path("eventId"));
        list.putObject("model").put("version", version);
        boolean late = fault == Fault.DEGRADED && user.endsWith("-a") && ++warm > 20;
        return list.put("degraded", late);
    }

    private @Nullable JsonNode lake(boolean isOne) {
        ObjectNode lake = object();
        lake.putArray("queries").addObject().put("name", "demand-by-tag");
        return isOne && fault == Fault.NOT_ASKED_YET ? null : lake;
    }

    private JsonNode sums() {
        ObjectNode sums = object();
        sums.putArray("rows").addObject().put("lists", shown).put("clicks", clicked);
        return sums;
    }

    private @Nullable JsonNode user(String method, String id, String rest) {
        ObjectNode answer = object().put("erasureId", "e-1");
        ArrayNode known = rows.getOrDefault(id, JSON.createArrayNode());
        if (method.equals("DELETE")) {
            erased.put(id, "e-1");
            answer.putArray("removed").addObject().put("count", known.size()).put("complete", true);
            rows.remove(id);
            return answer;
        }
        if (rest.equals("erasure")) {
            ObjectNode steps = answer.putObject("steps");
            steps.putObject("rowsGone").put("done", true);
            steps.putObject("taken").put("done", fault != Fault.ERASURE_NOT_TAKEN);
            return erased.containsKey(id) ? answer : null;
        }
        boolean none = rest.equals("export") && fault == Fault.EXPORT_EMPTY;
        answer.putArray("interactions").addAll(none ? JSON.createArrayNode() : known);
        return answer;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public JsonNode run(String... words) {
        ObjectNode printed = object();
        switch (words[0] + " " + words[1]) {
            case "keys create" -> {
                keys.add("k-" + keys.size());
                printed.put("keyId", keys.getLast()).put("key", "fik_id_secret");
            }
            case "keys revoke" -> {
                CommandException.require(fault != Fault.KEYS_STAY, "Others change this key.");
                keys.remove(words[2]);
            }
            case "quarantine drop" -> {
                aws.open = 0;
                printed.put("dropped", 1);
            }
            case "quarantine list" ->
                    printed.put(
                            "open", words[words.length - 1].matches("list|.*@1") ? aws.open : 0);
            case "lake query" -> {
                List<JsonNode> row = List.of(IntNode.valueOf(arrived));
                return new QueryRows(List.of("n"), List.of(row), false).toJson();
            }
            case "lake settle" -> printed.put("execution", "night-1");
            case "lake doctor" -> require(Fault.ERASED_ROWS_LEFT);
            case "lake status" -> {
                printed.put("objectsAstray", fault == Fault.OBJECTS_ASTRAY ? 1 : 0);
                ObjectNode tables = printed.putObject("tables");
                for (LakeTable table : LakeTable.values()) {
                    tables.putObject(table.sqlName()).put("rows", arrived);
                }
            }
            case "batch start" -> {
                require(Fault.BATCH_FAILS);
                printed.put("status", "SUCCEEDED");
            }
            case "bulk --users" -> {
                bulkRuns += fault == Fault.LISTS_MADE_AGAIN ? 1 : 0;
                printed.put("run", "r-" + bulkRuns)
                        .put("lists", contentOf(new File(words[2])).lines().count());
            }
            default -> throw new AssertionError(String.join(" ", words));
        }
        return printed;
    }

    private void require(Fault other) {
        CommandException.require(fault != other, "the command ended with 1");
    }

    @Override
    public Optional<JsonNode> cost() {
        ObjectNode cost = object().put("perMillionRecommendations", 5.25);
        return Optional.of(fault == Fault.NO_PRICE ? cost : cost.put("perMillionEvents", 4.5));
    }

    @Override
    public void close() {
        aws.aws.close();
        server.stop(0);
    }
}
