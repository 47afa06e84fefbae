package dev.freshet.storage.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.event.ShardPosition;
import dev.freshet.storage.AwsCalls;
import dev.freshet.stream.Quarantine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Quarantine in S3: {@code quarantine/{stream}/{shard}/{sequence}.json}, an object with {@code
 * format, shard, sequence, partitionKey, reason, at} and the payload in base 64.
 */
public final class S3Quarantine implements Quarantine {
    private static final String STORE = "The quarantine bucket";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private final S3Client client;
    private final String bucket;

    public S3Quarantine(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(Entry entry) {
        RequestBody body = RequestBody.fromBytes(write(entry));
        AwsCalls.call(
                STORE,
                () ->
                        client.putObject(
                                r ->
                                        r.bucket(bucket)
                                                .key(key(entry.position()))
                                                .contentType("application/json"),
                                body));
    }

    /** The entry of this record, if it is here. */
    public Optional<Entry> get(ShardPosition position) {
        return AwsCalls.call(
                STORE,
                () -> {
                    try {
                        return Optional.of(
                                read(
                                        client.getObjectAsBytes(
                                                        r -> r.bucket(bucket).key(key(position)))
                                                .asByteArrayUnsafe()));
                    } catch (NoSuchKeyException e) {
                        return Optional.empty();
                    }
                });
    }

    private static String key(ShardPosition position) {
        return "quarantine/%s/%s.json".formatted(position.shard(), position.sequence());
    }

    private static byte[] write(Entry entry) {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                            .put("format", FORMAT)
                            .put("shard", entry.position().shard())
                            .put("sequence", entry.position().sequence().toString())
                            .put("partitionKey", entry.partitionKey())
                            .put("reason", entry.reason())
                            .put("at", entry.at().toString())
                            .put("payload", entry.payload()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new Entry(
                    new ShardPosition(
                            json.required("shard").textValue(),
                            new BigInteger(json.required("sequence").textValue())),
                    json.required("partitionKey").textValue(),
                    json.required("reason").textValue(),
                    Instant.parse(json.required("at").textValue()),
                    json.required("payload").binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
