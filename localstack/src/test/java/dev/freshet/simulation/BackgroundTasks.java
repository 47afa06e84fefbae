package dev.freshet.simulation;

import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.itemflow.CatalogFlow;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.Compaction;
import dev.freshet.training.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tasks that change or read the model beside the users: editors of the catalogue, compaction, a
 * replica.
 */
final class BackgroundTasks {
    private final World world;
    private final SimulationContext nature;
    private final Consumer<String> violations;
    private final BooleanSupplier mayBeDamaged;
    private final int items;
    private final Duration betweenCompactions;
    private final boolean reversedCatalogue;
    private int itemsAtWork;
    private boolean over;
    private boolean replays;
    private int replaysAtWork;

    /**
     * Creates the tasks.
     *
     * @param items number of items, each put in three versions
     * @param mayBeDamaged whether objects of the model log were damaged at any time
     */
    BackgroundTasks(
            World world,
            Consumer<String> violations,
            BooleanSupplier mayBeDamaged,
            int items,
            Duration betweenCompactions,
            boolean reversedCatalogue) {
        this.world = world;
        this.nature = world.nature;
        this.violations = violations;
        this.mayBeDamaged = mayBeDamaged;
        this.items = items;
        this.betweenCompactions = betweenCompactions;
        this.reversedCatalogue = reversedCatalogue;
    }

    void begin() {
        catalogue();
        nature.scheduler.start(this::compact);
        nature.scheduler.start(this::serve);
    }

    /** Rebuilds models from the stream of examples, one after the other, and makes each current. */
    void replay(int times) {
        replays = true;
        replaysAtWork++;
        nature.scheduler.start(
                () -> {
                    for (int i = 1; i <= times; i++) {
                        nature.scheduler.sleep(Duration.ofMillis(nature.random.nextLong(9_000)));
                        rebuild("rebuilt-" + i);
                    }
                    replaysAtWork--;
                });
    }

    private void rebuild(String modelId) {
        Replay replay = null;
        boolean current = false;
        while (!current) {
            try {
                replay = replay == null ? world.replay(modelId) : replay;
                current = replay.step().current();
            } catch (StoreUnavailableException again) {
                nature.scheduler.sleep(Duration.ofMillis(nature.random.nextLong(500)));
            } catch (Death dead) {
                stopIfClosing();
                replay = null;
            } catch (RuntimeException broken) {
                if (!Death.causedBy(broken)) {
                    throw broken;
                }
                replay = null;
            }
            nature.scheduler.sleep(Duration.ofMillis(nature.random.nextLong(300)));
        }
    }

    /** Returns whether the catalogue holds the newest versions and every replay has ended. */
    boolean done() {
        return itemsAtWork == 0 && replaysAtWork == 0;
    }

    /** Ends the periodic tasks at their next turn. */
    void end() {
        over = true;
    }

    /** Puts each item in three versions, by three concurrent editors. */
    private void catalogue() {
        List<Item> all = new ArrayList<>();
        for (int version = 1; version <= 3; version++) {
            for (int item = 0; item < items; item++) {
                all.add(item(item, version));
            }
        }
        if (reversedCatalogue) {
            Collections.reverse(all);
        } else {
            Collections.shuffle(all, new Random(nature.random.nextLong()));
        }
        int third = all.size() / 3;
        for (int editor = 0; editor < 3; editor++) {
            List<Item> own = all.subList(editor * third, (editor + 1) * third);
            itemsAtWork++;
            nature.scheduler.start(() -> edit(own));
        }
    }

    private void edit(List<Item> own) {
        List<Item> left = List.copyOf(own);
        while (!left.isEmpty()) {
            nature.scheduler.sleep(Duration.ofMillis(nature.random.nextLong(5_000)));
            List<Item> next = left.subList(0, Math.min(4, left.size()));
            List<Item> again = new ArrayList<>();
            try {
                List<CatalogFlow.ItemResult> results = world.put(next);
                for (int i = 0; i < next.size(); i++) {
                    if (results.get(i) == CatalogFlow.ItemResult.UNAVAILABLE) {
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

    /** Compacts the log; a call that a store fails is left to the next run. */
    private void compact() {
        Compaction compaction = world.compaction(new Sandbox(nature));
        while (!over) {
            nature.scheduler.sleep(
                    Duration.ofMillis(
                            1 + nature.random.nextLong(2 * betweenCompactions.toMillis())));
            try {
                compaction.run();
            } catch (StoreUnavailableException nextTime) {
                // the next run continues
            } catch (IllegalStateException damaged) {
                if (!mayBeDamaged.getAsBoolean()) {
                    throw damaged;
                }
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

    /**
     * Follows the log with a replica, which must never go backwards nor claim to be newer than the
     * log.
     */
    private void serve() {
        Replica replica = world.replica();
        long before = 0;
        while (!over) {
            nature.scheduler.sleep(Duration.ofMillis(nature.random.nextLong(4_000)));
            long version;
            try {
                version = replica.read().version();
            } catch (Death | IllegalStateException dead) {
                stopIfClosing();
                replica = world.replica();
                before = 0;
                continue;
            }
            long head = world.log().head().map(ModelLog.Version::version).orElse(0L);
            if (!replays && (version < before || version > head)) {
                violations.accept(
                        "a replica went from " + before + " to " + version + " of " + head);
            }
            if (version != before && !replays && !mayBeDamaged.getAsBoolean()) {
                compare(replica.current());
            }
            before = version;
        }
    }

    /** Compares one served version in four with the fold of the log up to it. */
    private void compare(Replica.Versioned served) {
        if (nature.random.nextInt(4) > 0) {
            return;
        }
        try {
            byte[] folded =
                    SnapshotCodec.encode(
                            FoldedLog.of(world.log(), world.model, served.version()).model());
            if (!Arrays.equals(folded, SnapshotCodec.encode(served.model()))) {
                violations.accept("a replica serves a version " + served.version() + " of its own");
            }
        } catch (StoreUnavailableException another) {
            // the bucket fails for the check too; another version is compared
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
                Item.Content.of(
                                "article",
                                "Title " + number + " as of " + version,
                                List.of("tag-" + number % 3))
                        .published("author-" + number % 2, null),
                List.of(),
                Item.RepeatRule.ALWAYS,
                Embedding.NONE);
    }
}
