package dev.freshet.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3MockFolderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path root = Path.of("");
    private Path bucket = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void twoObjects() throws IOException {
        bucket = Files.createDirectory(root.resolve("models"));
        object("id-1", "delta/1", "2026-11-26T14:50:10.701Z", "one");
        object("id-2", "delta/2", "2026-11-26T14:50:11.701Z", "two!");
        index = bucket.resolve("bucketMetadata.json");
        Files.writeString(
                index,
                """
                {"name": "models", "bucketRegion": "eu-west-1", "path": "%s",
                 "objects": {"delta/1": "id-1", "delta/2": "id-2"}}
                """
                        .formatted(bucket.toUri()));
    }

    private void object(String id, String key, String modified, String content) throws IOException {
        Path folder = Files.createDirectories(bucket.resolve(id));
        Files.writeString(folder.resolve("binaryData"), content);
        Files.writeString(
                folder.resolve("objectMetadata.json"),
                """
                {"id": "%s", "key": "%s", "size": "%d", "modificationDate": "%s", "dataPath": "%s"}
                """
                        .formatted(
                                id,
                                key,
                                content.length(),
                                modified,
                                folder.resolve("binaryData").toUri()));
    }

    private JsonNode index() throws IOException {
        return JSON.readTree(index.toFile());
    }

    @Test
    void aBucketThatKeepsVersionsStaysAsItIs() throws IOException {
        Files.writeString(
                index,
                """
                {"name": "models", "path": "file:///elsewhere/models/", "objects": {"delta/3": "id-3"},
                 "versioningConfiguration": {"MfaDelete": null, "Status": "Enabled"}}
                """);
        byte[] before = Files.readAllBytes(index);

        assertThat(S3MockFolder.repair(root)).isZero();

        assertThat(index).hasBinaryContent(before);
    }

    @Test
    void aWholeBucketStaysAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(index);

        assertThat(S3MockFolder.repair(root)).isZero();
        assertThat(Files.readAllBytes(index)).isEqualTo(before);
    }

    @Test
    void anIndexOfWhichHalfWasWrittenIsMadeAnewFromTheObjects() throws IOException {
        object("id-3", "delta/2", "2026-11-26T14:50:12Z", "overwritten");
        Files.writeString(index, "{\"name\": \"models\", \"objects\": {\"delta/1\": \"id");

        assertThat(S3MockFolder.repair(root)).isEqualTo(1);
        assertThat(index().path("name").asText()).isEqualTo("models");
        assertThat(index().path("objects"))
                .isEqualTo(JSON.readTree("{\"delta/1\": \"id-1\", \"delta/2\": \"id-3\"}"));
        assertThat(S3MockFolder.repair(root)).isZero();
    }

    @Test
    void anObjectThatIsIncompleteIsLeftOut() throws IOException {
        Files.writeString(bucket.resolve("id-2/binaryData"), "tw");

        assertThat(S3MockFolder.repair(root)).isEqualTo(1);
        assertThat(index().path("objects")).isEqualTo(JSON.readTree("{\"delta/1\": \"id-1\"}"));
        assertThat(index().path("bucketRegion").asText()).isEqualTo("eu-west-1");

        Files.writeString(bucket.resolve("id-1/objectMetadata.json"), "");
        assertThat(S3MockFolder.repair(root)).isEqualTo(1);
        assertThat(index().path("objects")).isEmpty();
    }

    @Test
    void aFolderThatWasMovedNamesItsNewPlaceAndARepairThatWasKilledIsCompleted()
            throws IOException {
        Path moved = Files.createDirectory(root.resolve("elsewhere"));
        bucket = Files.move(bucket, moved.resolve("models"));
        index = bucket.resolve("bucketMetadata.json");

        assertThat(S3MockFolder.repair(moved)).isEqualTo(3);
        assertThat(index().path("path").asText()).isEqualTo(bucket.toUri().toString());
        assertThat(S3MockFolder.repair(moved)).isZero();

        Path half = bucket.resolve("id-2/objectMetadata.json");
        Files.writeString(half, Files.readString(half).replace("elsewhere", "before"));
        Files.writeString(half.resolveSibling("objectMetadata.json.new"), "{\"ha");

        assertThat(S3MockFolder.repair(moved)).isEqualTo(1);
        assertThat(JSON.readTree(half.toFile()).path("dataPath").asText())
                .isEqualTo(bucket.resolve("id-2/binaryData").toUri().toString());
    }

    @Test
    void whereNothingIsNothingIsRepaired() {
        assertThat(S3MockFolder.repair(root.resolve("absent"))).isZero();
    }
}
