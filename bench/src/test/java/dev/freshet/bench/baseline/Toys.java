package dev.freshet.bench.baseline;

import dev.freshet.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Interactions for tests. */
final class Toys {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Toys() {}

    static FirstInteraction interaction(int person, int item) {
        return interaction(person, item, Duration.ZERO);
    }

    static FirstInteraction interaction(int person, int item, Duration after) {
        return interaction(person, item, after, FirstInteraction.NO_SESSION);
    }

    static FirstInteraction interaction(int person, int item, Duration after, int session) {
        return new FirstInteraction(person, item, EventType.VIEW, START.plus(after), session, true);
    }

    /** Returns histories of people by number, each with its items in order. */
    static Histories people(int[]... items) {
        Histories people = new Histories();
        for (int person = 0; person < items.length; person++) {
            for (int item : items[person]) {
                people.add(person, item);
            }
        }
        return people;
    }

    /** Returns the scores that a method gives the items below a number for a history. */
    static float[] scores(Retrained.Batch method, int items, int... history) {
        float[] scores = new float[items];
        Arrays.fill(scores, Float.NaN);
        method.score(history, scores);
        return scores;
    }

    /** Returns the baseline's scores of the items below a number. */
    static float[] scores(Baseline baseline, FirstInteraction request, int items) {
        float[] scores = new float[items];
        Arrays.fill(scores, Float.NaN);
        baseline.score(request, scores);
        return scores;
    }

    /**
     * Returns interactions of two groups of people, each with nine of ten on items of its own:
     * people with even numbers on even items. One event every ten minutes.
     */
    static List<FirstInteraction> twoGroups(int people, int items, int events, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Integer> seen = new HashSet<>();
        List<FirstInteraction> stream = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            int person = random.nextInt(people);
            int group = random.nextInt(10) > 0 ? person % 2 : 1 - person % 2;
            int item = 2 * random.nextInt(items / 2) + group;
            boolean first = seen.add(person * items + item);
            Instant at = START.plus(Duration.ofMinutes(10L * i));
            stream.add(new FirstInteraction(person, item, EventType.CLICK, at, -1, first));
        }
        return stream;
    }
}
