package dev.freshet.bench.baseline;

/**
 * A published ranking method that is compared with the blend on the same stream. Called by one
 * thread for each interaction in turn: first {@link #score}, if the interaction is to be ranked,
 * then {@link #learn}. Deterministic: equal streams give equal scores, and randomness is seeded.
 */
public interface Baseline {
    /**
     * Scores all items known so far for the person of an interaction at its time.
     *
     * <p>The interaction provides the person, time and session; its item and type are what is to be
     * predicted and must not be read.
     *
     * @param request the interaction to be ranked, which is not learned yet
     * @param scores output, overwritten from 0 to {@code scores.length − 1}, by {@link
     *     FirstInteraction#item}, for every item known so far; higher is better, all finite. Items
     *     with which the person has interacted may have any score, because the protocol excludes
     *     them.
     */
    void score(FirstInteraction request, float[] scores);

    /** Learns an interaction that shows interest, first or repeated. */
    void learn(FirstInteraction interaction);

    /**
     * Begins the test of a protocol that learns first and ranks then: called once, after the last
     * interaction to be learned before. What is trained in batches is trained on all of it.
     */
    default void startTest() {}

    /**
     * Adds an interaction that shows interest to the person's own history alone, which later
     * requests of this person reflect. Nothing else is learned from it: the method is frozen.
     * Without effect on methods that do not depend on the person.
     */
    default void observe(FirstInteraction interaction) {}
}
