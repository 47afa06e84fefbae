package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.demo.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares one's own freshness of clouds with a lake and of clouds without, run in turn. The two
 * runs of a pair have one seed.
 */
final class FreshnessPairs {
    private final List<Pair> pairs = new ArrayList<>();
    private final Latencies without = new Latencies();
    private final Latencies with = new Latencies();

    /**
     * Two runs of one seed.
     *
     * @param load of the machine after both
     * @param arrivals rows that the lake had in the end
     */
    record Pair(long seed, Distribution without, Distribution with, double load, long arrivals) {
        /** Returns the 99th percentile with a lake as a multiple of that without. */
        double ratio() {
            return with.p99() / without.p99();
        }
    }

    /** Adds the runs of one seed. */
    void add(long seed, Latencies off, Latencies on, double load, long arrivals) {
        pairs.add(new Pair(seed, Distribution.of(off), Distribution.of(on), load, arrivals));
        without.addAll(off);
        with.addAll(on);
    }

    /** Returns the ratios of the pairs, in ascending order. */
    private List<Double> ratios() {
        return pairs.stream().map(Pair::ratio).sorted().toList();
    }

    private Pair together() {
        return new Pair(0, Distribution.of(without), Distribution.of(with), 0, 0);
    }

    /** Returns the median of the ratios; that of an even number is the mean of the middle two. */
    double median() {
        List<Double> sorted = ratios();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("pairs");
        for (Pair pair : pairs) {
            ObjectNode one = all.addObject().put("seed", pair.seed());
            one.set("withoutLakeMs", pair.without().toJson());
            one.set("withLakeMs", pair.with().toJson());
            one.put("p99Ratio", hundredths(pair.ratio()))
                    .put("load", hundredths(pair.load()))
                    .put("arrivals", pair.arrivals());
        }
        Pair together = together();
        json.set("withoutLakeMs", together.without().toJson());
        json.set("withLakeMs", together.with().toJson());
        return json.put("p99Ratio", hundredths(together.ratio()))
                .put("medianP99Ratio", hundredths(median()));
    }

    String toText() {
        List<String> lines = new ArrayList<>();
        lines.add(Distribution.HEADING);
        for (Pair pair : pairs) {
            lines.add(pair.without().toText("seed " + pair.seed() + " without a lake"));
            lines.add(
                    pair.with().toText("seed " + pair.seed() + " with a lake")
                            + String.format(
                                    Locale.ROOT,
                                    "  p99 x %.2f, load %.1f, %,d arrivals",
                                    pair.ratio(),
                                    pair.load(),
                                    pair.arrivals()));
        }
        Pair together = together();
        lines.add(together.without().toText("all without a lake"));
        lines.add(
                together.with().toText("all with a lake")
                        + String.format(Locale.ROOT, "  p99 x %.2f", together.ratio()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "p99 with a lake by p99 without: median of the pairs %.2f, from %.2f to %.2f",
                        median(),
                        ratios().getFirst(),
                        ratios().getLast()));
        return String.join(System.lineSeparator(), lines);
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
