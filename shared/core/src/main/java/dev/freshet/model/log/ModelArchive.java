package dev.freshet.model.log;

import static dev.freshet.check.Check.require;

import dev.freshet.check.Sha256;
import dev.freshet.json.WireName;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.store.ObjectStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stored objects of one model. Their keys contain the hash of their content, so that no write
 * can replace other bytes: {@code models/{modelId}/deltas/000000000042-{sha256}}.
 */
public final class ModelArchive {
    private static final int DIGITS = 12;

    /** The prefix of neighbours, which all models of a stack share. */
    public static final String NEIGHBOURS = "models/neighbours-v1/";

    /** The kinds of objects of one model. */
    public enum Kind implements WireName {
        DELTAS,
        SNAPSHOTS,
        /** Deltas of consecutive versions as one object, under the first of them. */
        SPANS
    }

    private final ObjectStore objects;
    private final String modelId;

    /** Creates the archive of a model. */
    public ModelArchive(ObjectStore objects, String modelId) {
        this.objects = objects;
        this.modelId = modelId;
    }

    /**
     * The reference to an object that a row stores.
     *
     * @param sha256 lower-case hex of the object's hash
     * @param bytes length of the object
     */
    public record StoredObject(String key, String sha256, int bytes) {}

    /** Stores an object under a version. */
    public StoredObject put(Kind kind, long version, byte[] bytes) {
        require(
                bytes.length <= ModelLog.MAX_OBJECT_BYTES,
                "an object of the model log may have at most "
                        + ModelLog.MAX_OBJECT_BYTES
                        + " bytes, not "
                        + bytes.length);
        String sha256 = Sha256.of(bytes);
        String key = "%s%012d-%s".formatted(prefix(kind), version, sha256);
        objects.put(key, bytes);
        return new StoredObject(key, sha256, bytes.length);
    }

    private String prefix(Kind kind) {
        return "models/%s/%s/".formatted(modelId, kind.wireName());
    }

    /**
     * Stores neighbours of items.
     *
     * @param madeAt epoch seconds of their job
     */
    public static StoredObject putNeighbours(ObjectStore objects, long madeAt, byte[] bytes) {
        String sha256 = Sha256.of(bytes);
        String key = "%s%012d-%s".formatted(NEIGHBOURS, madeAt, sha256);
        objects.put(key, bytes);
        return new StoredObject(key, sha256, bytes.length);
    }

    /**
     * Removes neighbours of jobs before the one in force that no kept version names: those among
     * the first {@value ModelLog#MAX_SWEPT} objects.
     *
     * @return the number of objects removed
     */
    public int sweepNeighbours(MemoryNames names) {
        if (names.names().isEmpty()) {
            return 0;
        }
        Set<String> kept =
                names.names().stream().map(named -> named.name().key()).collect(Collectors.toSet());
        String inForce = names.names().getLast().name().key();
        List<String> unneeded =
                objects.keys(NEIGHBOURS, ModelLog.MAX_SWEPT).stream()
                        .filter(key -> key.compareTo(inForce) < 0 && !kept.contains(key))
                        .toList();
        objects.removeAll(NEIGHBOURS, unneeded);
        return unneeded.size();
    }

    /**
     * Removes objects under versions below {@code before}: those among the first {@value
     * ModelLog#MAX_SWEPT} of their kind.
     *
     * @return the number of objects removed
     */
    public int sweep(Kind kind, long before) {
        String prefix = prefix(kind);
        List<String> below =
                objects.keys(prefix, ModelLog.MAX_SWEPT).stream()
                        .takeWhile(key -> version(key, prefix) < before)
                        .toList();
        objects.removeAll(prefix, below);
        return below.size();
    }

    private static long version(String key, String prefix) {
        return Long.parseLong(key.substring(prefix.length(), prefix.length() + DIGITS));
    }

    /** Removes an object. */
    public void remove(String key) {
        objects.remove(key);
    }

    /**
     * Reads an object and compares it with its row.
     *
     * @throws ModelLog.DamagedObjectException when it is missing, or its length or hash differs
     */
    public byte[] read(StoredObject kept) {
        if (kept.bytes() < 0 || kept.bytes() > ModelLog.MAX_OBJECT_BYTES) {
            throw new ModelLog.DamagedObjectException(
                    kept.key(), "its row claims " + kept.bytes() + " bytes");
        }
        byte[] bytes =
                objects.get(kept.key(), kept.bytes())
                        .orElseThrow(
                                () ->
                                        new ModelLog.DamagedObjectException(
                                                kept.key(), "there is no such object"));
        if (bytes.length != kept.bytes()) {
            String found = bytes.length > kept.bytes() ? "more" : "only " + bytes.length;
            throw new ModelLog.DamagedObjectException(
                    kept.key(), "it should have " + kept.bytes() + " bytes and has " + found);
        }
        if (!Sha256.of(bytes).equals(kept.sha256())) {
            throw new ModelLog.DamagedObjectException(
                    kept.key(), "its SHA-256 is not that of its row");
        }
        return bytes;
    }
}
