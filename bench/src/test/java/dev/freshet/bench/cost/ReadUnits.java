package dev.freshet.bench.cost;

import static dev.freshet.bench.cost.UnitsTraffic.USERS;

import dev.freshet.cli.client.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        UnitsBench.Consumed quiet =
                bench.consumed("recommend", () -> bytes[0] = recommendAll(RECOMMENDATIONS));
        long before = traffic.version();
        for (int version = 0; version < VERSIONS; version++) {
            traffic.sendClicks();
            bench.features(1_000);
            bench.train(1_000);
        }
        long[] after = new long[1];
        UnitsBench.Consumed following =
                bench.consumed(
                        "recommend", () -> after[0] = traffic.awaitVersion(before + VERSIONS));
        functions.add("Recommend", bench.metrics("recommend"));
        double reads = quiet.calls().reads() - quiet.calls().modelReads();
        functions.put(
                "Recommend",
                "invocation",
                FunctionUnits.values(
                        "milliseconds",
                        bench.medianMs("recommend"),
                        "logBytes",
                        quiet.logBytes() / RECOMMENDATIONS,
                        "readUnits",
                        reads / RECOMMENDATIONS,
                        "responseBytes",
                        bytes[0][0],
                        "compressedBytes",
                        bytes[0][1]));
        functions.put(
                "Recommend",
                "look",
                FunctionUnits.values(
                        "readUnits",
                        quiet.calls().modelReads() / Math.max(1, quiet.calls().modelCalls())));
        functions.put(
                "Recommend",
                "version",
                FunctionUnits.values("s3Gets", following.calls().gets() / (after[0] - before)));
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
        functions.put(
                "Authorize",
                "invocation",
                FunctionUnits.values(
                        "milliseconds",
                        bench.medianMs("authorize"),
                        "logBytes",
                        bench.logBytes("authorize") / bench.invocations("authorize"),
                        "readUnits",
                        0.5));
    }

    /** Measures a compaction that has nothing to do. */
    void compact() {
        bench.compact();
        UnitsBench.Consumed idle = bench.compact();
        functions.add("Compact", bench.metrics("compact"));
        functions.put("Compact", "invocation", FunctionUnits.amounts(idle));
    }
}
