package dev.freshet.bench.evaluate;

/**
 * Another way to rank the same stream: a published method, held against the blend. Fed by one
 * thread, each meeting in turn: first {@link #score}, where the meeting is to be ranked, then
 * {@link #learn}. The same meetings give the same scores; whatever is random is seeded.
 */
public interface Baseline {
    /** The name in tables and under {@code rivals} in JSON: {@code item-knn}. */
    String name();

    /** How it is set, in a few words: {@code half-life 6 h}; empty where nothing is to be set. */
    default String settings() {
        return "";
    }

    /**
     * Scores every item met so far for the person of this meeting at its moment.
     *
     * <p>The meeting is passed for its person, time and session; its item and what was done are the
     * answer, and must not be looked at.
     *
     * @param asked whose turn it is; not learned yet
     * @param scores to be written over from 0 to {@code scores.length − 1}, by {@link
     *     FirstInteraction#item}: every item met so far; the higher the better, all finite. Items
     *     that the person has met may hold anything: the protocol leaves them out.
     */
    void score(FirstInteraction asked, float[] scores);

    /** Learns a meeting, first or repeated. */
    void learn(FirstInteraction interaction);
}
