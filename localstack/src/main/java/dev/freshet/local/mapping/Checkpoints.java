package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.host.StateFolder;
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

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Instant since;
    private final Map<String, BigInteger> after = new HashMap<>();
    private final Set<String> finished = new HashSet<>();

    private Checkpoints(Path file, Instant since) {
        this.file = file;
        this.since = since;
    }

    /**
     * Reads the file, or creates it.
     *
     * @param now recorded as the mapping's creation time if the file is new
     */
    public static Checkpoints at(Path file, Instant now) {
        if (!Files.exists(file)) {
            Checkpoints fresh = new Checkpoints(file, now);
            fresh.write();
            return fresh;
        }
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            Checkpoints kept = new Checkpoints(file, Instant.parse(json.path("since").asText()));
            json.path("after")
                    .properties()
                    .forEach(
                            shard ->
                                    kept.after.put(
                                            shard.getKey(),
                                            new BigInteger(shard.getValue().asText())));
            json.path("finished").forEach(shard -> kept.finished.add(shard.asText()));
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Returns when the mapping was first started, which is where {@code LATEST} begins. */
    public Instant since() {
        return since;
    }

    /** Returns the sequence number up to which a shard is finished, or null. */
    public synchronized @Nullable BigInteger after(String shard) {
        return after.get(shard);
    }

    /** Returns the shards that were read to their end. */
    public synchronized Set<String> finished() {
        return Set.copyOf(finished);
    }

    /** Records progress durably. */
    public synchronized void advance(String shard, BigInteger to) {
        after.put(shard, to);
        write();
    }

    /** Records durably that a shard is read to its end. */
    public synchronized void finish(String shard) {
        finished.add(shard);
        write();
    }

    private void write() {
        ObjectNode json = JSON.createObjectNode().put("since", since.toString());
        ObjectNode numbers = json.putObject("after");
        after.forEach((shard, number) -> numbers.put(shard, number.toString()));
        finished.forEach(json.putArray("finished")::add);
        StateFolder.writeWhole(file, json.toString());
    }
}
