package dev.freshet.simulation;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.simulation.FaultRates.RandomFault;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One run of an experiment with one seed: users, catalogue, compaction and a replica act under the
 * experiment's faults until everything is processed; then the faults end, quarantined records are
 * retried, and the stores are compared with the reference.
 */
final class Run {
    /** Number of turns after which a run is considered endless. */
    private static final long MAX_TURNS = 2_000_000;

    final long seed;
    private final World world;
    final SimulationContext nature;
    private final List<String> violations = new ArrayList<>();
    final DeliberateFaults misdeeds;
    private UserBehaviour habits = new UserBehaviour();
    FaultRates weather = FaultRates.CALM;
    Duration betweenCompactions = Duration.ofSeconds(15);
    boolean reversedCatalogue;
    boolean replays;
    int rebuilds;

    /** Asserts that no event is put twice, if no acknowledgement was lost. */
    boolean eachPutOnce;

    /** Asserts that segments of users were drawn, unless interactions wait for the catalogue. */
    boolean drawsSegments;

    /** Bound on the average work per event. */
    long maxTurnsAnEvent = Long.MAX_VALUE / Integer.MAX_VALUE;

    /**
     * Result of a run.
     *
     * @param faults number of injected faults
     * @param differences differences from the reference and violated bounds, as sentences
     */
    record Outcome(int faults, List<String> differences, long turns, int events) {}

    /** Runs an experiment. */
    static Outcome of(Experiment experiment, long seed) {
        return of(experiment, seed, world -> {});
    }

    /** Runs an experiment in a world with a bug. */
    static Outcome of(Experiment experiment, long seed, Consumer<World> bug) {
        try {
            return CompletableFuture.supplyAsync(
                            () -> new Run(experiment, seed, bug).run(), Thread::startVirtualThread)
                    .join();
        } catch (CompletionException broken) {
            throw new AssertionError(experiment + " seed " + seed + " broke", broken.getCause());
        }
    }

    private Run(Experiment experiment, long seed, Consumer<World> bug) {
        this.seed = seed;
        SplittableRandom random =
                new SplittableRandom(31L * experiment.number() + 1_000_003L * seed);
        int shards = 1 + random.nextInt(3);
        this.world = new World(random, shards, catalogue(seed));
        this.nature = world.nature;
        world.violations = this::violations;
        this.misdeeds = new DeliberateFaults(world, this::violations);
        if (random.nextInt(4) == 0) {
            habits = habits.withAliases();
        }
        experiment.prepare(this, random);
        bug.accept(world);
    }

    /** Returns open for one pair of seeds and closed for the next, so that both meet even seeds. */
    private static CatalogueMode catalogue(long seed) {
        return seed / 2 % 2 == 0 ? CatalogueMode.OPEN : CatalogueMode.CLOSED;
    }

    void habits(UserBehaviour then) {
        habits = habits.aliases ? then.withAliases() : then;
    }

    private Outcome run() {
        SimulatedUsers users = new SimulatedUsers(world, habits);
        users.begin();
        BackgroundTasks bystanders =
                new BackgroundTasks(
                        world,
                        this::violations,
                        misdeeds::everDamaged,
                        UserBehaviour.ITEMS / 2,
                        betweenCompactions,
                        reversedCatalogue);
        bystanders.begin();
        if (rebuilds > 0) {
            bystanders.replay(rebuilds);
        }
        nature.becomes(weather);
        misdeeds.begin();
        settle(users, bystanders);
        if (replays) {
            replay(users, bystanders);
        }
        nature.becomes(FaultRates.CALM);
        misdeeds.end();
        settle(users, bystanders);
        for (int tries = 0; tries < 2; tries++) {
            nature.becomes(tries == 0 ? weather : FaultRates.CALM);
            misdeeds.retryQuarantine();
            settle(users, bystanders);
        }
        bystanders.end();
        nature.scheduler.close();
        users.unanswered().forEach(id -> violations("never answered: " + id));
        if (misdeeds.damages > 0) {
            new DamagedLogCheck(world, this::violations).verify(misdeeds.damages);
        }
        if (eachPutOnce && weather.of(RandomFault.UNHEARD) == 0) {
            world.events.repeated(world.codec).forEach(id -> violations("put again: " + id));
        }
        if (nature.scheduler.turns() > maxTurnsAnEvent * Math.max(1, world.events.size())) {
            violations(
                    "%d turns for %d events"
                            .formatted(nature.scheduler.turns(), world.events.size()));
        }
        if (drawsSegments
                && world.model.catalogue() == CatalogueMode.OPEN
                && FoldedLog.of(world.log(), world.model).model().segments().day() == 0) {
            violations("no segment was drawn");
        }
        List<String> differences = new ArrayList<>(violations);
        differences.addAll(misdeeds.judged(Comparison.differences(world, users.accepted())));
        return new Outcome(
                nature.faults(), differences, nature.scheduler.turns(), world.events.size());
    }

    /**
     * Replays the streams one hour later from the start; sometimes so late that every row has
     * expired and none is deleted yet.
     */
    private void replay(SimulatedUsers users, BackgroundTasks bystanders) {
        nature.clock.advance(Duration.ofMinutes(50));
        world.features.rewind(Duration.ofHours(1));
        world.train.rewind(Duration.ofHours(1));
        settle(users, bystanders);
        if (seed % 4 == 0) {
            nature.count(SimulationContext.Fault.EXPIRED);
            nature.clock.advance(
                    RetentionPolicy.DEFAULT.period(RetentionPolicy.Kind.INTERACTIONS).plusDays(1));
        }
        world.train.rewind(null);
        world.features.rewind(null);
        settle(users, bystanders);
    }

    /** Runs until no task has work left. */
    private void settle(SimulatedUsers users, BackgroundTasks bystanders) {
        long bound = nature.scheduler.turns() + MAX_TURNS;
        for (int i = 0; ; i++) {
            world.features.turn();
            world.train.turn();
            nature.scheduler.turn();
            if (i % 16 == 0
                    && users.done()
                    && bystanders.done()
                    && misdeeds.done()
                    && world.features.idle()
                    && world.train.idle()) {
                return;
            }
            if (nature.scheduler.turns() > bound) {
                violations("no end after " + MAX_TURNS + " turns");
                return;
            }
        }
    }

    private void violations(String sentence) {
        violations.add(sentence);
    }
}
