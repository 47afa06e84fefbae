package dev.freshet.simulation;

import dev.freshet.simulation.Weather.Trouble;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One run of an experiment under one seed: readers, catalogue, compaction and a replica go about
 * their business in the experiment's weather until everything is taken in; then the sun comes out,
 * what is in quarantine is retried, and the world is compared with the reference.
 */
final class Run {
    /** Turns after which nobody believes in an end any more. */
    private static final long MOST_TURNS = 2_000_000;

    private final long seed;
    private final World world;
    private final Nature nature;
    private final List<String> complaints = new ArrayList<>();
    private final Misdeeds misdeeds;
    private Habits habits = new Habits();
    private Weather weather = Weather.CALM;
    private Duration betweenCompactions = Duration.ofSeconds(15);
    private boolean reversedCatalogue;
    private boolean replays;
    private int ruins;
    private int rebuilds;
    private boolean eachPutOnce;
    private long mostTurnsAnEvent = Long.MAX_VALUE / Integer.MAX_VALUE;

    /**
     * What came of a run.
     *
     * @param faults that were injected
     * @param differences from the reference, and bounds that did not hold, as sentences
     */
    record Outcome(int faults, List<String> differences, long turns, int events) {}

    /** Runs an experiment. */
    static Outcome of(Experiment experiment, long seed) {
        return of(experiment, seed, world -> {});
    }

    /** Runs an experiment in a world with a bug. */
    static Outcome of(Experiment experiment, long seed, Consumer<World> bug) {
        Outcome[] outcome = new Outcome[1];
        Throwable[] thrown = new Throwable[1];
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        outcome[0] = new Run(experiment, seed, bug).run();
                                    } catch (Throwable broken) {
                                        thrown[0] = broken;
                                    }
                                });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thrown[0] != null) {
            throw new AssertionError(experiment + " seed " + seed + " broke", thrown[0]);
        }
        return outcome[0];
    }

    private Run(Experiment experiment, long seed, Consumer<World> bug) {
        this.seed = seed;
        SplittableRandom random =
                new SplittableRandom(31L * experiment.number() + 1_000_003L * seed);
        int shards = 1 + random.nextInt(3);
        this.world = new World(random, shards);
        this.nature = world.nature;
        world.complain = this::complain;
        this.misdeeds = new Misdeeds(world, this::complain);
        if (random.nextInt(4) == 0) {
            habits = habits.withAliases();
        }
        experiment.prepare(this, random);
        bug.accept(world);
    }

    long seed() {
        return seed;
    }

    void weather(Weather then) {
        weather = then;
    }

    void habits(Habits then) {
        habits = habits.aliases ? then.withAliases() : then;
    }

    void dieAt(long call) {
        nature.dieAt(call);
    }

    void poison(int records) {
        misdeeds.poison(records);
    }

    void throwing(double share) {
        misdeeds.throwing(share);
    }

    void spoil() {
        misdeeds.spoil();
    }

    void reshards(int times) {
        misdeeds.reshards(times);
    }

    void damages(int times) {
        misdeeds.damages(times);
        ruins = times;
    }

    /** No event may be put a second time, where every acknowledgement was heard. */
    void eachPutOnce() {
        eachPutOnce = true;
    }

    /** A bound on the work that an event may cost on average. */
    void atMostTurnsAnEvent(int turns) {
        mostTurnsAnEvent = turns;
    }

    void replays() {
        replays = true;
    }

    void rebuilds(int times) {
        rebuilds = times;
    }

    void reversedCatalogue() {
        reversedCatalogue = true;
    }

    void compactions(Duration between) {
        betweenCompactions = between;
    }

    private Outcome run() {
        SimulatedUsers users = new SimulatedUsers(world, habits);
        users.begin();
        Bystanders bystanders =
                new Bystanders(
                        world,
                        this::complain,
                        misdeeds::everDamaged,
                        Habits.ITEMS / 2,
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
        nature.becomes(Weather.CALM);
        misdeeds.end();
        settle(users, bystanders);
        for (int tries = 0; tries < 2; tries++) {
            nature.becomes(tries == 0 ? weather : Weather.CALM);
            misdeeds.retryQuarantine();
            settle(users, bystanders);
        }
        bystanders.end();
        nature.scheduler.close();
        users.unanswered().forEach(id -> complain("never answered: " + id));
        if (ruins > 0) {
            new Ruins(world, this::complain).visit(ruins);
        }
        if (eachPutOnce && weather.of(Trouble.UNHEARD) == 0) {
            world.events.repeated(world.codec).forEach(id -> complain("put again: " + id));
        }
        if (nature.scheduler.turns() > mostTurnsAnEvent * Math.max(1, world.events.size())) {
            complain(
                    "%d turns for %d events"
                            .formatted(nature.scheduler.turns(), world.events.size()));
        }
        List<String> differences = new ArrayList<>(complaints);
        differences.addAll(misdeeds.judged(Comparison.differences(world, users.accepted())));
        return new Outcome(
                nature.faults(), differences, nature.scheduler.turns(), world.events.size());
    }

    /**
     * An hour later, then from the start; now and then so late that every row has expired and none
     * is deleted yet.
     */
    private void replay(SimulatedUsers users, Bystanders bystanders) {
        nature.clock.advance(Duration.ofMinutes(50));
        world.features.rewind(Duration.ofHours(1));
        world.train.rewind(Duration.ofHours(1));
        settle(users, bystanders);
        if (seed % 4 == 0) {
            nature.count(Nature.Fault.EXPIRED);
            nature.clock.advance(RetentionPolicy.DEFAULT.interactions().plusDays(1));
        }
        world.train.rewind(null);
        world.features.rewind(null);
        settle(users, bystanders);
    }

    /** Goes on until everybody has nothing left to do. */
    private void settle(SimulatedUsers users, Bystanders bystanders) {
        long bound = nature.scheduler.turns() + MOST_TURNS;
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
                complain("no end after " + MOST_TURNS + " turns");
                return;
            }
        }
    }

    private void complain(String sentence) {
        complaints.add(sentence);
    }
}
