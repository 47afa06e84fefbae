package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.lake.LakeObjects;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of the lake in an S3 bucket. */
public final class S3LakeObjects implements LakeObjects {
    private static final String STORE = "The lake bucket";
    private static final byte[] EMPTY = {};

    private final S3Client client;
    private final String bucket;

    public S3LakeObjects(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return AwsCalls.call(
                STORE,
                () ->
                        client
                                .listObjectsV2(
                                        request ->
                                                request.bucket(bucket)
                                                        .prefix(prefix)
                                                        .maxKeys(limit))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .toList());
    }

    @Override
    public byte[] get(String key) {
        return AwsCalls.call(
                STORE,
                () -> {
                    try {
                        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                .asByteArray();
                    } catch (NoSuchKeyException absent) {
                        return EMPTY;
                    }
                });
    }

    @Override
    public void put(String key, byte[] bytes) {
        AwsCalls.call(
                STORE,
                () ->
                        client.putObject(
                                request -> request.bucket(bucket).key(key),
                                RequestBody.fromBytes(bytes)));
    }

    @Override
    public void delete(String key) {
        AwsCalls.call(STORE, () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }
}
