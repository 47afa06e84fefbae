package dev.freshet.bench.ope;

/** A prediction of rewards. */
@FunctionalInterface
interface RewardModel {
    /**
     * Returns the reward to expect from a place on, where an item is shown there.
     *
     * @param place from 0
     */
    double value(int place, String item);
}
