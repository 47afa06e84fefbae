package dev.freshet.simulation;

import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** State shared by all processes: random numbers, time, scheduling and faults. */
final class SimulationContext {
    /** Kinds of faults, for counting. */
    enum Fault {
        REFUSED,
        UNHEARD,
        LATE,
        DEATH,
        REDELIVERED,
        REWOUND,
        OVERTIME,
        POISON,
        RESENT,
        RESHARDED,
        DAMAGED,
        SKEWED,
        EXPIRED,
        SPOILT_ANSWER
    }

    final RandomGenerator random;
    final SettableClock clock;
    final Scheduler scheduler;
    final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private FaultRates weather = FaultRates.CALM;
    private static final int BETWEEN_DEATHS = 500;

    private long calls;
    private long fatalCall = -1;

    SimulationContext(RandomGenerator random, SettableClock clock) {
        this.random = random;
        this.clock = clock;
        this.scheduler = new Scheduler(random, clock);
    }

    FaultRates weather() {
        return weather;
    }

    void becomes(FaultRates next) {
        weather = next;
    }

    /** Returns whether a fault of this probability occurs now, and counts it. */
    boolean strikes(double probability, Fault fault) {
        if (probability > 0 && random.nextDouble() < probability) {
            count(fault);
            return true;
        }
        return false;
    }

    /** Returns whether a random fault occurs now, and counts it. */
    boolean strikes(FaultRates.RandomFault trouble, Fault fault) {
        return strikes(weather.of(trouble), fault);
    }

    void count(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    int faults() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Lets every process die that makes this store call, or one at a multiple of {@value
     * #BETWEEN_DEATHS} after it, so that many seeds reach each call of a run, before and after its
     * effect.
     */
    void dieAt(long call) {
        fatalCall = call % BETWEEN_DEATHS;
    }

    /** Counts a store call; returns whether the process dies at it. */
    boolean isFatalCall() {
        if (calls++ % BETWEEN_DEATHS != fatalCall) {
            return false;
        }
        count(Fault.DEATH);
        return true;
    }

    /** Schedules an effect that happens even if its process dies. */
    void later(Supplier<?> effect) {
        Duration after = Duration.ofMillis(random.nextLong(60_000));
        scheduler.start(
                () -> {
                    scheduler.sleep(after);
                    try {
                        var _ = effect.get();
                    } catch (RuntimeException | Death unheard) {
                        // no caller waits for the result
                    }
                });
    }
}
