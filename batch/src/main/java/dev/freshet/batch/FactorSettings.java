package dev.freshet.batch;

/**
 * How factors are learned: an interaction is worth 1 + {@code confidence} times what is not one,
 * and the squares of a vector's numbers cost {@code regularisation} for each of its interactions.
 *
 * @param rank numbers of a vector, 16 to 32
 * @param rounds times that all vectors are computed anew, 1 to 50
 * @param regularisation above 0, at most 10
 * @param confidence above 0, at most 1,000
 * @param history latest items of a person that are used, 2 to 10,000
 * @param people least number of people who took an item, from 3: no vector is of one person
 * @param seed of the vectors before the first round
 */
record FactorSettings(
        int rank,
        int rounds,
        double regularisation,
        double confidence,
        int history,
        int people,
        int seed) {
    static final FactorSettings DEFAULT = new FactorSettings(32, 10, 0.1, 10, 200, 3, 1);

    FactorSettings {
        check(rank >= 16 && rank <= 32, "--rank must be 16 to 32", rank);
        check(rounds >= 1 && rounds <= 50, "--rounds must be 1 to 50", rounds);
        check(
                regularisation > 0 && regularisation <= 10,
                "--regularisation must be above 0 and at most 10",
                regularisation);
        check(
                confidence > 0 && confidence <= 1_000,
                "--confidence must be above 0 and at most 1000",
                confidence);
        check(history >= 2 && history <= 10_000, "--history must be 2 to 10000", history);
        check(people >= 3, "--people must be 3 or more", people);
    }

    private static void check(boolean holds, String sentence, Number given) {
        if (!holds) {
            throw new IllegalArgumentException(sentence + ", not " + given + ".");
        }
    }
}
