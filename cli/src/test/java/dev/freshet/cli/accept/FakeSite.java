package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.CommandServer;
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
final class FakeSite implements Stack.OnAws, Commands, AutoCloseable {
    static final String KEY = "fsk_id_secret";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BURST = 100;

    final Map<String, JsonNode> stored = new TreeMap<>();
    final Map<String, ArrayNode> rows = new TreeMap<>();
    final List<String> keys = new ArrayList<>();

    /** Whether all options are off. */
    boolean plain;

    private final Fault fault;
    private final FakeOptions options;
    private final HttpServer server = CommandServer.serving(this::handle);
    private final Map<String, Integer> hours = new TreeMap<>(Map.of("Events", 24, "Examples", 24));
    private final Map<String, String> erased = new TreeMap<>();
    private int arrived;
    private long version = 40;
    private int flood;
    private int shown;
    private int clicked;
    private int warm;
    private int open;

    FakeSite(Fault fault) {
        this.fault = fault;
        this.options = new FakeOptions(fault);
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
        int status = options.status(exchange);
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
        version++;
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
        version++;
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
        switch (words[0] + " " + words[1]) {
            case "keys create" -> {
                keys.add("k-" + keys.size());
                return object().put("keyId", keys.getLast()).put("key", "fik_id_secret");
            }
            case "keys revoke" -> {
                CommandException.require(fault != Fault.KEYS_STAY, "Others change this key.");
                keys.remove(words[2]);
            }
            case "quarantine drop" -> open = 0;
            case "quarantine list" -> {}
            default -> {
                return options.run(arrived, words);
            }
        }
        return object().put("open", open).put("dropped", 1);
    }

    @Override
    public Optional<JsonNode> cost() {
        ObjectNode cost = object().put("perMillionRecommendations", 5.25);
        return Optional.of(fault == Fault.NO_PRICE ? cost : cost.put("perMillionEvents", 4.5));
    }

    @Override
    public String putUndecodable(String key) {
        open = 1;
        return "events/shard@1";
    }

    @Override
    public Settings settings() {
        throw new AssertionError("no store is asked");
    }

    @Override
    public Clients clients() {
        return options.aws.clients();
    }

    @Override
    public boolean hasLog() {
        return true;
    }

    @Override
    public Optional<String> output(String name) {
        return Optional.ofNullable(Map.of("Stage", "prod", "Entrance", "rest").get(name))
                .or(() -> plain ? Optional.empty() : options.output(name, address()));
    }

    @Override
    public Map<String, String> resources(String type) {
        return type.equals("AWS::Lambda::EventSourceMapping")
                ? Map.of("EventsMapping", "uuid")
                : plain ? Map.of() : FakeOptions.RESOURCES.getOrDefault(type, Map.of());
    }

    @Override
    public String embedder() {
        return "minilm";
    }

    @Override
    public void compact() {}

    @Override
    public Versions versions() {
        return new Versions(version, fault == Fault.NEVER_COMPACTED ? 0 : version);
    }

    @Override
    public Map<String, JsonNode> log(String text, Instant since) {
        JsonNode line = object().put("timestamp", since.toString());
        return Map.of("collect", line, "features", line, "train", line);
    }

    @Override
    public int concurrency() {
        return 1_000;
    }

    @Override
    public Map<String, Mapping> mappings() {
        String state = fault == Fault.MAPPING_DISABLED ? "Disabled" : "Enabled";
        return Map.of("EventsMapping", new Mapping(state, "OK"));
    }

    @Override
    public Map<String, Boolean> snapStart() {
        return Map.of("Recommend", true, "Authorize", true);
    }

    @Override
    public Map<String, Integer> retention() {
        return new TreeMap<>(hours);
    }

    @Override
    public void shorten(String stream, int to) {
        hours.put(stream, to);
    }

    @Override
    public Map<String, Boolean> recovery() {
        return Map.of("Users", true);
    }

    @Override
    public Map<String, Boolean> subscriptions() {
        return Map.of("me@example.org", fault != Fault.MAIL_NOT_CONFIRMED);
    }

    @Override
    public Map<String, String> alarms() {
        String one = fault == Fault.ALARM_SOUNDS ? "ALARM" : "OK";
        return Map.of(
                "LakeNightMissingAlarm",
                "ALARM",
                "TrainBehindAlarm",
                one,
                "QuarantineFillingAlarm",
                open == 1 ? "ALARM" : "OK");
    }

    @Override
    public void setAlarm(String alarm, boolean sounding) {
        if (sounding && fault != Fault.RETENTION_STAYS) {
            hours.replaceAll((stream, before) -> 168);
        }
    }

    @Override
    public double requests(Instant since) {
        return 100;
    }

    @Override
    public Invocations invocations(String function, Instant since) {
        return new Invocations(1, fault == Fault.LOOKS_FAIL ? 1 : 0);
    }

    @Override
    public void close() {
        options.aws.close();
        server.stop(0);
    }
}
