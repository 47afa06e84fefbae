package dev.freshet.bench;

import dev.freshet.bench.setup.Measurement;
import dev.freshet.console.Text;
import dev.freshet.demo.Latencies;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;

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
     * @param p99Ratio the 99th percentile with a lake as a multiple of that without
     * @param load of the machine after both
     * @param arrivals rows that the lake had in the end
     */
    private record Pair(
            long seed,
            Distribution withoutLakeMs,
            Distribution withLakeMs,
            double p99Ratio,
            double load,
            long arrivals) {}

    /** The pairs, and what all their runs together show. */
    record Figures(
            List<?> pairs,
            Distribution withoutLakeMs,
            Distribution withLakeMs,
            double p99Ratio,
            double medianP99Ratio) {}

    /** Adds the runs of one seed. */
    void add(long seed, Latencies off, Latencies on, double load, long arrivals) {
        pairs.add(
                new Pair(
                        seed,
                        Distribution.of(off),
                        Distribution.of(on),
                        ratio(off, on),
                        load,
                        arrivals));
        without.addAll(off);
        with.addAll(on);
    }

    private static double ratio(Latencies off, Latencies on) {
        return Measurement.rounded(on.millis(99) / off.millis(99), 100);
    }

    private double[] ratios() {
        return pairs.stream().mapToDouble(Pair::p99Ratio).toArray();
    }

    Figures figures() {
        return new Figures(
                pairs,
                Distribution.of(without),
                Distribution.of(with),
                ratio(without, with),
                Measurement.rounded(new Median().evaluate(ratios()), 100));
    }

    Text text() {
        Text text = Distribution.heading();
        for (Pair pair : pairs) {
            text.add("%s", pair.withoutLakeMs.toText("seed " + pair.seed + " without a lake"));
            text.add(
                    "%s  p99 x %.2f, load %.1f, %,d arrivals",
                    pair.withLakeMs.toText("seed " + pair.seed + " with a lake"),
                    pair.p99Ratio,
                    pair.load,
                    pair.arrivals);
        }
        text.add("%s", Distribution.of(without).toText("all without a lake"));
        text.add(
                "%s  p99 x %.2f",
                Distribution.of(with).toText("all with a lake"), ratio(without, with));
        return text.add(
                "p99 with a lake by p99 without: median of the pairs %.2f, from %.2f to %.2f",
                new Median().evaluate(ratios()), StatUtils.min(ratios()), StatUtils.max(ratios()));
    }
}
