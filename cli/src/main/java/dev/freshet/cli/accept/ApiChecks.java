package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;
import static dev.freshet.cli.accept.Trial.object;
import static dev.freshet.cli.accept.Trial.path;
import static dev.freshet.cli.accept.Trial.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.console.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Checks of what receives requests, and of the catalogue. */
final class ApiChecks {
    /** A domain with a strict TLS policy takes a quarter of an hour to answer everywhere. */
    private static final Duration PROPAGATION = Duration.ofMinutes(15);

    private static final String LIST = "/v1/trending?count=1";
    private static final String INSIGHTS = "/v1/insights/lake";
    private static final String KEYS = "access.md#who-may-do-what";
    private static final String CONVENTIONS = "api.md#conventions";
    private static final String ITEMS = "api.md#items";
    static final byte[] NOTHING = {};

    /** More than the burst of an insights key, whatever its rate adds meanwhile. */
    private static final int FLOOD = 400;

    private static final int AT_ONCE = 16;

    /** Items of the longest text fill a request of almost 4 MiB. */
    private static final int BATCH = 62;

    private static final int LONGEST_TEXT = 65_536;

    /** Without this one no other can be tried. */
    static final StackCheck FIRST =
            check("entrance.answers", "deploy.md#2-make-a-key", ApiChecks::answers);

    private ApiChecks() {}

    static List<StackCheck> all() {
        return List.of(
                FIRST,
                check("entrance.no-key", KEYS, trial -> refused(trial, Map.of(), 401)),
                check("entrance.wrong-key", KEYS, ApiChecks::wrongKey),
                check("entrance.preflight", CONVENTIONS, ApiChecks::preflight),
                check("entrance.gzip", "deploy.md#api-type", ApiChecks::gzip)
                        .onAws()
                        .where("an HTTP API does not compress", stack -> !isHttp(stack)),
                check("entrance.ids", CONVENTIONS, ApiChecks::specialIds),
                check("entrance.rate", "access.md#limits", ApiChecks::rate)
                        .where("an HTTP API has no usage plans", stack -> !isHttp(stack))
                        .where("the emulator is slower than the rate", Stack::hasLog),
                check("catalogue.put", ITEMS, ApiChecks::putItem),
                check("catalogue.patch", ITEMS, ApiChecks::patchItem),
                check("catalogue.batch", ITEMS, ApiChecks::batch),
                check("catalogue.vector", ITEMS, ApiChecks::vector)
                        .where("embedder is none", stack -> !stack.embedder().equals("none")));
    }

    static boolean isHttp(Stack stack) {
        return stack.has("Entrance", "http");
    }

    private static Map<String, String> authorized(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    private static String answers(Trial trial) throws InterruptedException {
        trial.await(
                "an answer",
                trial.stack.isDeployed() ? PROPAGATION : trial.patience,
                () -> status(trial, LIST, authorized(trial.key)),
                status -> status == 200);
        trial.before = CleanUp.counts(trial);
        return trial.api.api().toString();
    }

    /** Returns the status of a response; 0 where nothing answers. */
    private static int status(Trial trial, String path, Map<String, String> headers) {
        try {
            return trial.exchange("GET", path, NOTHING, headers).statusCode();
        } catch (UnreachableException notYet) {
            return 0;
        }
    }

    private static String refused(Trial trial, Map<String, String> headers, int expected) {
        return Trial.status(status(trial, LIST, headers), expected);
    }

    /** Sends a key of the same id with another secret. */
    private static String wrongKey(Trial trial) {
        int last = trial.key.length() - 1;
        String wrong = trial.key.substring(0, last) + (trial.key.endsWith("a") ? 'b' : 'a');
        return refused(trial, authorized(wrong), isHttp(trial.stack) ? 403 : 401);
    }

    private static String preflight(Trial trial) {
        Map<String, String> headers =
                Map.of("Origin", "https://example.org", "Access-Control-Request-Method", "POST");
        HttpResponse<byte[]> answer =
                trial.exchange("OPTIONS", "/v1/recommendations", NOTHING, headers);
        String origin = answer.headers().firstValue("Access-Control-Allow-Origin").orElse("none");
        CommandException.require(
                answer.statusCode() / 100 == 2 && origin.equals("*"),
                "status %d, allowed origin %s",
                answer.statusCode(),
                origin);
        return Integer.toString(answer.statusCode());
    }

    private static String gzip(Trial trial) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(trial.request(trial.run).toString().getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> headers = new HashMap<>(authorized(trial.key));
        headers.putAll(Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"));
        String lists = "/v1/recommendations";
        Trial.status(trial.exchange("POST", lists, bytes.toByteArray(), headers).statusCode(), 200);
        headers.put("Accept-Encoding", "gzip");
        headers.remove("Content-Encoding");
        HttpResponse<byte[]> got = trial.exchange("GET", "/v1/insights/overview", NOTHING, headers);
        String encoding = got.headers().firstValue("Content-Encoding").orElse("none");
        int length = got.body().length;
        CommandException.require(
                encoding.equals("gzip"), "%,d bytes with encoding %s", length, encoding);
        return "both ways";
    }

    private static String specialIds(Trial trial) {
        List<String> names = List.of("50% of a", "a/b", "ü-日本");
        for (String name : names) {
            ObjectNode item = trial.item(name, name);
            trial.put("/v1/items", item);
            JsonNode stored = trial.get(path(item));
            require(stored.path("itemId").equals(item.path("itemId")), stored);
            ObjectNode profile = object();
            profile.putObject("consent").put("analytics", true);
            trial.put(Trial.user(trial.make(Kind.USER, name), ""), profile);
        }
        return names.toString();
    }

    /** Floods the API with an insights key, whose plan has the lowest rate and is its own. */
    private static String rate(Trial trial) throws InterruptedException {
        JsonNode made =
                trial.commands.run(
                        "keys", "create", "insights", "--name", trial.run, "--expires-in", "1h");
        trial.made(Kind.KEY).add(made.path("keyId").asText());
        Map<String, String> key = authorized(made.path("key").asText());
        trial.await("the key", () -> status(trial, INSIGHTS, key), status -> status == 200);
        for (int sent = AT_ONCE; sent <= FLOOD; sent += AT_ONCE) {
            if (Trial.atOnce(AT_ONCE, () -> status(trial, INSIGHTS, key)).contains(429)) {
                return "429 within %d requests".formatted(sent);
            }
        }
        throw new CommandException("%d requests got no 429", FLOOD);
    }

    private static String putItem(Trial trial) {
        ObjectNode item = trial.item("put", "put");
        JsonNode taken = trial.put("/v1/items", item);
        require(taken.path("accepted").asInt() == 1, taken);
        JsonNode stored = trial.get(path(item));
        require(stored.path("title").equals(item.path("title")), stored);
        return "";
    }

    private static String patchItem(Trial trial) {
        ObjectNode item = trial.item("patch", "patch");
        trial.put("/v1/items", item);
        trial.ok(trial.api.patch(path(item), object().put("title", "Patched")));
        JsonNode stored = trial.get(path(item));
        boolean patched = stored.path("title").asText().equals("Patched");
        require(patched && stored.path("tags").equals(item.path("tags")), stored);
        return "";
    }

    private static String batch(Trial trial) {
        ObjectNode body = object();
        for (int i = 0; i < BATCH; i++) {
            ObjectNode item = trial.item("batch-" + i, "batch");
            body.withArray("items").add(item.put("text", "x".repeat(LONGEST_TEXT)));
        }
        JsonNode taken = trial.post("/v1/items", body);
        require(taken.path("accepted").asInt() == BATCH, taken);
        return "%,d items, %,d bytes".formatted(BATCH, body.toString().length());
    }

    private static String vector(Trial trial) {
        JsonNode taken = trial.put("/v1/items", trial.item("vector", "vector"));
        require(!taken.has("unembedded"), taken);
        return "by " + trial.stack.embedder();
    }
}
