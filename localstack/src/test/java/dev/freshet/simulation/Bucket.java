package dev.freshet.simulation;

import dev.freshet.simulation.FaultRates.RandomFault;
import dev.freshet.simulation.SimulationContext.Fault;
import dev.freshet.store.ObjectStore;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Simulated bucket of the model log, with faults: a process dies between writing an object and
 * writing its row, a write is refused, or a stored object is damaged. Calls do not yield to the
 * scheduler, because the log holds its lock around them.
 */
final class Bucket implements ObjectStore {
    private final SimulationContext nature;
    private final MemoryObjectStore objects = new MemoryObjectStore();

    Bucket(SimulationContext nature) {
        this.nature = nature;
    }

    @Override
    public void put(String key, byte[] bytes) {
        if (nature.strikes(RandomFault.REFUSED, Fault.REFUSED)) {
            throw unavailable();
        }
        objects.put(key, bytes);
        if (nature.strikes(RandomFault.DEATH, Fault.DEATH)) {
            throw new Death();
        }
        if (nature.strikes(RandomFault.UNHEARD, Fault.UNHEARD)) {
            throw unavailable();
        }
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        if (nature.strikes(RandomFault.REFUSED, Fault.REFUSED)) {
            throw unavailable();
        }
        return objects.get(key, atMost);
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return objects.keys(prefix, limit);
    }

    @Override
    public void remove(String key) {
        objects.remove(key);
    }

    List<String> keys() {
        return objects.keys("", Integer.MAX_VALUE);
    }

    /** Deletes, truncates or flips one bit of an object; returns an action that repairs it. */
    Runnable damage(String key) {
        byte[] sound = objects.get(key).orElseThrow();
        nature.count(Fault.DAMAGED);
        switch (nature.random.nextInt(3)) {
            case 0 -> objects.remove(key);
            case 1 -> objects.put(key, Arrays.copyOf(sound, nature.random.nextInt(sound.length)));
            default -> {
                byte[] flipped = sound.clone();
                flipped[nature.random.nextInt(flipped.length)] ^=
                        (byte) (1 << nature.random.nextInt(8));
                objects.put(key, flipped);
            }
        }
        return () -> objects.put(key, sound);
    }

    private static StoreUnavailableException unavailable() {
        return new StoreUnavailableException(
                "Model objects", new IllegalStateException("injected"));
    }
}
