package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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

    /** Returns the time of each sample, in seconds since the start. */
    synchronized List<Double> at() {
        return List.copyOf(seconds);
    }

    /** Returns the samples in MiB by process, with the total as {@code all together}. */
    synchronized Map<String, List<Double>> mib() {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        mib.forEach(
                (name, row) -> {
                    List<Double> full = new ArrayList<>(row);
                    while (full.size() < seconds.size()) {
                        full.add(0.0);
                    }
                    copy.put(name, List.copyOf(full));
                });
        return copy;
    }

    /**
     * Summary of a process's memory, without the first quarter of the trace.
     *
     * @param meanMib mean in MiB
     * @param mibAMinute slope of the least-squares line, in MiB per minute
     * @param mostMib maximum in MiB
     */
    record Course(double meanMib, double mibAMinute, double mostMib) {
        /** Returns whether the memory grows by less than a tenth of its mean in ten minutes. */
        boolean flat() {
            return mibAMinute * 10 < meanMib / 10;
        }

        ObjectNode toJson() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("meanMiB", LoadStep.tenths(meanMib))
                    .put("mostMiB", LoadStep.tenths(mostMib))
                    .put("MiBaMinute", Math.round(mibAMinute * 100) / 100.0)
                    .put("flat", flat());
        }
    }

    /** Returns the summary of each process; empty for a trace of fewer than eight samples. */
    Map<String, Course> courses() {
        List<Double> at = at();
        Map<String, Course> courses = new LinkedHashMap<>();
        if (at.size() >= 8) {
            int from = (int) (at.size() * WARM_UP_SHARE);
            mib().forEach((name, row) -> courses.put(name, course(at, row, from)));
        }
        return courses;
    }

    static Course course(List<Double> seconds, List<Double> mib, int from) {
        int n = mib.size() - from;
        double meanX = 0;
        double meanY = 0;
        double most = 0;
        for (int i = from; i < mib.size(); i++) {
            meanX += seconds.get(i) / n;
            meanY += mib.get(i) / n;
            most = Math.max(most, mib.get(i));
        }
        double xy = 0;
        double xx = 0;
        for (int i = from; i < mib.size(); i++) {
            xy += (seconds.get(i) - meanX) * (mib.get(i) - meanY);
            xx += (seconds.get(i) - meanX) * (seconds.get(i) - meanX);
        }
        return new Course(meanY, xx == 0 ? 0 : 60 * xy / xx, most);
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
