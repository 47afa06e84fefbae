package dev.freshet.bench.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.bench.setup.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final Map<String, List<Double>> mib = new LinkedHashMap<>();
    private final List<Double> seconds = new ArrayList<>();
    private final Supplier<JsonNode> status;
    private final Thread thread;
    private volatile boolean going = true;

    /**
     * Starts the trace.
     *
     * @param status reads the local cloud's status
     */
    MemoryTrace(Supplier<JsonNode> status) {
        this.status = status;
        long start = System.nanoTime();
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("memory")
                        .start(
                                () -> {
                                    while (going && seconds() < MAX_SAMPLES) {
                                        sample((System.nanoTime() - start) / 1e9);
                                        try {
                                            Thread.sleep(EVERY_MS);
                                        } catch (InterruptedException over) {
                                            return;
                                        }
                                    }
                                });
    }

    private synchronized int seconds() {
        return seconds.size();
    }

    private void sample(double at) {
        JsonNode current = status.get();
        if (!current.path("processes").isArray()) {
            return;
        }
        synchronized (this) {
            for (JsonNode process : current.path("processes")) {
                add(process.path("name").asText(), process.path("residentBytes").asDouble());
            }
            add(ALL, current.path("residentBytes").asDouble());
            seconds.add(at);
        }
    }

    /** Adds a sample; samples before the first one of a process are 0. */
    private void add(String name, double bytes) {
        List<Double> row = mib.computeIfAbsent(name, n -> new ArrayList<>());
        while (row.size() < seconds.size()) {
            row.add(0.0);
        }
        row.add(bytes / MIB);
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

    /** Returns the summary of each process; empty for a trace of fewer than eight samples. */
    synchronized Map<String, Course> courses() {
        Map<String, Course> courses = new LinkedHashMap<>();
        if (seconds.size() >= 8) {
            int from = (int) (seconds.size() * WARM_UP_SHARE);
            mib.forEach((name, row) -> courses.put(name, course(seconds, row, from)));
        }
        return courses;
    }

    /** Returns the summary of samples; one that is missing at the end is 0. */
    static Course course(List<Double> seconds, List<Double> mib, int from) {
        SimpleRegression line = new SimpleRegression();
        SummaryStatistics all = new SummaryStatistics();
        for (int i = from; i < seconds.size(); i++) {
            double value = i < mib.size() ? mib.get(i) : 0;
            line.addData(seconds.get(i), value);
            all.addValue(value);
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
        going = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
