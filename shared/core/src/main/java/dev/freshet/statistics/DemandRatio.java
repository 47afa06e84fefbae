package dev.freshet.statistics;

import java.util.Arrays;

/**
 * How many times its share of the supply a topic's share of the demand is, with an interval at 95
 * %: x = ln((d + ½) / (D + T/2)) − ln((p + ½) / (P + T/2)), se = √(φ / (d + ½) + 1 / (p + ½)), told
 * as eˣ with e^(x ± 1.96 se). The halves keep topics without demand or supply finite.
 *
 * @param times the ratio of the shares
 * @param interval of the ratio
 */
public record DemandRatio(double times, ConfidenceInterval interval) {
    /**
     * Supply and demand of all topics of a kind.
     *
     * @param supply P, the sum over the topics
     * @param demand D, the sum over the topics
     * @param topics T, at least 1
     * @param overdispersion φ, at least 1
     */
    public record Market(double supply, double demand, int topics, double overdispersion) {
        /**
         * Returns the ratio of a topic.
         *
         * @param ofTopic p, the supply of the topic
         * @param forTopic d, the demand for it
         */
        public DemandRatio of(double ofTopic, double forTopic) {
            double x =
                    Math.log((forTopic + 0.5) / (demand + topics / 2.0))
                            - Math.log((ofTopic + 0.5) / (supply + topics / 2.0));
            double error = Math.sqrt(overdispersion / (forTopic + 0.5) + 1 / (ofTopic + 0.5));
            return new DemandRatio(
                    Math.exp(x),
                    ConfidenceInterval.around(x, ConfidenceInterval.Z * error).map(Math::exp));
        }
    }

    /**
     * Returns the overdispersion φ of counts: the median over topics of how many times more their
     * counts vary about their share of each period's sum than chance alone would, at least 1. What
     * all topics have in common, such as the course of a day, is no part of it. Of one topic it is
     * Σ (n − e)² / (e (1 − s)) / (H − 1) over the H periods with anything in them, where s is the
     * topic's share of all and e is s times the period's sum (Pearson's statistic over its degrees
     * of freedom: McCullagh and Nelder, Generalized Linear Models, 1989, 4.5).
     *
     * @param counts by topic and period, each topic with as many periods
     */
    public static double overdispersion(double[][] counts) {
        double[] sums = sums(counts);
        double all = Arrays.stream(sums).sum();
        long periods = Arrays.stream(sums).filter(sum -> sum > 0).count();
        if (periods < 2) {
            return 1;
        }
        double[] ratios =
                Arrays.stream(counts)
                        .mapToDouble(topic -> pearson(topic, sums, all) / (periods - 1))
                        .filter(ratio -> ratio > 0)
                        .sorted()
                        .toArray();
        int n = ratios.length;
        return n == 0 ? 1 : Math.max(1, (ratios[n / 2] + ratios[(n - 1) / 2]) / 2);
    }

    private static double[] sums(double[][] counts) {
        double[] sums = new double[counts.length == 0 ? 0 : counts[0].length];
        for (double[] topic : counts) {
            for (int period = 0; period < sums.length; period++) {
                sums[period] += topic[period];
            }
        }
        return sums;
    }

    private static double pearson(double[] topic, double[] sums, double all) {
        double share = Arrays.stream(topic).sum() / all;
        double statistic = 0;
        for (int period = 0; period < sums.length && share < 1; period++) {
            double expected = share * sums[period];
            if (expected > 0) {
                statistic +=
                        (topic[period] - expected)
                                * (topic[period] - expected)
                                / (expected * (1 - share));
            }
        }
        return statistic;
    }
}
