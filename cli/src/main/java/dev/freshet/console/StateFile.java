package dev.freshet.console;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A file of JSON that is replaced as a whole, so that a process that is killed leaves the old or
 * the new content. Times are texts in ISO 8601.
 *
 * @param type of the content
 */
public record StateFile<T>(Path path, Class<T> type) {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, ToStringSerializer.instance)
                                    .addDeserializer(Instant.class, new InstantReader()));

    private static final class InstantReader extends StdDeserializer<Instant> {
        @Serial private static final long serialVersionUID = 1L;

        private InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException malformed) {
                throw context.weirdStringException(
                        parser.getText(), Instant.class, malformed.getMessage());
            }
        }
    }

    /**
     * Returns the content; empty where there is no file.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the file is damaged
     */
    public Optional<T> read() throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(path), type));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Writes the content in place of the one before it. */
    public void write(T content) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".tmp");
        PrivateFiles.file(next);
        Files.writeString(next, json(content).toPrettyString() + "\n");
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns content as the file has it; JSON is returned as it is. */
    public static JsonNode json(Object content) {
        return JSON.valueToTree(content);
    }
}
