package dev.freshet.training;

import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.store.ObjectStore;
import java.time.Instant;
import java.util.List;

/**
 * Brings the neighbours that a batch job counted to the model: the file is checked and stored
 * beside the objects of the model log, then announced on {@code examples}. A second call with the
 * same bytes and time changes nothing.
 */
public record NeighboursAnnouncement(ObjectStore objects, ExampleLog examples) {
    /**
     * Stores and announces a file.
     *
     * @param bytes of the format neighbours-v1
     * @param job name of the job
     * @param madeAt when the job began to read; a file of an earlier job than the one in force has
     *     no effect
     * @return what was announced
     * @throws IllegalArgumentException if the bytes are no such file
     * @throws dev.freshet.store.StoreUnavailableException if a store does not answer; the call is
     *     to be repeated
     */
    public Example.Neighbours announce(byte[] bytes, String job, Instant madeAt) {
        NeighboursFile.open(bytes);
        ModelArchive.StoredObject stored =
                ModelArchive.putNeighbours(objects, madeAt.getEpochSecond(), bytes);
        Example.Neighbours name =
                new Example.Neighbours(stored.key(), stored.sha256(), stored.bytes(), job, madeAt);
        ExampleParts.putAll(List.of(name), examples);
        return name;
    }
}
