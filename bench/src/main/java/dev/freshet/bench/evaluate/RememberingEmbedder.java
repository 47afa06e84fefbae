package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Embedder that caches the embeddings of another one in a file of JSON, vectors by text, so that a
 * repeated evaluation does not compute them again. The file is written when the embedder is closed;
 * one that is no JSON is replaced.
 */
final class RememberingEmbedder implements Embedder, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Embedder embedder;
    private final Path file;
    private final Map<String, float[]> known;

    RememberingEmbedder(Embedder embedder, Path folder) throws IOException {
        this.embedder = embedder;
        file = Files.createDirectories(folder).resolve(embedder.origin() + ".json");
        known = known(file);
    }

    private static Map<String, float[]> known(Path file) throws IOException {
        try {
            return Files.exists(file)
                    ? JSON.readValue(file.toFile(), new TypeReference<>() {})
                    : new HashMap<>();
        } catch (JsonProcessingException unreadable) {
            return new HashMap<>();
        }
    }

    @Override
    public String origin() {
        return embedder.origin();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public synchronized float[] embed(String text) {
        return known.computeIfAbsent(text, embedder::embed);
    }

    @Override
    public synchronized void close() throws IOException {
        JSON.writeValue(file.toFile(), known);
    }
}
