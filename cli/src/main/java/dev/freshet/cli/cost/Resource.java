package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads the JSON files that come with this package. What a file is silent about is 0 or null. */
final class Resource {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Resource() {}

    static <T> T read(String name, Class<T> type) {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            return JSON.readValue(Objects.requireNonNull(in, name), type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static <T> T read(JsonNode json, Class<T> type) {
        return JSON.convertValue(json, type);
    }
}
