package dev.freshet.bench.cost;

import static dev.freshet.bench.cost.UnitsTraffic.INTERACTIONS;
import static dev.freshet.bench.cost.UnitsTraffic.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        UnitsBench.Consumed single =
                bench.consumed(
                        "collect",
                        () -> {
                            for (int user = 0; user < USERS; user++) {
                                bytes[0] +=
                                        UnitsBench.length(
                                                traffic.send(traffic.clicks(user).subList(0, 1)));
                            }
                        });
        UnitsBench.Consumed several = bench.consumed("collect", traffic::sendClicks);
        functions.add("Collect", bench.metrics("collect"));
        functions.put(
                "Collect",
                "invocation",
                FunctionUnits.values(
                        "milliseconds", bench.medianMs("collect"),
                        "logBytes", single.logBytes() / USERS,
                        "responseBytes", bytes[0] / USERS,
                        "compressedBytes", bytes[0] / USERS));
        double more = several.calls().streamUnits() - single.calls().streamUnits();
        functions.put(
                "Collect",
                "event",
                FunctionUnits.values("streamUnits", more / USERS / (INTERACTIONS - 1)));
    }

    /** Measures equal events in batches of one user and in one batch, and impressions. */
    void featuresAndTrain() {
        bench.features(200);
        bench.train(1_000);
        traffic.sendClicks();
        UnitsBench.Consumed small = bench.features(INTERACTIONS);
        UnitsBench.Consumed manyVersions = bench.train(1);
        traffic.sendClicks();
        UnitsBench.Consumed large = bench.features(1_000);
        bench.train(1_000);
        traffic.sendClicks();
        bench.features(INTERACTIONS);
        UnitsBench.Consumed oneVersion = bench.train(1_000);
        traffic.awaitModel();
        List<JsonNode> lists = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            lists.add(traffic.recommendation(user).body());
            traffic.send(List.of(traffic.impression(user, lists.getLast())));
        }
        UnitsBench.Consumed shown = bench.features(1);
        for (int user = 0; user < USERS; user++) {
            traffic.send(traffic.clicks(user).subList(0, 1));
        }
        UnitsBench.Consumed plain = bench.features(1);
        for (int user = 0; user < USERS; user++) {
            traffic.send(List.of(traffic.click(user, lists.get(user))));
        }
        UnitsBench.Consumed clicked = bench.features(1);

        int events = USERS * INTERACTIONS;
        Map<String, Double> batch = FunctionUnits.split(small, large, USERS);
        functions.add("Features", bench.metrics("features"));
        functions.put("Features", "invocation", batch);
        functions.put(
                "Features",
                "interaction",
                FunctionUnits.each(FunctionUnits.amounts(large), batch, events));
        functions.put("Features", "impression", impression(shown, batch));
        functions.put("Features", "outcome", outcome(clicked, plain));

        Map<String, Double> version = FunctionUnits.split(manyVersions, oneVersion, USERS);
        functions.add("Train", bench.metrics("train"));
        functions.put("Train", "invocation", version);
        functions.put(
                "Train",
                "example",
                FunctionUnits.each(FunctionUnits.amounts(oneVersion), version, events));
    }

    /** Returns what an impression consumes, each of which had an invocation of its own. */
    private static Map<String, Double> impression(
            UnitsBench.Consumed shown, Map<String, Double> batch) {
        Map<String, Double> impression = new TreeMap<>();
        FunctionUnits.amounts(shown)
                .forEach(
                        (unit, all) ->
                                impression.put(
                                        unit,
                                        Math.max(0, all / USERS - batch.getOrDefault(unit, 0.0))));
        return impression;
    }

    /** Returns what a click with a token consumes beyond one without. */
    private static Map<String, Double> outcome(
            UnitsBench.Consumed clicked, UnitsBench.Consumed plain) {
        Map<String, Double> without = FunctionUnits.amounts(plain);
        Map<String, Double> outcome = new TreeMap<>();
        FunctionUnits.amounts(clicked)
                .forEach(
                        (unit, all) ->
                                outcome.put(
                                        unit,
                                        Math.max(0, all - without.getOrDefault(unit, 0.0))
                                                / USERS));
        return outcome;
    }
}
