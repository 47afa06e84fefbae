package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.bulk.BulkObjects;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts lists that were made in bulk into the bucket of models, below a prefix that expires. */
public final class S3BulkObjects implements BulkObjects {
    private final S3Client client;
    private final String bucket;

    public S3BulkObjects(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(String key, byte[] bytes) {
        AwsCalls.call(
                "The bucket of lists",
                () ->
                        client.putObject(
                                request ->
                                        request.bucket(bucket)
                                                .key(key)
                                                .contentType("application/gzip"),
                                RequestBody.fromBytes(bytes)));
    }
}
