package dev.freshet.bench.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.bench.setup.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Trace of the resident memory of every process of a local cloud, read from its status every
 * {@value #EVERY_MS} ms on a separate thread, at most {@value #MAX_SAMPLES} times.
 */
final class MemoryTrace implements AutoCloseable {
    static final int EVERY_MS = 2_000;
    static final int MAX_SAMPLES = 4_000;

    /** Share of a trace at its beginning that is excluded from the slope as warm-up. */
    static final double WARM_UP_SHARE = 0.25;

    private static final String ALL = "all together";
    private static final double MIB = 1 << 20;

    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService sampling =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("memory").factory());

    /** Memory of each process at a time. */
    private record Sample(double seconds, Map<String, Double> mib) {}

    /**
     * Starts the trace.
     *
     * @param status reads the local cloud's status
     * @param notes receives a sentence for each sample that failed
     */
    MemoryTrace(Supplier<JsonNode> status, Consumer<String> notes) {
        long start = System.nanoTime();
        Runnable sampler =
                () -> {
                    try {
                        sample(status, (System.nanoTime() - start) / 1e9);
                    } catch (RuntimeException failed) {
                        notes.accept("A sample of the memory is missing: " + failed);
                    }
                };
        var _ = sampling.scheduleWithFixedDelay(sampler, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void sample(Supplier<JsonNode> status, double seconds) {
        if (samples.size() == MAX_SAMPLES) {
            return;
        }
        JsonNode read = status.get();
        if (read.path("processes").isArray()) {
            Map<String, Double> mib = new LinkedHashMap<>();
            read.path("processes").forEach(one -> mib.put(one.path("name").asText(), mib(one)));
            mib.put(ALL, mib(read));
            samples.add(new Sample(seconds, mib));
        }
    }

    private static double mib(JsonNode status) {
        return status.path("residentBytes").asDouble() / MIB;
    }

    /**
     * Summary of a process's memory, without the first quarter of the trace.
     *
     * @param meanMiB mean in MiB
     * @param mostMiB maximum in MiB
     * @param mibAMinute slope of the least-squares line, in MiB per minute
     * @param flat whether the memory grows by less than a tenth of its mean in ten minutes
     */
    record Course(
            double meanMiB,
            double mostMiB,
            @JsonProperty("MiBaMinute") double mibAMinute,
            boolean flat) {}

    /**
     * Returns the summary of each process, without memory where it did not run; empty for a trace
     * of fewer than eight samples. The trace is closed.
     */
    Map<String, Course> courses() {
        Map<String, Course> courses = new LinkedHashMap<>();
        if (samples.size() >= 8) {
            List<Double> seconds = samples.stream().map(Sample::seconds).toList();
            samples.stream()
                    .flatMap(sample -> sample.mib.keySet().stream())
                    .distinct()
                    .forEach(name -> courses.put(name, course(seconds, mib(name))));
        }
        return courses;
    }

    private List<Double> mib(String name) {
        return samples.stream().map(sample -> sample.mib.getOrDefault(name, 0.0)).toList();
    }

    /** Returns the summary of samples. */
    static Course course(List<Double> seconds, List<Double> mib) {
        SimpleRegression line = new SimpleRegression();
        SummaryStatistics all = new SummaryStatistics();
        for (int i = (int) (seconds.size() * WARM_UP_SHARE); i < seconds.size(); i++) {
            line.addData(seconds.get(i), mib.get(i));
            all.addValue(mib.get(i));
        }
        double slope = 60 * line.getSlope();
        return new Course(
                Measurement.tenths(all.getMean()),
                Measurement.tenths(all.getMax()),
                Measurement.rounded(slope, 100),
                slope * 10 < all.getMean() / 10);
    }

    @Override
    public void close() {
        sampling.close();
    }
}
