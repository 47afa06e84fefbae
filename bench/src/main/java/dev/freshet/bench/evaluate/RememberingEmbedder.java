package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.Embedder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Embedder that caches the embeddings of another one in a file, so that a repeated evaluation does
 * not compute them again. A line of JSON with a text and its vector is added for each text as soon
 * as it is embedded; what another line has, such as one that was cut short, is embedded again.
 */
final class RememberingEmbedder implements Embedder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Embedder embedder;
    private final Path file;
    private final Map<String, float[]> known = new HashMap<>();

    RememberingEmbedder(Embedder embedder, Path folder) throws IOException {
        this.embedder = embedder;
        file = Files.createDirectories(folder).resolve(embedder.origin() + ".jsonl");
        if (Files.exists(file)) {
            // Unlike Files.lines, this goes on after half a character.
            String lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            lines.lines().forEach(this::load);
        }
    }

    private void load(String line) {
        try {
            Map<String, float[]> vectors = JSON.readValue(line, new TypeReference<>() {});
            if (vectors != null) {
                vectors.values().removeIf(one -> one == null || one.length != dimension());
                known.putAll(vectors);
            }
        } catch (JsonProcessingException unreadable) {
            // the text is embedded again
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
        return known.computeIfAbsent(text, this::compute);
    }

    private float[] compute(String text) {
        float[] vector = embedder.embed(text);
        try {
            // The end of the line before it comes first, since that one may have been cut short.
            Files.writeString(
                    file,
                    '\n' + JSON.writeValueAsString(Map.of(text, vector)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return vector;
    }
}
