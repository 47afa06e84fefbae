package dev.freshet.local.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follower of the metric lines in the logs of a folder. Each look reads what was appended since the
 * one before, at most {@value #MAX_READ} bytes of a file; a file that has become shorter was begun
 * anew. Not thread-safe.
 */
final class MetricLines {
    /** Most bytes of a file that one look reads. */
    static final int MAX_READ = 4 << 20;

    private static final String METRICS = "\"message\":\"metrics\"";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<Path, Long> read = new HashMap<>();

    MetricLines(Path folder) {
        this.folder = folder;
    }

    /** Passes on the new lines of all files. */
    void look(Consumer<JsonNode> lines) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
            for (Path file : files) {
                follow(file, lines);
            }
        }
    }

    private void follow(Path file, Consumer<JsonNode> lines) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = read.getOrDefault(file, 0L);
            if (in.length() < from) {
                from = 0;
            }
            byte[] bytes = new byte[(int) Math.min(MAX_READ, in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            int begin = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    line(new String(bytes, begin, i - begin, StandardCharsets.UTF_8), lines);
                    begin = i + 1;
                }
            }
            boolean isOneLongLine = begin == 0 && bytes.length == MAX_READ;
            read.put(file, from + (isOneLongLine ? bytes.length : begin));
        }
    }

    private static void line(String line, Consumer<JsonNode> lines) {
        if (line.contains(METRICS)) {
            try {
                lines.accept(JSON.readTree(line));
            } catch (JsonProcessingException cutOff) {
                // a process that was killed while it wrote
            }
        }
    }
}
