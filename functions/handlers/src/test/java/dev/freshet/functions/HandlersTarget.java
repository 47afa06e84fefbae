package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventTypes;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.recommend.Recommender;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.fuzz.FuzzTarget;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryUsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A fuzz target that covers all functions behind the API. The input is a request as text, which is
 * turned into the event that API Gateway makes of it. For any input the response must be JSON with
 * a status below 500, and a refusal must be a problem document whose code and detail expose no
 * internals.
 */
public final class HandlersTarget implements FuzzTarget {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Replica.Versioned MODEL = new Replica.Versioned(Model.EMPTY, 1, Site.NOW);
    private static final Site SITE =
            new Site()
                    .put(
                            Site.article("f1", "Cup final tonight", "football"),
                            Site.article("c1", "Winter soup recipes", "cooking"))
                    .crowdReads(3, Duration.ofHours(1), "f1", "c1")
                    .reads("ana", Duration.ofMinutes(1), "f1");

    @Override
    public String name() {
        return "HTTP face, functions";
    }

    @Override
    public int maxLength() {
        return 8_192;
    }

    @Override
    public long maxAllocatedBytes(int length) {
        return (32L << 20) + 20_000L * length;
    }

    /** Requests, each a line: the body is JSON, and a bar stands for the end of a line. */
    private static final String SEEDS =
            """
            POST /v1/recommendations {"userId":"ana","count":2,"filter":{"field":"tags","contains":"football"},"context":{"country":"BR","device":"tv"}}
            POST /v1/rank {"userId":"ana","itemIds":["f1","c1","x","f1"],"drop":true,"filter":{"field":"tags","contains":"football"}}
            GET /v1/items/f1/similar?count=3&country=BR&userId=ana||
            GET /v1/lists/popular?period=day&tag=football&count=3&userId=ana||
            GET /v1/users/ana/similar?count=3||
            POST /v1/recommendations {"userId":"ana","list":"similar","itemId":"f1"}
            GET /v1/insights/overview|If-None-Match: W/"a"||
            GET /v1/insights/outcomes?by=day,arm&from=2026-11-01||
            GET /v1/insights/topics?by=author&country=DE|Accept: text/csv||
            GET /v1/insights/items?order=never-shown&limit=3&after=AAAA||
            GET /v1/insights/experiments/a%2Fb||
            GET /v1/insights/sources?hours=7||
            GET /v1/insights/trending?scope=tag:a&window=PT5M||
            GET /v1/insights/quality||
            GET /v1/segments||
            GET /v1/segments|Accept: text/csv||
            GET /v1/insights/outcomes?by=segment,day||
            POST /v1/recommendations {"userId":"ana","session":{"id":"s-1","items":[{"itemId":"f1","type":"click"}]},"count":2}
            GET /v1/event-types|If-None-Match: W/"a", "b"||
            GET /v1/trending?tag=football&count=3|CloudFront-Viewer-Country: PT||
            PUT /v1/items {"itemId":"t","version":1,"title":"Tea","text":"of leaves","tags":["a"],"author":"x","publishedAt":"2026-01-01T00:00:00Z","attributes":{"a":"b"},"availability":[{"regions":["BR"],"from":"2026-01-01T00:00:00Z"}],"repeat":"always","embedding":[0.1,0.2]}
            POST /v1/items {"items":[{"itemId":"t","version":1},5]}
            DELETE /v1/items/f1?version=3||
            GET /v1/items/f1||
            GET /v1/items?count=2&after=AAAA||
            PATCH /v1/items/f1|Content-Type: application/merge-patch+json||{"title":null,"tags":["a"],"attributes":{"price":9.5,"old":null},"version":7}
            PUT /v1/users/ana {"attributes":{"plan":"gold","age":40},"consent":{"personalisation":false}}
            GET /v1/users/ana/interactions?count=2&after=AAAA||
            PUT /v1/rules/in-stock {"description":"x","filter":{"field":"attributes.stock","from":1},"limits":[{"field":"author","max":2}]}
            POST /v1/recommendations|Accept-Language: de-CH, fr;q=0.5, *;q=0|Content-Type: application/json||{"userId":"ana","fields":["reasons"],"language":"pt","rules":["in-stock"],"paged":true}
            GET /v1/users/a%20b%2Fc|traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01||
            POST /v1/users/alias {"anonymousId":"a","userId":"u"}
            """;

    @Override
    public List<byte[]> seeds() {
        String click = "POST /v1/events " + Bodies.of(Bodies.click("e-1"));
        return Stream.concat(Stream.of(click), SEEDS.lines())
                .map(line -> line.contains("|") ? line.replace('|', '\n') : Gateway.text(line))
                .map(Bodies::utf8)
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "Freshet-Import-Permit: a.b\n",
                "User-Agent: Mozilla/5.0 (X11; Linux)\n",
                "Content-Type: text/plain\n",
                "Accept-Language: zh-Hant;q=1e3\n",
                "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793\n",
                "?filter={\"field\":\"tags\"}",
                "%2F..%2F",
                "%00",
                "%",
                "\"version\":9223372036854775807",
                "\"embedding\":[1e39]",
                "\"repeat\":{\"afterSeconds\":-1}",
                "\"diversity\":NaN",
                "\"boost\":[{\"factor\":0,\"filter\":{\"all\":[]}}]");
    }

    @Override
    public void take(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        ObjectNode event = event(text);
        for (RequestStreamHandler handler : handlers(event.path("resource").asText())) {
            judge(TestFunctions.invoke(handler, event), text);
        }
    }

    static void judge(JsonNode answer, String asked) throws IOException {
        int status = answer.path("statusCode").asInt();
        String body = answer.path("body").asText();
        if (status < 200 || status >= 500) {
            throw new IllegalStateException("status " + status + ": " + body);
        }
        JsonNode told = MAPPER.readTree(body);
        if (status >= 400 && !told.path("code").asText().matches("[a-z0-9-]+")) {
            throw new IllegalStateException("a refusal without a code: " + body);
        }
        if (status >= 400 && body.contains("Exception") && !asked.contains("Exception")) {
            throw new IllegalStateException("a refusal that tells of insides: " + body);
        }
    }

    private List<RequestStreamHandler> handlers(String resource) {
        return List.of(handler(resource, SITE::recommender));
    }

    /** Returns a new function that answers a route, over stores of its own. */
    RequestStreamHandler handler(String resource, Supplier<Recommender> recommender) {
        Metrics metrics =
                new Metrics(Map.of("Stack", "test-default"), () -> Bodies.NOW, line -> {});
        SettableClock clock = new SettableClock(Bodies.NOW);
        ViewerLocation location = new ViewerLocation(true);
        if (resource.startsWith("/v1/event")) {
            return TestFunctions.collect(
                    new MemoryEventLog(), EventTypes.BUILT_IN, location, metrics, clock);
        }
        RequestStreamHandler recommend =
                TestFunctions.recommend(
                        recommender,
                        SITE::similarUsers,
                        () -> MODEL,
                        EventTypes.BUILT_IN,
                        location,
                        metrics);
        RequestStreamHandler profile =
                TestFunctions.profile(new MemoryUsers(clock), new MemoryEventLog(), clock);
        MemoryCatalog items = new MemoryCatalog(clock);
        items.put(Item.bare("f1", 1));
        RequestStreamHandler catalog = TestFunctions.catalog(items, metrics, clock);
        return resource.startsWith("/v1/users") && !resource.endsWith("/similar")
                ? profile
                : resource.equals("/v1/items")
                                || resource.equals("/v1/items/{id}")
                                || resource.startsWith("/v1/rules")
                                || (resource.startsWith("/v1/experiments")
                                        && !resource.endsWith("/results"))
                        ? catalog
                        : recommend;
    }

    /** Returns the event that API Gateway makes of a request given as text. */
    static ObjectNode event(String text) {
        ObjectNode event = Gateway.event(text);
        called((ObjectNode) event.path("requestContext"), text.length() % 4);
        return event;
    }

    /** Sets the caller: a page, a user or, for any other number, a caller who signs with IAM. */
    private static void called(ObjectNode context, int by) {
        if (by > 1) {
            context.putObject("identity").put("userArn", "arn:aws:iam::111122223333:role/site");
            return;
        }
        Caller caller =
                by == 0
                        ? new Caller.Publishable(Gateway.KEY_ID, List.of())
                        : new Caller.User("ana", Gateway.KEY_ID, Gateway.AT.plusSeconds(600));
        ObjectNode authorizer = context.putObject("authorizer");
        caller.toContext().forEach(authorizer::put);
    }
}
