package dev.freshet.bench.evaluate;

import dev.freshet.catalog.Embedder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Embedder that caches the embeddings of another one in a file, so that a repeated evaluation does
 * not compute them again. A line holds a text and its vector, both in Base64; the text of an
 * unreadable line is embedded again.
 */
final class RememberingEmbedder implements Embedder, AutoCloseable {
    private final Embedder embedder;
    private final Map<String, float[]> known = new HashMap<>();
    private final BufferedWriter more;

    RememberingEmbedder(Embedder embedder, Path folder) throws IOException {
        this.embedder = embedder;
        Path file = Files.createDirectories(folder).resolve(embedder.origin() + ".vectors");
        if (Files.exists(file)) {
            Files.readAllLines(file, StandardCharsets.US_ASCII).forEach(this::load);
        }
        more =
                Files.newBufferedWriter(
                        file,
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
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

    @Override
    public void close() throws IOException {
        more.close();
    }

    private float[] compute(String text) {
        float[] vector = embedder.embed(text);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
        bytes.asFloatBuffer().put(vector);
        Base64.Encoder base64 = Base64.getEncoder();
        try {
            more.write(base64.encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            more.write(' ');
            more.write(base64.encodeToString(bytes.array()));
            more.newLine();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return vector;
    }

    private void load(String line) {
        String[] parts = line.split(" ", -1);
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            byte[] bytes = base64.decode(parts[parts.length - 1]);
            if (parts.length == 2 && bytes.length == Float.BYTES * dimension()) {
                float[] vector = new float[dimension()];
                ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
                known.put(new String(base64.decode(parts[0]), StandardCharsets.UTF_8), vector);
            }
        } catch (IllegalArgumentException cutShort) {
            known.remove(line);
        }
    }
}
