package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.Arrays;

/**
 * A batch method on a stream: trained again on a schedule on everything before, as a nightly job
 * would. Between trainings what it learned stands still, while histories go on: the person is
 * looked at as of this moment.
 */
final class Retrained implements Baseline {
    private static final long SECONDS_OF_A_DAY = 86_400;

    private final BatchMethod method;
    private final Schedule schedule;
    private final Histories people = new Histories();
    private int items;
    private boolean learnedSince;
    private boolean trained;
    private long day = Long.MIN_VALUE;

    /** When to train. */
    enum Schedule {
        /**
         * At the first event of each day of the stream, in UTC; days without events cost nothing.
         */
        DAILY("retrained every simulated day"),

        /** When asked for the first time after something was learned: once, for a split. */
        WHEN_ASKED("trained once");

        private final String spoken;

        Schedule(String spoken) {
            this.spoken = spoken;
        }
    }

    Retrained(BatchMethod method, Schedule schedule) {
        this.method = method;
        this.schedule = schedule;
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public String settings() {
        return method.settings() + ", " + schedule.spoken;
    }

    @Override
    public void score(FirstInteraction asked, float[] scores) {
        if (schedule == Schedule.WHEN_ASKED && learnedSince) {
            train();
        } else {
            turnTo(asked);
        }
        if (trained) {
            int person = asked.person();
            method.score(people.items(person), people.length(person), scores);
        } else {
            Arrays.fill(scores, 0);
        }
    }

    @Override
    public void learn(FirstInteraction interaction) {
        turnTo(interaction);
        if (Interest.in(interaction)) {
            people.add(interaction.person(), interaction.item());
            items = Math.max(items, interaction.item() + 1);
            learnedSince = true;
        }
    }

    private void turnTo(FirstInteraction interaction) {
        long today = Math.floorDiv(interaction.at().getEpochSecond(), SECONDS_OF_A_DAY);
        if (schedule == Schedule.DAILY && today > day) {
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
