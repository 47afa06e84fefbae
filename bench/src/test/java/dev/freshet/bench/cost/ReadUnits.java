package dev.freshet.bench.cost;

import static dev.freshet.bench.cost.FunctionUnits.amount;
import static dev.freshet.bench.cost.UnitsTraffic.USERS;
import static java.util.Map.entry;

import dev.freshet.api.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Measures the functions of the read flow, and an idle compaction. */
final class ReadUnits {
    private static final int RECOMMENDATIONS = 5 * USERS;

    /** Versions of the model that are followed while the cost of a version is measured. */
    private static final int VERSIONS = 4;

    private final UnitsBench bench;
    private final UnitsTraffic traffic;
    private final FunctionUnits functions;

    ReadUnits(UnitsBench bench, UnitsTraffic traffic, FunctionUnits functions) {
        this.bench = bench;
        this.traffic = traffic;
        this.functions = functions;
    }

    /**
     * Measures recommendations while the model does not change, and what it takes to follow it.
     *
     * @param warm requests before that, so that the median is one of compiled code
     */
    void recommend(int warm) {
        recommendAll(warm);
        double[][] bytes = new double[1][];
        Map<String, Double> quiet =
                bench.consumed("recommend", () -> bytes[0] = recommendAll(RECOMMENDATIONS));
        long before = traffic.version();
        for (int version = 0; version < VERSIONS; version++) {
            traffic.sendClicks();
            bench.features(1_000);
            bench.train(1_000);
        }
        long[] after = new long[1];
        Map<String, Double> following =
                bench.consumed(
                        "recommend", () -> after[0] = traffic.awaitVersion(before + VERSIONS));
        functions.add("Recommend", bench.metrics("recommend"));
        double ofModel = amount(quiet, CallCounter.MODEL_READS);
        double reads = amount(quiet, "readUnits") - ofModel;
        functions.put(
                "Recommend",
                "invocation",
                Map.ofEntries(
                        entry("milliseconds", bench.medianMs("recommend")),
                        entry("logBytes", amount(quiet, "logBytes") / RECOMMENDATIONS),
                        entry("readUnits", reads / RECOMMENDATIONS),
                        entry("responseBytes", bytes[0][0]),
                        entry("compressedBytes", bytes[0][1])));
        double looks = Math.max(1, amount(quiet, CallCounter.MODEL_CALLS));
        functions.put("Recommend", "look", Map.of("readUnits", ofModel / looks));
        double gets = amount(following, "s3Gets");
        functions.put("Recommend", "version", Map.of("s3Gets", gets / (after[0] - before)));
    }

    /**
     * Returns the mean bytes of the responses that are not degraded, as they are and compressed.
     */
    private double[] recommendAll(int requests) {
        double[] bytes = new double[2];
        int whole = 0;
        for (int i = 0; i < requests; i++) {
            ApiResponse answer = traffic.recommendation(i % USERS);
            if (!answer.body().path("degraded").asBoolean()) {
                bytes[0] += UnitsBench.length(answer);
                bytes[1] += compressed(answer);
                whole++;
            }
        }
        return new double[] {bytes[0] / Math.max(1, whole), bytes[1] / Math.max(1, whole)};
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

    /** Reports the checks of credentials so far. */
    void authorize() {
        functions.add("Authorize", bench.metrics("authorize"));
        double logged = bench.logBytes("authorize") / bench.invocations("authorize");
        functions.put(
                "Authorize",
                "invocation",
                Map.ofEntries(
                        entry("milliseconds", bench.medianMs("authorize")),
                        entry("logBytes", logged),
                        entry("readUnits", 0.5)));
    }

    /** Measures a compaction that has nothing to do. */
    void compact() {
        bench.compact();
        Map<String, Double> idle = bench.compact();
        functions.add("Compact", bench.metrics("compact"));
        functions.put("Compact", "invocation", idle);
    }
}
