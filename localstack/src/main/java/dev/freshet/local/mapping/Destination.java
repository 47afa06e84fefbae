package dev.freshet.local.mapping;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** On-failure destination for batches that are given up. */
public interface Destination {
    /** Destination that drops records, for a mapping without one. */
    Destination NONE = (notice, text) -> {};

    /** Returns the destination that stores invocation records in an S3 bucket. */
    static Destination bucket(S3Client s3, String bucket) {
        return (notice, text) ->
                s3.putObject(
                        request ->
                                request.bucket(bucket)
                                        .key(notice.key())
                                        .contentType("application/json"),
                        RequestBody.fromString(text));
    }

    /**
     * Stores one invocation record; an exception means that the call is repeated later.
     *
     * @param text the invocation record, JSON
     */
    void keep(Notice notice, String text);

    /**
     * Metadata under which a record is stored.
     *
     * @param mapping id of the mapping
     * @param at time of giving up
     * @param id unique id
     */
    record Notice(String mapping, String shard, Instant at, String id) {
        private static final DateTimeFormatter DAY =
                DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
        private static final DateTimeFormatter MOMENT =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

        /**
         * Returns AWS's key of the record in a bucket: {@code
         * aws/lambda/MAPPING/SHARD/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-ID}.
         */
        String key() {
            return "aws/lambda/%s/%s/%s/%s-%s"
                    .formatted(mapping, shard, DAY.format(at), MOMENT.format(at), id);
        }
    }
}
