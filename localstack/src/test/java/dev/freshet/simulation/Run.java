package dev.freshet.simulation;

import dev.freshet.feature.Item;
import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.model.ModelLog;
import dev.freshet.model.Replica;
import dev.freshet.simulation.Readers.Habits;
import dev.freshet.storage.Retention;
import dev.freshet.stream.CatalogFlow;
import dev.freshet.stream.Compaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One run of an experiment under one seed: readers, catalogue, compaction and a replica go about
 * their business in the experiment's weather until everything is taken in; then the sun comes out,
 * what is in quarantine is retried, and the world is compared with the reference.
 */
final class Run {
    /** Turns after which nobody believes in an end any more. */
    private static final long MOST_TURNS = 500_000;

    private final long seed;
    private final World world;
    private final Nature nature;
    private final List<String> complaints = new ArrayList<>();
    private final Misdeeds misdeeds;
    private Habits habits = Habits.USUAL;
    private Weather weather = Weather.CALM;
    private Duration betweenCompactions = Duration.ofSeconds(15);
    private boolean reversedCatalogue;
    private boolean replays;
    private int itemsAtWork;
    private int ruins;
    private boolean eachPutOnce;
    private long mostTurnsAnEvent = Long.MAX_VALUE / Integer.MAX_VALUE;
    private boolean over;

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
        habits = habits.aliases() ? then.withAliases() : then;
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

    void reversedCatalogue() {
        reversedCatalogue = true;
    }

    void compactions(Duration between) {
        betweenCompactions = between;
    }

    private Outcome run() {
        Readers readers = new Readers(world, habits);
        readers.begin();
        catalogue();
        nature.scheduler.start(this::compact);
        nature.scheduler.start(this::serve);
        nature.becomes(weather);
        misdeeds.begin();
        settle(readers);
        if (replays) {
            replay(readers);
        }
        nature.becomes(Weather.CALM);
        misdeeds.end();
        settle(readers);
        for (int tries = 0; tries < 2; tries++) {
            nature.becomes(tries == 0 ? weather : Weather.CALM);
            misdeeds.retryQuarantine();
            settle(readers);
        }
        over = true;
        nature.scheduler.close();
        readers.unanswered().forEach(id -> complain("never answered: " + id));
        if (ruins > 0) {
            new Ruins(world, this::complain).visit(ruins);
        }
        if (eachPutOnce && weather.unheard() == 0) {
            world.events.repeated(world.codec).forEach(id -> complain("put again: " + id));
        }
        if (nature.scheduler.turns() > mostTurnsAnEvent * Math.max(1, world.events.size())) {
            complain(
                    "%d turns for %d events"
                            .formatted(nature.scheduler.turns(), world.events.size()));
        }
        List<String> differences = new ArrayList<>(complaints);
        differences.addAll(misdeeds.judged(Comparison.differences(world, readers.accepted())));
        return new Outcome(
                nature.faults(), differences, nature.scheduler.turns(), world.events.size());
    }

    /**
     * An hour later, then from the start; now and then so late that every row has expired and none
     * is deleted yet.
     */
    private void replay(Readers readers) {
        nature.clock.advance(Duration.ofMinutes(50));
        world.features.rewind(Duration.ofHours(1));
        world.train.rewind(Duration.ofHours(1));
        settle(readers);
        if (seed % 4 == 0) {
            nature.count(Nature.Fault.EXPIRED);
            nature.clock.advance(Retention.INTERACTIONS.plusDays(1));
        }
        world.train.rewind(null);
        world.features.rewind(null);
        settle(readers);
    }

    /** Goes on until everybody has nothing left to do. */
    private void settle(Readers readers) {
        long bound = nature.scheduler.turns() + MOST_TURNS;
        for (int i = 0; ; i++) {
            world.features.turn();
            world.train.turn();
            nature.scheduler.turn();
            if (i % 16 == 0
                    && readers.done()
                    && itemsAtWork == 0
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

    /** Each item in three versions, by three editors who do not wait for one another. */
    private void catalogue() {
        List<Item> items = new ArrayList<>();
        for (int version = 1; version <= 3; version++) {
            for (int item = 0; item < habits.items() / 2; item++) {
                items.add(item(item, version));
            }
        }
        if (reversedCatalogue) {
            Collections.reverse(items);
        } else {
            Collections.shuffle(items, new Random(seed));
        }
        int third = items.size() / 3;
        for (int editor = 0; editor < 3; editor++) {
            List<Item> own = items.subList(editor * third, (editor + 1) * third);
            itemsAtWork++;
            nature.scheduler.start(() -> edit(own));
        }
    }

    private void edit(List<Item> items) {
        List<Item> left = List.copyOf(items);
        while (!left.isEmpty()) {
            nature.scheduler.waiting(Duration.ofMillis(nature.random.nextLong(5_000)));
            List<Item> next = left.subList(0, Math.min(4, left.size()));
            List<Item> again = new ArrayList<>();
            try {
                List<CatalogFlow.Fate> fates = world.put(next);
                for (int i = 0; i < next.size(); i++) {
                    if (fates.get(i) == CatalogFlow.Fate.UNPLACED) {
                        again.add(next.get(i));
                    }
                }
            } catch (Death dead) {
                stopIfClosing();
                again.addAll(next);
            }
            again.addAll(left.subList(next.size(), left.size()));
            left = again;
        }
        itemsAtWork--;
    }

    /** What a store does not answer is left to the next time. */
    private void compact() {
        Compaction compaction = world.compaction(new Sandbox(nature));
        while (!over) {
            nature.scheduler.waiting(
                    Duration.ofMillis(
                            1 + nature.random.nextLong(2 * betweenCompactions.toMillis())));
            try {
                compaction.run();
            } catch (StoreUnavailableException nextTime) {
                // the next run does the rest
            } catch (IllegalStateException damaged) {
                misdeeds.mustBeDamaged("compaction", damaged);
            } catch (Death dead) {
                stopIfClosing();
                compaction = world.compaction(new Sandbox(nature));
            } catch (RuntimeException broken) {
                if (!Death.causedBy(broken)) {
                    throw broken;
                }
                compaction = world.compaction(new Sandbox(nature));
            }
        }
    }

    /** A replica never goes back, and never claims to be newer than the log. */
    private void serve() {
        Replica replica = world.replica();
        long before = 0;
        while (!over) {
            nature.scheduler.waiting(Duration.ofMillis(nature.random.nextLong(4_000)));
            long version;
            try {
                version = replica.read().version();
            } catch (Death | IllegalStateException dead) {
                stopIfClosing();
                replica = world.replica();
                before = 0;
                continue;
            }
            long head = world.log.head().map(ModelLog.Version::version).orElse(0L);
            if (version < before || version > head) {
                complain("a replica went from " + before + " to " + version + " of " + head);
            }
            before = version;
        }
    }

    private void stopIfClosing() {
        if (nature.scheduler.closing()) {
            throw new Death();
        }
    }

    private static Item item(int number, int version) {
        return new Item(
                "item-" + number,
                version,
                false,
                "article",
                null,
                "Title " + number + " as of " + version,
                "",
                List.of("tag-" + number % 3),
                "author-" + number % 2,
                null,
                Map.of(),
                List.of(),
                Item.RepeatRule.ALWAYS,
                List.of());
    }
}
