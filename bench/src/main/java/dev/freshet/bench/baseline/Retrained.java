package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * A batch method on a stream: trained repeatedly on all interactions so far, as by a nightly job.
 * Between trainings the method is fixed, but the histories are current.
 */
final class Retrained implements Baseline {
    private static final long SECONDS_OF_A_DAY = 86_400;

    private final Batch method;
    private final Schedule schedule;
    private final Histories people = new Histories();
    private int items;
    private boolean learnedSince;
    private boolean trained;
    private long day = Long.MIN_VALUE;

    /** A method that is trained in batches on all interactions so far. */
    interface Batch {
        /**
         * Trains again, possibly starting from the previous result.
         *
         * @param people histories up to the present time
         * @param items number of known items
         */
        void train(Histories people, int items);

        /**
         * Scores all known items for a history.
         *
         * @param history items, oldest first
         * @param scores output; higher is better, all finite
         */
        void score(int[] history, float[] scores);
    }

    /** Schedule of the training. */
    enum Schedule {
        /**
         * At the first event of each day of the stream, in UTC; days without events cost nothing.
         */
        DAILY("retrained every simulated day"),

        /** At the first scoring after new interactions, which is once for a split. */
        WHEN_ASKED("trained once"),

        /** Once, when the test begins; what is new then has no score. */
        BEFORE_TEST("trained once before the test"),

        /** When the test begins, then at the first event of each day of it, in UTC. */
        DAILY_IN_TEST("trained before the test, then every simulated day");

        private final String text;

        Schedule(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Retrained(Batch method, Schedule schedule) {
        this.method = method;
        this.schedule = schedule;
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        if (schedule == Schedule.WHEN_ASKED && learnedSince) {
            train();
        } else {
            advanceTo(request);
        }
        if (trained) {
            method.score(people.items(request.person()), scores);
        } else {
            Arrays.fill(scores, 0);
        }
    }

    @Override
    public void learn(FirstInteraction interaction) {
        advanceTo(interaction);
        people.add(interaction.person(), interaction.item());
        items = Math.max(items, interaction.item() + 1);
        learnedSince = true;
    }

    @Override
    public void startTest() {
        if (learnedSince) {
            train();
        }
    }

    @Override
    public void observe(FirstInteraction interaction) {
        people.add(interaction.person(), interaction.item());
    }

    private void advanceTo(FirstInteraction interaction) {
        long today = Math.floorDiv(interaction.at().getEpochSecond(), SECONDS_OF_A_DAY);
        boolean daily =
                schedule == Schedule.DAILY || (schedule == Schedule.DAILY_IN_TEST && trained);
        if (daily && today > day) {
            if (learnedSince) {
                train();
            }
            day = today;
        }
    }

    private void train() {
        method.train(people, items);
        learnedSince = false;
        trained = true;
    }
}
