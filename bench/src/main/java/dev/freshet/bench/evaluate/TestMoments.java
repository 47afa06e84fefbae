package dev.freshet.bench.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The ranked steps of a {@link TestPlan} and what each person goes on to do, as parallel arrays by
 * moment.
 */
final class TestMoments {
    private final int[] moment;
    private final int[] person;
    private final int[] wanted;
    private final Map<Long, Integer> lastStep = new HashMap<>();
    private final int size;

    private TestMoments(TestPlan plan) {
        moment = new int[plan.test().size()];
        int count = 0;
        for (int at = 0; at < moment.length; at++) {
            moment[at] = plan.ranked()[at] ? count++ : -1;
        }
        size = count;
        person = new int[size];
        wanted = new int[size];
        Map<Integer, Set<Integer>> toCome = new HashMap<>();
        for (int at = moment.length - 1; at >= 0; at--) {
            FirstInteraction interaction = plan.test().get(at).interaction();
            if (plan.rules().repeats() || interaction.first()) {
                toCome.computeIfAbsent(interaction.person(), who -> new HashSet<>())
                        .add(interaction.item());
                lastStep.putIfAbsent(pair(interaction.person(), interaction.item()), at);
            }
            if (moment[at] >= 0) {
                person[moment[at]] = interaction.person();
                wanted[moment[at]] = toCome.getOrDefault(interaction.person(), Set.of()).size();
            }
        }
    }

    static TestMoments of(TestPlan plan) {
        return new TestMoments(plan);
    }

    private static long pair(int person, int item) {
        return (long) person << 32 | item;
    }

    int size() {
        return size;
    }

    /** Returns the moment of a step of the test, or −1 if it is not ranked. */
    int at(int step) {
        return moment[step];
    }

    int person(int at) {
        return person[at];
    }

    /** Returns the number of items that the person interacts with from a moment on. */
    int wanted(int at) {
        return wanted[at];
    }

    /** Returns whether the person interacts with the item at a step of the test or later. */
    boolean isWanted(int step, int item, int who) {
        return lastStep.getOrDefault(pair(who, item), -1) >= step;
    }
}
