package dev.freshet.statistics;

import java.util.Optional;

/**
 * What a list earns under another policy than the one it was drawn by, from sums over lists by
 * place and bucket of users. The weight of a place is the product of π_other/π of the places down
 * to it (McInerney et al., Counterfactual evaluation of slate recommendations with sequential
 * reward interactions, KDD 2020): what happens at a place may depend on the places above, and on
 * none below.
 *
 * @param lists by place and bucket: how many have the place
 * @param weights by place and bucket: their sum
 * @param rewards by place and bucket: the sum of weight times reward
 */
@SuppressWarnings("ArrayRecordComponent") // made and read by one thread
public record ListValue(double[][] lists, double[][] weights, double[][] rewards) {
    /**
     * Returns the sum of weighted rewards over the number of lists (RIPS): unbiased.
     *
     * @return empty where there is no list
     */
    public Optional<BucketRatio> rips() {
        double[] all = new double[lists[0].length];
        for (double[] place : rewards) {
            for (int bucket = 0; bucket < all.length; bucket++) {
                all[bucket] += place[bucket];
            }
        }
        return BucketRatio.of(all, lists[0]);
    }

    /**
     * Returns the sum over the places of weighted rewards over weights, times the share of the
     * lists that have the place (SNRIPS): of less variance than {@link #rips}, and consistent.
     *
     * @return empty where there is no list
     */
    public Optional<BucketRatio> snrips() {
        double all = sum(lists[0]);
        if (all == 0) {
            return Optional.empty();
        }
        double value = 0;
        double[] influence = new double[lists[0].length];
        for (int place = 0; place < lists.length; place++) {
            double share = sum(lists[place]) / all;
            Optional<BucketRatio> ratio = BucketRatio.of(rewards[place], weights[place]);
            if (ratio.isPresent()) {
                value += share * ratio.get().estimate().value();
                for (int bucket = 0; bucket < influence.length; bucket++) {
                    influence[bucket] += share * ratio.get().influence()[bucket];
                }
            }
        }
        return Optional.of(
                new BucketRatio(
                        new Estimate(value, BucketRatio.varianceOfMean(influence)), influence));
    }

    private static double sum(double[] column) {
        double sum = 0;
        for (double one : column) {
            sum += one;
        }
        return sum;
    }
}
