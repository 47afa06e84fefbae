package dev.freshet.demo.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Schedule of kills: all processes in each round, in an order and at times that the seed
 * determines.
 */
final class KillPlan {
    private static final double LONGEST_GAP = 8;
    private static final double SHORTEST_GAP = 1;

    private KillPlan() {}

    /**
     * Returns a plan that kills each process at least once, however short the run.
     *
     * @param seconds duration of the simulation
     */
    static List<Kill> of(long seed, int seconds, List<String> processes) {
        SplittableRandom random = new SplittableRandom(seed);
        double usual = usualGap(seconds, processes);
        List<Kill> plan = new ArrayList<>();
        double at = usual / 2;
        List<String> turn = new ArrayList<>();
        while (plan.size() < processes.size() || at < seconds - usual / 2) {
            if (turn.isEmpty()) {
                turn.addAll(processes);
            }
            String next = turn.remove(random.nextInt(turn.size()));
            plan.add(Kill.planned(next, Duration.ofMillis(Math.round(at * 1000))));
            at += usual * (0.75 + random.nextDouble() / 2);
        }
        return List.copyOf(plan);
    }

    /** Returns the minimum time from the return of one process to the kill of the next. */
    static Duration minimumPause(int seconds, List<String> processes) {
        return Duration.ofMillis(Math.round(usualGap(seconds, processes) * 1000 / 4));
    }

    private static double usualGap(int seconds, List<String> processes) {
        return Math.clamp((seconds - 3) / (processes.size() + 1.0), SHORTEST_GAP, LONGEST_GAP);
    }
}
