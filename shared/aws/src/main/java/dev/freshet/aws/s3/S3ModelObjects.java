package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.model.log.ModelObjects;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a model log in S3. S3 reports an object as missing only to a role that may list the
 * bucket; for other roles it answers that access is denied, which is reported as an unavailable
 * store.
 */
public final class S3ModelObjects implements ModelObjects {
    private static final String STORE = "The bucket of models";

    private final S3Client client;
    private final String bucket;

    public S3ModelObjects(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(String key, byte[] bytes) {
        AwsCalls.call(
                STORE,
                () ->
                        client.putObject(
                                r -> r.bucket(bucket).key(key), RequestBody.fromBytes(bytes)));
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        return AwsCalls.call(
                STORE,
                () -> {
                    try (ResponseInputStream<GetObjectResponse> object =
                            client.getObject(r -> r.bucket(bucket).key(key))) {
                        return Optional.of(read(object, atMost));
                    } catch (NoSuchKeyException e) {
                        return Optional.empty();
                    } catch (IOException e) {
                        throw new StoreUnavailableException(STORE, e);
                    }
                });
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return AwsCalls.call(
                STORE,
                () ->
                        client
                                .listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(limit))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .toList());
    }

    @Override
    public void remove(String key) {
        AwsCalls.call(STORE, () -> client.deleteObject(r -> r.bucket(bucket).key(key)));
    }

    private static byte[] read(ResponseInputStream<GetObjectResponse> object, int atMost)
            throws IOException {
        byte[] bytes = new byte[(int) Math.min(object.response().contentLength(), atMost + 1L)];
        int length = object.readNBytes(bytes, 0, bytes.length);
        if (length > atMost) {
            object.abort();
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
