package dev.freshet.event.avro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The versions of the schema of the {@code events} stream, by fingerprint (CRC-64-AVRO of the
 * canonical form). A version is kept for as long as a record or a quarantined object may have it.
 *
 * @param versions oldest first; the encoder uses the last
 */
record EventSchemas(List<Schema> versions, Map<Long, Schema> byFingerprint) {
    private static final int LATEST = 1;

    static EventSchemas of(List<Schema> versions) {
        Map<Long, Schema> byFingerprint = new HashMap<>();
        versions.forEach(v -> byFingerprint.put(SchemaNormalization.parsingFingerprint64(v), v));
        return new EventSchemas(List.copyOf(versions), Map.copyOf(byFingerprint));
    }

    /** Returns the versions on the class path: {@code event-v1.avsc} and those that follow it. */
    static EventSchemas packed() {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; version <= LATEST; version++) {
            versions.add(read("event-v" + version + ".avsc"));
        }
        return of(versions);
    }

    static Schema read(String resource) {
        try (InputStream in = EventSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not packed: " + resource);
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Schema latest() {
        return versions.getLast();
    }

    Optional<Schema> find(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }
}
