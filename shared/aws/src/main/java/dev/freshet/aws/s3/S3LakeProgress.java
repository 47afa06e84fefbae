package dev.freshet.aws.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.AwsCalls;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** How far the erasure in the lake has come, in the object that its state machine writes. */
public final class S3LakeProgress implements Supplier<LakeProgress> {
    /** The key of the object. */
    public static final String KEY = "progress.json";

    private static final JsonMapper JSON = new JsonMapper();

    private final S3ObjectStore lake;

    public S3LakeProgress(S3Client client, String bucket) {
        this.lake = S3ObjectStore.ofLake(client, bucket);
    }

    /**
     * Returns the progress, or {@link LakeProgress#NONE} if no night has ended yet.
     *
     * @throws StoreUnavailableException if S3 does not answer, or the object cannot be read
     */
    @Override
    public LakeProgress get() {
        return lake.get(KEY).map(this::read).orElse(LakeProgress.NONE);
    }

    /**
     * Stores the progress of a lake that no state machine keeps.
     *
     * @throws StoreUnavailableException if S3 does not answer
     */
    public void put(LakeProgress progress) {
        ObjectNode json = JSON.createObjectNode();
        progress.deletedUpTo().ifPresent(time -> json.put("deletedUpTo", time.toString()));
        progress.rewrittenUpTo().ifPresent(time -> json.put("rewrittenUpTo", time.toString()));
        progress.goneUpTo().ifPresent(time -> json.put("goneUpTo", time.toString()));
        lake.put(KEY, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private LakeProgress read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new LakeProgress(
                    time(json, "deletedUpTo"), time(json, "rewrittenUpTo"), time(json, "goneUpTo"));
        } catch (IOException unreadable) {
            throw AwsCalls.unavailable(lake.store(), unreadable);
        }
    }

    private static Optional<Instant> time(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue()).map(Instant::parse);
    }
}
