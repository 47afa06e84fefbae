package dev.freshet.model.log;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of items that a replica has loaded. What a new version names is loaded
 * concurrently with requests, one object at a time, while the object before it serves; one that
 * cannot be loaded is tried again {@link Replica#AFTER_FAILURE} later.
 */
public final class ReplicaMemory {
    private final Executor loads;
    private final InstantSource clock;
    private volatile LongMemory loaded = LongMemory.NONE;
    private volatile Instant nextAttempt = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> inFlight;
    private volatile String modelId = "";

    /**
     * Creates an instance without neighbours.
     *
     * @param loads runs reads of objects
     */
    ReplicaMemory(Executor loads, InstantSource clock) {
        this.loads = loads;
        this.clock = clock;
    }

    /**
     * Reads the object that a name stands for, and resolves its items.
     *
     * @throws StoreUnavailableException if the object is missing or damaged, too, since a version
     *     cannot be learned without it
     */
    public static LongMemory read(MemoryNames.Named named, ItemTable items, ModelLog log) {
        ModelArchive.StoredObject object =
                new ModelArchive.StoredObject(
                        named.name().key(), named.name().sha256(), named.name().bytes());
        try {
            return LongMemory.read(named, log.object(object), items);
        } catch (ModelLog.DamagedObjectException | MalformedBytesException damaged) {
            throw new StoreUnavailableException("The store of neighbours", damaged);
        }
    }

    /**
     * Returns a model with the neighbours that are loaded, and begins to load those that it names
     * if they are others.
     *
     * @param of id of the model; numbers of items of another one mean other items
     * @param wait whether to wait for the neighbours, at the start of a process
     */
    Model attach(Model model, String of, ModelLog log, boolean wait) {
        Optional<MemoryNames.Named> named = model.memories().latest();
        if (!of.equals(modelId)) {
            modelId = of;
            loaded = LongMemory.NONE;
            nextAttempt = Instant.EPOCH;
            inFlight = null;
        }
        if (named.isPresent() && !loaded.is(named.get().name())) {
            CompletableFuture<Void> load = begin(named.get(), of, model.items(), log);
            if (wait) {
                load.join();
            }
        }
        return model.withMemory(named.isPresent() ? loaded : LongMemory.NONE);
    }

    private CompletableFuture<Void> begin(
            MemoryNames.Named named, String of, ItemTable items, ModelLog log) {
        CompletableFuture<Void> running = inFlight;
        if (running != null && !running.isDone()) {
            return running;
        }
        if (clock.instant().isBefore(nextAttempt)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> started =
                CompletableFuture.runAsync(() -> load(named, of, items, log), loads);
        inFlight = started;
        return started;
    }

    private void load(MemoryNames.Named named, String of, ItemTable items, ModelLog log) {
        try {
            LongMemory read = read(named, items, log);
            if (of.equals(modelId)) {
                loaded = read;
            }
        } catch (StoreUnavailableException later) {
            // Answers say "neighbours-late" until an attempt succeeds.
            nextAttempt = clock.instant().plus(Replica.AFTER_FAILURE);
        }
    }
}
