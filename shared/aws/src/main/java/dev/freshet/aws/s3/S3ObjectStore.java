package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.ContentTypes;
import dev.freshet.store.ObjectStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of an S3 bucket. S3 reports an object as missing only to a role that may list the
 * bucket; for other roles it answers that access is denied, which is reported as an unavailable
 * store.
 *
 * @param store the subject of the messages of exceptions
 * @param versioned whether the bucket keeps versions of what people delete or overwrite by hand.
 *     What is removed here is gone with all its versions: nobody needs it, or an erasure promised
 *     it. That costs a list request for each thousand versions below the prefix.
 */
public record S3ObjectStore(S3Client client, String bucket, String store, boolean versioned)
        implements ObjectStore {
    private static final int NOT_FOUND = 404;

    /** Returns the objects of model logs, and lists that were made in bulk. */
    public static S3ObjectStore ofModels(S3Client client, String bucket) {
        return ofModels(client, bucket, false);
    }

    /**
     * Returns the objects of model logs.
     *
     * @param versioned whether the bucket keeps versions, which removals are to take along
     */
    public static S3ObjectStore ofModels(S3Client client, String bucket, boolean versioned) {
        return new S3ObjectStore(client, bucket, "The bucket of models", versioned);
    }

    /** Returns the objects beside the tables of the lake. */
    public static S3ObjectStore ofLake(S3Client client, String bucket) {
        return new S3ObjectStore(client, bucket, "The lake bucket", false);
    }

    /** {@inheritDoc} Its media type follows from the ending of its key. */
    @Override
    public void put(String key, byte[] bytes) {
        AwsCalls.call(
                store,
                () ->
                        client.putObject(
                                r -> r.bucket(bucket).key(key).contentType(ContentTypes.of(key)),
                                RequestBody.fromBytes(bytes)));
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        return get(key, null, atMost);
    }

    /** Returns likewise the bytes of a version of an object; of the current one for null. */
    Optional<byte[]> get(String key, @Nullable String version, int atMost) {
        return AwsCalls.call(
                store,
                () -> {
                    try (ResponseInputStream<GetObjectResponse> object =
                            client.getObject(r -> r.bucket(bucket).key(key).versionId(version))) {
                        return Optional.of(read(object, atMost));
                    } catch (NoSuchKeyException e) {
                        return Optional.empty();
                    } catch (IOException e) {
                        throw AwsCalls.unavailable(store, e);
                    }
                });
    }

    /** Returns whether there is an object. */
    boolean exists(String key) {
        return AwsCalls.call(
                store,
                () -> {
                    try {
                        client.headObject(r -> r.bucket(bucket).key(key));
                        return true;
                    } catch (S3Exception e) {
                        if (e.statusCode() == NOT_FOUND) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return AwsCalls.call(
                store,
                () ->
                        client
                                .listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(limit))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .toList());
    }

    /**
     * Passes all keys with a prefix, in ascending order, as long as {@code more} returns true.
     *
     * @return whether it returned true for all
     */
    boolean visit(String prefix, Predicate<String> more) {
        return AwsCalls.call(
                store,
                () ->
                        client
                                .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .allMatch(more));
    }

    @Override
    public void remove(String key) {
        if (versioned) {
            removeAll(key, List.of(key));
        } else {
            remove(key, null);
        }
    }

    private void remove(String key, @Nullable String version) {
        AwsCalls.call(
                store,
                () -> client.deleteObject(r -> r.bucket(bucket).key(key).versionId(version)));
    }

    /** {@inheritDoc} The newest version of each goes first, so that a rest is found again. */
    @Override
    public void removeAll(String prefix, List<String> keys) {
        if (versioned && !keys.isEmpty()) {
            AwsCalls.call(store, () -> removeVersions(prefix, keys));
        } else {
            ObjectStore.super.removeAll(prefix, keys);
        }
    }

    private boolean removeVersions(String prefix, List<String> keys) {
        for (var page : versions(prefix)) {
            page.deleteMarkers().stream()
                    .filter(marker -> keys.contains(marker.key()))
                    .forEach(marker -> remove(marker.key(), marker.versionId()));
            page.versions().stream()
                    .filter(version -> keys.contains(version.key()))
                    .forEach(version -> remove(version.key(), version.versionId()));
            if (page.isTruncated() && page.nextKeyMarker().compareTo(keys.getLast()) > 0) {
                return true;
            }
        }
        return true;
    }

    /**
     * Returns all versions below a prefix, by key and from the newest to the oldest; exceptions of
     * the SDK are not translated.
     */
    Iterable<ListObjectVersionsResponse> versions(String prefix) {
        return client.listObjectVersionsPaginator(r -> r.bucket(bucket).prefix(prefix));
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
