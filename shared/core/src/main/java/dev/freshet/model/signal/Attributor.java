package dev.freshet.model.signal;

/**
 * Attributes the signals of one part of the model to the user's actions: how much lower each signal
 * of a candidate would be without each action. Made per request, for the items of the answer.
 */
@FunctionalInterface
public interface Attributor {
    /**
     * Adds what one candidate would lose.
     *
     * @param at index of the candidate among those that this was made for, from 0
     * @param losses collects the losses by signal and action
     */
    void attribute(int at, ScoreLoss losses);
}
