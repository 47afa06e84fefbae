package dev.freshet.local.emulator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which S3Mock keeps its buckets. S3Mock writes its files in place, the index of a
 * bucket with every object, so one that is killed while it writes leaves half a file, and answers
 * nothing about the bucket or object from then on. A repair makes the index anew from the objects
 * and leaves out objects that are incomplete, whose put was never acknowledged.
 *
 * <p>S3Mock also writes into its files where they are, as an address, and reads objects from there:
 * a folder that was moved would lose all objects, and one that was copied would read those of the
 * original. A repair writes the present addresses. Each file is replaced atomically, so that a
 * repair that is killed is completed by the next.
 *
 * <p>A bucket that keeps versions has other files and is left as it is: the local cloud makes none.
 *
 * <p>To be called while no S3Mock uses the folder. Costs two small reads for each object, and a
 * small write where it was moved.
 */
final class S3MockFolder {
    private static final String INDEX = "bucketMetadata.json";
    private static final String OBJECTS = "objects";
    private static final String OBJECT = "objectMetadata.json";
    private static final String CONTENT = "binaryData";
    private static final String VERSIONING = "/versioningConfiguration/Status";
    private static final String BUCKET_ADDRESS = "path";
    private static final String CONTENT_ADDRESS = "dataPath";
    private static final ObjectMapper JSON = new ObjectMapper();

    private S3MockFolder() {}

    /**
     * Repairs all buckets. Repairing again changes nothing.
     *
     * @return the number of files that were written anew
     */
    static int repair(Path root) {
        int repaired = 0;
        try {
            for (Path bucket : folders(root)) {
                repaired += repairBucket(bucket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return repaired;
    }

    private static int repairBucket(Path bucket) throws IOException {
        ObjectNode index = object(bucket.resolve(INDEX));
        if (index != null && index.at(VERSIONING).isTextual()) {
            return 0;
        }
        Map<String, StoredObject> complete = new TreeMap<>();
        int repaired = 0;
        for (Path folder : folders(bucket)) {
            StoredObject object = StoredObject.read(folder);
            if (object != null) {
                complete.merge(object.key(), object, StoredObject::newer);
                Path content = folder.resolve(CONTENT);
                repaired += moved(folder.resolve(OBJECT), object.json(), CONTENT_ADDRESS, content);
            }
        }
        if (index != null) {
            repaired += moved(bucket.resolve(INDEX), index, BUCKET_ADDRESS, bucket);
        }
        return repaired + (repairIndex(bucket, index, complete) ? 1 : 0);
    }

    /** Writes the present address of a file into what S3Mock has of it; returns 1 if it did. */
    private static int moved(Path metadata, ObjectNode json, String member, Path file) {
        String address = file.toUri().toString();
        if (json.path(member).asText(address).equals(address)) {
            return 0;
        }
        StateFolder.writeWhole(metadata, json.put(member, address).toString());
        return 1;
    }

    private static boolean repairIndex(
            Path bucket, @Nullable ObjectNode index, Map<String, StoredObject> complete)
            throws IOException {
        if (index == null) {
            index = emptyIndex(bucket);
            ObjectNode objects = index.putObject(OBJECTS);
            complete.forEach((key, object) -> objects.put(key, object.id()));
        } else if (index.path(OBJECTS) instanceof ObjectNode objects) {
            List<String> incomplete =
                    objects.propertyStream()
                            .map(Map.Entry::getKey)
                            .filter(key -> !complete.containsKey(key))
                            .toList();
            if (incomplete.isEmpty()) {
                return false;
            }
            objects.remove(incomplete);
        }
        StateFolder.writeWhole(bucket.resolve(INDEX), index.toString());
        return true;
    }

    private static ObjectNode emptyIndex(Path bucket) throws IOException {
        ObjectNode index =
                JSON.createObjectNode()
                        .put("name", bucket.getFileName().toString())
                        .put(
                                "creationDate",
                                Files.getLastModifiedTime(bucket).toInstant().toString());
        index.putObject("versioningConfiguration").putNull("MfaDelete").putNull("Status");
        return index.putNull("objectLockConfiguration")
                .putNull("bucketLifecycleConfiguration")
                .put("objectOwnership", "BucketOwnerEnforced")
                .put(BUCKET_ADDRESS, bucket.toUri().toString())
                .put("bucketRegion", "us-east-1")
                .putNull("bucketInfo")
                .putNull("locationInfo");
    }

    private record StoredObject(String key, String id, String modified, ObjectNode json) {
        /** Returns the object in a folder, or null if a file of it is missing or incomplete. */
        static @Nullable StoredObject read(Path folder) throws IOException {
            ObjectNode object = object(folder.resolve(OBJECT));
            Path content = folder.resolve(CONTENT);
            if (object == null
                    || !Files.isRegularFile(content)
                    || object.path("size").asLong(-1) != Files.size(content)) {
                return null;
            }
            return new StoredObject(
                    object.path("key").asText(),
                    folder.getFileName().toString(),
                    object.path("modificationDate").asText(),
                    object);
        }

        StoredObject newer(StoredObject other) {
            return other.modified.compareTo(modified) > 0 ? other : this;
        }
    }

    /** Returns the JSON object in a file, or null if there is no whole one. */
    private static @Nullable ObjectNode object(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return json instanceof ObjectNode whole ? whole : null;
        } catch (JacksonException incomplete) {
            return null;
        }
    }

    private static List<Path> folders(Path in) throws IOException {
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }
}
