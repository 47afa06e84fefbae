package dev.freshet.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code units.json}, from which {@code freshet cost} computes bills, to what the functions
 * consume on the local cloud; {@code -Dfreshet.update=true} measures it anew. Units, requests and
 * bytes are compared; milliseconds are those of the machine that wrote the file.
 */
class MeasuredUnitsTest {
    private static final Path FILE =
            Path.of("..", "cli/src/main/resources/dev/freshet/cli/cost/units.json");
    private static final String COMMAND =
            "./mvnw verify -pl bench -am -Dtest=MeasuredUnitsTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.update=true";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final int USERS = 40;
    private static final int ITEMS = 1_000;

    /** Rounds of four interactions of each user before anything is measured. */
    private static final int ROUNDS = 6;

    /** Impressions of each user, eight hours apart, before anything is measured. */
    private static final int PAST_IMPRESSIONS = 20;

    private static final Duration BETWEEN_IMPRESSIONS = Duration.ofHours(8);

    private static final int INTERACTIONS = 4;
    private static final int SHOWN = 10;
    private static final int RECOMMENDATIONS = 5 * USERS;

    /** Versions of the model that are followed while the cost of a version is measured. */
    private static final int VERSIONS = 4;

    private static final long SEED = 20_261_126;

    /**
     * Differences by which a measurement may differ from the file: part of the value, and least.
     */
    private static final double SHARE = 0.15;

    private static final double LEAST = 0.05;

    @TempDir private static Path state = Path.of("");

    private final Random random = new Random(SEED);
    private int sent;

    @Test
    void theBillIsComputedFromWhatTheFunctionsConsume() throws Exception {
        assumeTrue(
                Boolean.getBoolean("freshet.update") || Boolean.getBoolean("freshet.measure"),
                "a measurement on the local cloud, whose polls depend on the speed of the machine;"
                        + " runs with -Dfreshet.measure=true");
        ObjectNode measured;
        try (UnitsBench bench = new UnitsBench(state)) {
            measured = measure(bench);
        }
        if (Boolean.getBoolean("freshet.update")) {
            write(measured);
        }
        JsonNode kept = JSON.readTree(FILE.toFile()).path("functions");
        for (Map.Entry<String, JsonNode> function : measured.properties()) {
            compare(function.getKey(), kept.path(function.getKey()), function.getValue());
        }
    }

    private ObjectNode measure(UnitsBench bench) {
        catalogue(bench);
        bench.train(1_000);
        for (int round = 0; round < ROUNDS; round++) {
            for (int user = 0; user < USERS; user++) {
                bench.post("/v1/events", body(clicks(user)));
            }
            bench.features(200);
            bench.train(1_000);
        }
        for (int user = 0; user < USERS; user++) {
            List<ObjectNode> shown = new ArrayList<>();
            for (int ago = PAST_IMPRESSIONS; ago > 0; ago--) {
                shown.add(impression(user, BETWEEN_IMPRESSIONS.multipliedBy(ago)));
            }
            bench.post("/v1/events", body(shown));
        }
        bench.features(200);
        ObjectNode functions = JsonNodeFactory.instance.objectNode();
        collect(bench, functions);
        writes(bench, functions);
        recommend(bench, functions);
        authorize(bench, functions);
        compact(bench, functions);
        return functions;
    }

    private void collect(UnitsBench bench, ObjectNode functions) {
        double[] bytes = new double[1];
        UnitsBench.Consumed single =
                bench.consumed(
                        "collect",
                        () -> {
                            for (int user = 0; user < USERS; user++) {
                                bytes[0] +=
                                        length(
                                                bench.post(
                                                        "/v1/events",
                                                        body(clicks(user).subList(0, 1))));
                            }
                        });
        UnitsBench.Consumed several =
                bench.consumed(
                        "collect",
                        () -> {
                            for (int user = 0; user < USERS; user++) {
                                bench.post("/v1/events", body(clicks(user)));
                            }
                        });
        Parts parts = new Parts(functions, "Collect", bench);
        double event =
                per(several.calls().streamUnits() - single.calls().streamUnits(), INTERACTIONS - 1);
        parts.put(
                "invocation",
                values(
                        "milliseconds", bench.medianMs("collect"),
                        "logBytes", single.logBytes() / USERS,
                        "responseBytes", bytes[0] / USERS,
                        "compressedBytes", bytes[0] / USERS));
        parts.put("event", values("streamUnits", event));
    }

    private static double per(double difference, double more) {
        return difference / USERS / more;
    }

    private void writes(UnitsBench bench, ObjectNode functions) {
        bench.features(200);
        bench.train(1_000);
        sendClicks(bench);
        UnitsBench.Consumed small = bench.features(INTERACTIONS);
        UnitsBench.Consumed manyVersions = bench.train(1);
        sendClicks(bench);
        UnitsBench.Consumed large = bench.features(1_000);
        bench.train(1_000);
        sendClicks(bench);
        bench.features(INTERACTIONS);
        UnitsBench.Consumed oneVersion = bench.train(1_000);
        awaitModel(bench);
        for (int user = 0; user < USERS; user++) {
            bench.post("/v1/events", body(List.of(impression(bench, user))));
        }
        UnitsBench.Consumed shown = bench.features(1);

        int events = USERS * INTERACTIONS;
        Parts features = new Parts(functions, "Features", bench);
        Map<String, Double> batch = split(small, large, USERS);
        Map<String, Double> interaction = new TreeMap<>();
        amounts(large)
                .forEach(
                        (unit, all) ->
                                interaction.put(
                                        unit, (all - batch.getOrDefault(unit, 0.0)) / events));
        Map<String, Double> impression = new TreeMap<>();
        amounts(shown)
                .forEach(
                        (unit, all) ->
                                impression.put(
                                        unit,
                                        Math.max(0, all / USERS - batch.getOrDefault(unit, 0.0))));
        features.put("invocation", batch);
        features.put("interaction", interaction);
        features.put("impression", impression);

        Parts train = new Parts(functions, "Train", bench);
        Map<String, Double> version = split(manyVersions, oneVersion, USERS);
        Map<String, Double> example = new TreeMap<>();
        amounts(oneVersion)
                .forEach(
                        (unit, all) ->
                                example.put(
                                        unit, (all - version.getOrDefault(unit, 0.0)) / events));
        train.put("invocation", version);
        train.put("example", example);
    }

    /** Waits until <em>recommend</em> serves from the model, which it follows beside requests. */
    private static void awaitModel(UnitsBench bench) {
        for (int i = 0; i < 400; i++) {
            if (recommendation(bench, 0).body().path("items").size() == SHOWN) {
                return;
            }
            pause();
        }
        throw new AssertionError("the recommendations come from no model");
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void sendClicks(UnitsBench bench) {
        for (int user = 0; user < USERS; user++) {
            bench.post("/v1/events", body(clicks(user)));
        }
    }

    /** Returns what one invocation consumes, from the same work in many invocations and in one. */
    private static Map<String, Double> split(
            UnitsBench.Consumed many, UnitsBench.Consumed one, int invocations) {
        Map<String, Double> once = amounts(one);
        Map<String, Double> each = new TreeMap<>();
        amounts(many)
                .forEach(
                        (unit, all) ->
                                each.put(
                                        unit,
                                        Math.max(
                                                0,
                                                (all - once.getOrDefault(unit, 0.0))
                                                        / (invocations - 1))));
        return each;
    }

    private void recommend(UnitsBench bench, ObjectNode functions) {
        recommendAll(bench, USERS);
        double[][] bytes = new double[1][];
        UnitsBench.Consumed quiet =
                bench.consumed("recommend", () -> bytes[0] = recommendAll(bench, RECOMMENDATIONS));
        long before = version(recommendation(bench, 0));
        for (int version = 0; version < VERSIONS; version++) {
            sendClicks(bench);
            bench.features(1_000);
            bench.train(1_000);
        }
        long[] after = new long[1];
        UnitsBench.Consumed afterVersion =
                bench.consumed(
                        "recommend", () -> after[0] = awaitVersion(bench, before + VERSIONS));
        Parts parts = new Parts(functions, "Recommend", bench);
        parts.put(
                "invocation",
                values(
                        "milliseconds", bench.medianMs("recommend"),
                        "logBytes", quiet.logBytes() / RECOMMENDATIONS,
                        "readUnits",
                                (quiet.calls().reads() - quiet.calls().modelReads())
                                        / RECOMMENDATIONS,
                        "responseBytes", bytes[0][0] / RECOMMENDATIONS,
                        "compressedBytes", bytes[0][1] / RECOMMENDATIONS));
        parts.put(
                "look",
                values(
                        "readUnits",
                        quiet.calls().modelReads() / Math.max(1, quiet.calls().modelCalls())));
        parts.put("version", values("s3Gets", afterVersion.calls().gets() / (after[0] - before)));
    }

    /** Requests recommendations until they come from this version or a later one. */
    private static long awaitVersion(UnitsBench bench, long wanted) {
        for (int i = 0; i < 400; i++) {
            long served = version(recommendation(bench, 0));
            if (served >= wanted) {
                return served;
            }
            pause();
        }
        throw new AssertionError("version " + wanted + " is not served");
    }

    private static long version(ApiResponse answer) {
        return answer.body().at("/model/version").asLong();
    }

    /** Returns the bytes of all responses, as they are and compressed. */
    private double[] recommendAll(UnitsBench bench, int requests) {
        double[] bytes = new double[2];
        for (int i = 0; i < requests; i++) {
            ApiResponse answer = recommendation(bench, i % USERS);
            bytes[0] += length(answer);
            bytes[1] += compressed(answer);
        }
        return bytes;
    }

    private static double compressed(ApiResponse answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(answer.body().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.size();
    }

    private static ApiResponse recommendation(UnitsBench bench, int user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return bench.post(
                "/v1/recommendations", body.put("userId", user(user)).put("count", SHOWN));
    }

    private static void authorize(UnitsBench bench, ObjectNode functions) {
        new Parts(functions, "Authorize", bench)
                .put(
                        "invocation",
                        values(
                                "milliseconds",
                                bench.medianMs("authorize"),
                                "logBytes",
                                bench.logBytes("authorize") / bench.invocations("authorize"),
                                "readUnits",
                                0.5));
    }

    private static void compact(UnitsBench bench, ObjectNode functions) {
        bench.compact();
        UnitsBench.Consumed idle = bench.compact();
        new Parts(functions, "Compact", bench).put("invocation", amounts(idle));
    }

    private static Map<String, Double> amounts(UnitsBench.Consumed consumed) {
        CallCounter.Counts calls = consumed.calls();
        return values(
                "milliseconds", consumed.milliseconds(),
                "logBytes", consumed.logBytes(),
                "readUnits", calls.reads(),
                "writeUnits", calls.writes(),
                "storedBytes", calls.stored(),
                "streamUnits", calls.streamUnits(),
                "s3Puts", calls.puts(),
                "s3Gets", calls.gets());
    }

    private static Map<String, Double> values(Object... namesAndValues) {
        Map<String, Double> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return values;
    }

    /** The parts of one function in the file. */
    private record Parts(ObjectNode json) {
        Parts(ObjectNode functions, String function, UnitsBench bench) {
            this(functions.putObject(function));
            ArrayNode names = json.putArray("metrics");
            bench.metrics(function.toLowerCase(java.util.Locale.ROOT)).forEach(names::add);
            json.putObject("parts");
        }

        void put(String part, Map<String, Double> values) {
            ObjectNode units = json.withObject("/parts").putObject(part);
            values.forEach(
                    (unit, value) -> {
                        double rounded = Math.round(value * 1_000) / 1_000.0;
                        if (rounded != 0) {
                            units.put(unit, rounded);
                        }
                    });
        }
    }

    private static void compare(String function, JsonNode kept, JsonNode measured) {
        List<String> metrics = new ArrayList<>();
        kept.path("metrics").forEach(name -> metrics.add(name.asText()));
        List<String> found = new ArrayList<>();
        measured.path("metrics").forEach(name -> found.add(name.asText()));
        assertThat(found).as("metrics of %s", function).containsExactlyElementsOf(metrics);
        for (Map.Entry<String, JsonNode> part : measured.path("parts").properties()) {
            for (Map.Entry<String, JsonNode> unit : part.getValue().properties()) {
                if (!unit.getKey().equals("milliseconds")) {
                    double before =
                            kept.at("/parts/" + part.getKey() + "/" + unit.getKey()).asDouble();
                    // Lines of the log hold durations, whose digits vary from run to run.
                    double least = unit.getKey().endsWith("Bytes") ? 1 : LEAST;
                    assertThat(unit.getValue().asDouble())
                            .as("%s of %s, %s; %s", unit.getKey(), function, part.getKey(), COMMAND)
                            .isCloseTo(before, within(Math.max(least, SHARE * before)));
                }
            }
        }
    }

    private static void write(ObjectNode functions) throws Exception {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("measured", LocalDate.now(java.time.ZoneOffset.UTC).toString())
                .put("command", COMMAND)
                .put(
                        "machine",
                        System.getProperty("os.arch")
                                + ", "
                                + Runtime.getRuntime().availableProcessors()
                                + " processors, with the emulators on the same ones; milliseconds are"
                                + " of that machine");
        file.putArray("platformLines")
                .add(
                        "{\"time\":\"2026-11-26T10:00:00.000Z\",\"type\":\"platform.start\",\"record\":{\"requestId\":\"40f6c622-67a3-4159-97f2-ce364a0cb7a8\",\"version\":\"12\"}}")
                .add(
                        "{\"time\":\"2026-11-26T10:00:00.020Z\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"40f6c622-67a3-4159-97f2-ce364a0cb7a8\",\"metrics\":{\"durationMs\":18.593,\"billedDurationMs\":19,\"memorySizeMB\":2048,\"maxMemoryUsedMB\":246},\"status\":\"success\"}}");
        file.putArray("accessLines")
                .add(
                        "{\"bytes\":\"2140\",\"error\":\"-\",\"functionMs\":\"12\",\"keyId\":\"0123456789abcdef\",\"latencyMs\":\"15\",\"method\":\"POST\",\"requestId\":\"40f6c622-67a3-4159-97f2-ce364a0cb7a8\",\"route\":\"/v1/recommendations\",\"status\":\"200\",\"time\":\"1795687200000\"}");
        file.set("functions", functions);
        Files.writeString(FILE, JSON.writeValueAsString(file) + "\n");
    }

    private static void catalogue(UnitsBench bench) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < ITEMS; i++) {
            items.addObject()
                    .put("itemId", item(i))
                    .put("version", 1)
                    .put("type", "article")
                    .put("title", "Article " + i)
                    .put("publishedAt", Instant.now().minusSeconds(3_600L * i).toString())
                    .putArray("tags")
                    .add("tag-" + i % 7);
        }
        for (int from = 0; from < ITEMS; from += 100) {
            ObjectNode batch = JsonNodeFactory.instance.objectNode();
            ArrayNode some = batch.putArray("items");
            for (int i = from; i < from + 100; i++) {
                some.add(items.get(i));
            }
            bench.post("/v1/items", batch);
        }
    }

    private List<ObjectNode> clicks(int user) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < INTERACTIONS; i++) {
            events.add(event(user, "click").put("itemId", item(random.nextInt(ITEMS))));
        }
        return events;
    }

    private ObjectNode impression(int user, Duration ago) {
        ObjectNode event =
                event(user, "impression")
                        .put("placement", "home")
                        .put("occurredAt", Instant.now().minus(ago).toString());
        ArrayNode items = event.putArray("items");
        random.ints(0, ITEMS).distinct().limit(SHOWN).forEach(i -> items.add(item(i)));
        return event;
    }

    /** Returns an impression of the user's latest recommendations, with their token. */
    private ObjectNode impression(UnitsBench bench, int user) {
        JsonNode shown = recommendation(bench, user).body();
        return event(user, "impression").put("exposure", shown.path("exposure").asText());
    }

    private ObjectNode event(int user, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("eventId", "0190a1b2-c3d4-7e5f-8a9b-" + String.format("%012d", sent++))
                .put("type", type)
                .put("userId", user(user))
                .put("occurredAt", Instant.now().toString());
    }

    private static ObjectNode body(List<ObjectNode> events) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("events").addAll(events);
        return body;
    }

    private static String user(int number) {
        return "6f1c2d3e-4b5a-4c6d-8e7f-" + String.format("%012d", number);
    }

    private static String item(int number) {
        return "article-" + (100_000 + number);
    }

    private static double length(ApiResponse answer) {
        return answer.body().toString().length();
    }
}
