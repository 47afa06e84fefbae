package dev.freshet.local.mapping;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Destination that stores invocation records in an S3 bucket under AWS's keys: {@code
 * aws/lambda/MAPPING/SHARD/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-ID}.
 */
public final class BucketDestination implements Destination {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    private final S3Client s3;
    private final String bucket;

    public BucketDestination(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void keep(Notice notice, String text) {
        String key =
                "aws/lambda/"
                        + notice.mapping()
                        + "/"
                        + notice.shard()
                        + "/"
                        + DAY.format(notice.at())
                        + MOMENT.format(notice.at())
                        + "-"
                        + notice.id();
        s3.putObject(
                request -> request.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromString(text));
    }
}
