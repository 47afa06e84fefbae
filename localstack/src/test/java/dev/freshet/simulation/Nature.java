package dev.freshet.simulation;

import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all processes share: chance, time, whose turn it is, and the weather. */
final class Nature {
    /** What can go wrong, for counting. */
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
    private Weather weather = Weather.CALM;
    private static final int BETWEEN_DEATHS = 500;

    private long calls;
    private long fatalCall = -1;

    Nature(RandomGenerator random, SettableClock clock) {
        this.random = random;
        this.clock = clock;
        this.scheduler = new Scheduler(random, clock);
    }

    Weather weather() {
        return weather;
    }

    void becomes(Weather next) {
        weather = next;
    }

    /** Whether something of this probability happens now; counted if so. */
    boolean strikes(double probability, Fault fault) {
        if (probability > 0 && random.nextDouble() < probability) {
            count(fault);
            return true;
        }
        return false;
    }

    void count(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    int faults() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Every process that makes this call of a store, or the one this many times {@value
     * #BETWEEN_DEATHS} further on, dies of it: so many seeds reach each call of a run, before and
     * after its effect.
     */
    void dieAt(long call) {
        fatalCall = call % BETWEEN_DEATHS;
    }

    /** Counts a call; whether it is the fatal one. */
    boolean isFatalCall() {
        if (calls++ % BETWEEN_DEATHS != fatalCall) {
            return false;
        }
        count(Fault.DEATH);
        return true;
    }

    /** Something that happens later, whatever became of whoever began it. */
    void later(Supplier<?> effect) {
        Duration after = Duration.ofMillis(random.nextLong(60_000));
        scheduler.start(
                () -> {
                    scheduler.waiting(after);
                    try {
                        var _ = effect.get();
                    } catch (RuntimeException | Death unheard) {
                        // nobody waits for it
                    }
                });
    }
}
