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
 * The resident memory of every process of a local cloud, by its own status, once every {@value
 * #EVERY_MS} ms on a thread of its own, at most {@value #MAX_SAMPLES} times.
 */
final class MemoryTrace implements AutoCloseable {
    static final int EVERY_MS = 2_000;
    static final int MAX_SAMPLES = 4_000;

    /** The share of a trace at its beginning that is left out of its slope: warming up. */
    static final double WARMING = 0.25;

    private static final String ALL = "all together";
    private static final double MIB = 1 << 20;

    private final Map<String, List<Double>> mib = new LinkedHashMap<>();
    private final List<Double> seconds = new ArrayList<>();
    private final Supplier<JsonNode> status;
    private final Thread thread;
    private volatile boolean going = true;

    /**
     * Begins.
     *
     * @param status asks for the local cloud's status
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
        JsonNode said = status.get();
        if (!said.path("processes").isArray()) {
            return;
        }
        synchronized (this) {
            for (JsonNode process : said.path("processes")) {
                add(process.path("name").asText(), process.path("residentBytes").asDouble());
            }
            add(ALL, said.path("residentBytes").asDouble());
            seconds.add(at);
        }
    }

    /** A process that appears late is 0 before. */
    private void add(String name, double bytes) {
        List<Double> row = mib.computeIfAbsent(name, n -> new ArrayList<>());
        while (row.size() < seconds.size()) {
            row.add(0.0);
        }
        row.add(bytes / MIB);
    }

    /** Seconds since the beginning, of each sample. */
    synchronized List<Double> at() {
        return List.copyOf(seconds);
    }

    /** MiB by process, {@code all together} last of those that were there from the beginning. */
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
     * What a process did over the trace, its first quarter left out.
     *
     * @param meanMib over the rest
     * @param mibAMinute the slope of the line through the rest, least squares
     */
    record Course(double meanMib, double mibAMinute, double mostMib) {
        /** Whether it grows by less than a tenth of itself in ten minutes. */
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

    /** The course of each process; empty for a trace of less than eight samples. */
    Map<String, Course> courses() {
        List<Double> at = at();
        Map<String, Course> courses = new LinkedHashMap<>();
        if (at.size() >= 8) {
            int from = (int) (at.size() * WARMING);
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
