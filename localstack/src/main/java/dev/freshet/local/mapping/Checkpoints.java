package dev.freshet.local.mapping;

import dev.freshet.json.JsonRecords;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.mapping.StreamSource.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a mapping in each shard, stored in one file that is replaced atomically. Records
 * after a checkpoint are delivered again after a restart. Thread-safe.
 */
public final class Checkpoints {
    private final Path file;
    private final Kept kept;

    /**
     * What the file holds.
     *
     * @param since when the mapping was first started
     * @param after the sequence number up to which each shard is finished
     * @param finished the shards that were read to their end
     */
    private record Kept(Instant since, Map<String, BigInteger> after, Set<String> finished) {}

    private Checkpoints(Path file, Kept kept) {
        this.file = file;
        this.kept = kept;
    }

    /**
     * Reads the file, or creates it.
     *
     * @param now recorded as the mapping's creation time if the file is new
     */
    public static Checkpoints at(Path file, Instant now) {
        if (!Files.exists(file)) {
            Checkpoints fresh =
                    new Checkpoints(file, new Kept(now, new HashMap<>(), new HashSet<>()));
            fresh.write();
            return fresh;
        }
        try {
            return new Checkpoints(file, JsonRecords.read(Files.readAllBytes(file), Kept.class));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Returns when the mapping was first started, which is where {@code LATEST} begins. */
    public Instant since() {
        return kept.since();
    }

    /** Returns the sequence number up to which a shard is finished, or null. */
    public synchronized @Nullable BigInteger after(String shard) {
        return kept.after().get(shard);
    }

    /** Returns the position of the first record of a shard that is not finished. */
    public Position next(String shard) {
        BigInteger after = after(shard);
        return after == null ? new Position.Since(since()) : new Position.After(after);
    }

    /** Returns the shards that were read to their end. */
    public synchronized Set<String> finished() {
        return Set.copyOf(kept.finished());
    }

    /** Records progress durably. */
    public synchronized void advance(String shard, BigInteger to) {
        kept.after().put(shard, to);
        write();
    }

    /** Records durably that a shard is read to its end. */
    public synchronized void finish(String shard) {
        kept.finished().add(shard);
        write();
    }

    private void write() {
        StateFolder.writeWhole(file, JsonRecords.tree(kept).toString());
    }
}
