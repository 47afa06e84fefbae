package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.quarantine.QuarantineReasons;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The reasons of what is in the quarantine of {@link S3Quarantine}, from the names of its objects:
 * two requests to list at most {@value #MOST} of each kind, $0.00001 at the list price of $0.005
 * for 1,000. It needs the permission to list the bucket and none to read an object.
 */
public final class S3QuarantineReasons implements QuarantineReasons {
    private final S3Client client;
    private final String bucket;

    public S3QuarantineReasons(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public Counts count() {
        ListObjectsV2Response records = list(S3Quarantine.REASONS);
        ListObjectsV2Response batches = list(S3Quarantine.INVOCATIONS);
        Map<String, Count> counts = new TreeMap<>();
        for (S3Object object : records.contents()) {
            String name = object.key().substring(S3Quarantine.REASONS.length());
            add(counts, name.substring(0, Math.max(0, name.indexOf('/'))), object.lastModified());
        }
        for (S3Object object : batches.contents()) {
            add(counts, GIVEN_UP, object.lastModified());
        }
        return new Counts(
                List.copyOf(counts.values()), !records.isTruncated() && !batches.isTruncated());
    }

    private static void add(Map<String, Count> counts, String reason, Instant at) {
        counts.merge(
                reason,
                new Count(reason, 1, at),
                (one, other) ->
                        new Count(
                                reason,
                                one.count() + other.count(),
                                one.oldest().isBefore(other.oldest())
                                        ? one.oldest()
                                        : other.oldest()));
    }

    private ListObjectsV2Response list(String prefix) {
        return AwsCalls.call(
                "The quarantine bucket",
                () -> client.listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(MOST)));
    }
}
