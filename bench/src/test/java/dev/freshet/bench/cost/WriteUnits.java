package dev.freshet.bench.cost;

import static dev.freshet.bench.cost.FunctionUnits.amount;
import static dev.freshet.bench.cost.FunctionUnits.each;
import static dev.freshet.bench.cost.UnitsTraffic.INTERACTIONS;
import static dev.freshet.bench.cost.UnitsTraffic.USERS;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Measures the functions of the write flow: <em>collect</em>, <em>features</em>, <em>train</em>.
 */
final class WriteUnits {
    private final UnitsBench bench;
    private final UnitsTraffic traffic;
    private final FunctionUnits functions;

    WriteUnits(UnitsBench bench, UnitsTraffic traffic, FunctionUnits functions) {
        this.bench = bench;
        this.traffic = traffic;
        this.functions = functions;
    }

    /** Measures requests of one event and of several: what is left is one event's. */
    void collect() {
        double[] bytes = new double[1];
        Map<String, Double> single =
                bench.consumed(
                        "collect",
                        () -> {
                            for (int user = 0; user < USERS; user++) {
                                bytes[0] +=
                                        UnitsBench.length(
                                                traffic.send(traffic.clicks(user).subList(0, 1)));
                            }
                        });
        Map<String, Double> several = bench.consumed("collect", traffic::sendClicks);
        functions.add("Collect", bench.metrics("collect"));
        functions.put(
                "Collect",
                "invocation",
                Map.ofEntries(
                        entry("milliseconds", bench.medianMs("collect")),
                        entry("logBytes", amount(single, "logBytes") / USERS),
                        entry("responseBytes", bytes[0] / USERS),
                        entry("compressedBytes", bytes[0] / USERS)));
        double more = amount(several, "streamUnits") - amount(single, "streamUnits");
        functions.put("Collect", "event", Map.of("streamUnits", more / USERS / (INTERACTIONS - 1)));
    }

    /** Measures equal events in batches of one user and in one batch, and impressions. */
    void featuresAndTrain() {
        bench.features(200);
        bench.train(1_000);
        traffic.sendClicks();
        Map<String, Double> small = bench.features(INTERACTIONS);
        Map<String, Double> manyVersions = bench.train(1);
        traffic.sendClicks();
        Map<String, Double> large = bench.features(1_000);
        bench.train(1_000);
        traffic.sendClicks();
        bench.features(INTERACTIONS);
        Map<String, Double> oneVersion = bench.train(1_000);
        traffic.awaitModel();
        List<JsonNode> lists = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            lists.add(traffic.recommendation(user).body());
            traffic.send(List.of(traffic.impression(user, lists.getLast())));
        }
        Map<String, Double> shown = bench.features(1);
        for (int user = 0; user < USERS; user++) {
            traffic.send(traffic.clicks(user).subList(0, 1));
        }
        Map<String, Double> plain = bench.features(1);
        for (int user = 0; user < USERS; user++) {
            traffic.send(List.of(traffic.click(user, lists.get(user))));
        }
        Map<String, Double> clicked = bench.features(1);

        int events = USERS * INTERACTIONS;
        Map<String, Double> batch = split(small, large);
        functions.add("Features", bench.metrics("features"));
        functions.put("Features", "invocation", batch);
        DoubleBinaryOperator ofOneEvent = (all, invocation) -> (all - invocation) / events;
        functions.put("Features", "interaction", each(large, batch, ofOneEvent));
        // Each impression had an invocation of its own.
        functions.put(
                "Features",
                "impression",
                each(shown, batch, (all, invocation) -> Math.max(0, all / USERS - invocation)));
        // A click with a token, beyond one without.
        functions.put(
                "Features",
                "outcome",
                each(clicked, plain, (all, without) -> Math.max(0, all - without) / USERS));
        Map<String, Double> version = split(manyVersions, oneVersion);
        functions.add("Train", bench.metrics("train"));
        functions.put("Train", "invocation", version);
        functions.put("Train", "example", each(oneVersion, version, ofOneEvent));
    }

    /** Returns what one invocation consumes, from the same work in many invocations and in one. */
    private static Map<String, Double> split(Map<String, Double> many, Map<String, Double> one) {
        return each(many, one, (all, once) -> Math.max(0, (all - once) / (USERS - 1)));
    }
}
