package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import dev.freshet.json.WireName;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One run of the checks: the stack, what the run put into it, and the requests that checks share.
 * Every id begins with {@link #run}. Items are available in a country that no visitor has, and
 * lists are asked for there, so nobody else is shown them.
 */
final class Trial implements AutoCloseable {
    /** A country code that ISO 3166 leaves to its users. */
    private static final String NOWHERE = "ZZ";

    private static final int MAX_SHOWN = 160;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final Duration BETWEEN_LATE_LOOKS = Duration.ofSeconds(1);

    /** What a run puts into a stack, or switches off, and undoes at the end. */
    enum Kind implements WireName {
        MAPPING,
        RECORD,
        EXPERIMENT,
        RULE,
        ITEM,
        USER,
        KEY
    }

    final InstantSource clock;
    final Instant begun;
    final String run;
    final Stack stack;
    final Commands commands;
    final FreshetClient api;
    final String key;

    /** How long a change may take to be seen. */
    final Duration patience;

    final AtomicInteger requests = new AtomicInteger();
    int events;
    int lists;

    /** What {@link CleanUp#counts} counted before the run made anything; empty if it did not. */
    Map<String, Integer> before = Map.of();

    private final Map<Kind, Set<String>> made = new TreeMap<>();
    private final List<String> items = new ArrayList<>();

    Trial(
            Stack stack,
            StackConnection connection,
            Commands commands,
            Duration patience,
            InstantSource clock) {
        this.clock = clock;
        this.begun = clock.instant();
        this.run = name(begun);
        this.stack = stack;
        this.commands = commands;
        this.api = connection.client();
        this.key = connection.key().orElse("");
        this.patience = patience;
    }

    /** Returns the name of a run that begins at a time. */
    static String name(Instant begun) {
        return "accept-" + Long.toString(begun.toEpochMilli(), Character.MAX_RADIX);
    }

    /** Returns the milliseconds since a time of {@link System#nanoTime()}. */
    static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Returns the ids of a kind that are to be removed. */
    Set<String> made(Kind kind) {
        return made.computeIfAbsent(kind, _ -> new LinkedHashSet<>());
    }

    /** Returns an id of this run that is removed at the end. */
    String make(Kind kind, String name) {
        String id = run + "-" + name;
        made(kind).add(id);
        return id;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    JsonNode get(String path) {
        return ok(api.get(path));
    }

    JsonNode put(String path, JsonNode body) {
        return ok(api.put(path, body));
    }

    JsonNode post(String path, JsonNode body) {
        return ok(api.post(path, body));
    }

    JsonNode delete(String path) {
        return ok(api.delete(path));
    }

    /** Counts a request, and returns the body of its response, whose status has to be 2xx. */
    JsonNode ok(ApiResponse answer) {
        requests.incrementAndGet();
        CommandException.require(answer.ok(), "status %d: %s", answer.status(), answer.problem());
        return answer.body();
    }

    /** Counts and sends a request with these headers alone. */
    HttpResponse<byte[]> exchange(
            String method, String path, byte[] body, Map<String, String> headers) {
        requests.incrementAndGet();
        return api.exchange(method, path, body, headers);
    }

    /** Returns what is got when so many threads ask at a time. */
    static <T> List<T> atOnce(int threads, Callable<T> ask) {
        List<T> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<T> one : pool.invokeAll(Collections.nCopies(threads, ask))) {
                all.add(one.get());
            }
            return all;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandException(stopped);
        } catch (ExecutionException failed) {
            throw new CommandException(failed);
        }
    }

    /**
     * Looks again and again until what is seen is right.
     *
     * @param what is waited for, for the sentence of a failure
     * @return what is seen
     */
    <T> T await(String what, Duration limit, Supplier<T> look, Predicate<T> right)
            throws InterruptedException {
        long start = System.nanoTime();
        T seen = look.get();
        while (!right.test(seen)) {
            CommandException.require(
                    millis(start) < limit.toMillis(),
                    "%s not within %d s; last seen: %s",
                    what,
                    limit.toSeconds(),
                    Text.cut(String.valueOf(seen), MAX_SHOWN));
            boolean soon = millis(start) < SOON.toMillis();
            Thread.sleep(soon ? BETWEEN_LOOKS : BETWEEN_LATE_LOOKS);
            seen = look.get();
        }
        return seen;
    }

    /** Waits as long as a change may take. */
    <T> T await(String what, Supplier<T> look, Predicate<T> right) throws InterruptedException {
        return await(what, patience, look, right);
    }

    /** Refuses an answer that does not say what it should. */
    static void require(boolean condition, JsonNode answer) {
        String shown = Text.cut(answer.toString(), MAX_SHOWN);
        CommandException.require(condition, "the answer is %s", shown);
    }

    /** Refuses a status other than the expected one, and returns it. */
    static String status(int status, int expected) {
        CommandException.require(status == expected, "%d instead of %d", status, expected);
        return Integer.toString(status);
    }

    /**
     * Returns a new item of this run.
     *
     * @param tag by which it can be found
     */
    ObjectNode item(String name, String tag) {
        ObjectNode item = object().put("itemId", make(Kind.ITEM, name)).put("title", name);
        item.put("text", "Tries a stack of Freshet from outside").putArray("tags").add(tag);
        item.putArray("availability").addObject().putArray("regions").add(NOWHERE);
        item.putObject("repeat").put("rule", "always");
        return item;
    }

    /** Returns the path of an item. */
    static String path(JsonNode item) {
        return path(item.path("itemId").asText());
    }

    static String path(String item) {
        return "/v1/items/" + FreshetClient.segment(item);
    }

    /**
     * Returns the ids of the three items that {@link #list} has, and puts them first if need be.
     */
    List<String> items() throws InterruptedException {
        if (items.isEmpty()) {
            List<String> all = new ArrayList<>();
            for (String name : List.of("item-0", "item-1", "item-2")) {
                ObjectNode item = item(name, run);
                put("/v1/items", item);
                all.add(item.path("itemId").asText());
            }
            await("three items in a list", () -> ids(list(run)), ids -> ids.containsAll(all));
            items.addAll(all);
        }
        return items;
    }

    /** Returns the ids of a list. */
    static List<String> ids(JsonNode list) {
        return Text.texts(list.path("items"), "itemId");
    }

    /** Returns the request for a list of the three items. */
    ObjectNode request(String user) {
        ObjectNode request = object().put("userId", user).put("count", 10).put("placement", run);
        request.putObject("context").put("country", NOWHERE);
        request.putObject("filter").put("field", "tags").put("contains", run);
        return request;
    }

    /** Returns a list of the three items. */
    JsonNode list(String user) {
        lists++;
        return post("/v1/recommendations", request(user));
    }

    /** Returns an event of a signed-in user who agrees to everything. */
    ObjectNode event(String type, String user) {
        ObjectNode event = object().put("eventId", run + "-" + events++).put("type", type);
        event.put("userId", user).put("occurredAt", clock.instant().toString());
        event.putObject("consent").put("personalisation", true).put("analytics", true);
        return event;
    }

    ObjectNode click(String user, String item) {
        return event("click", user).put("itemId", item);
    }

    /** Sends events, each of which has to be accepted. */
    void send(Map<String, String> headers, ObjectNode... sent) {
        ObjectNode body = object().put("sentAt", clock.instant().toString());
        body.putArray("events").addAll(List.of(sent));
        JsonNode answer = ok(api.post("/v1/events", body, headers));
        require(answer.path("accepted").asInt() == sent.length, answer);
    }

    /** Returns the path of a user. */
    static String user(String id, String rest) {
        return "/v1/users/" + FreshetClient.segment(id) + rest;
    }

    /** Returns the rows of a user. */
    JsonNode rows(String user) {
        return get(user(user, "/interactions")).path("interactions");
    }

    @Override
    public void close() {
        api.close();
    }
}
