package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeAnswers.LakeAnswer;
import dev.freshet.lake.NamedQuery;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Results of the named queries, each an object in the bucket of the lake. A look-up is a GET. */
public record S3LakeAnswers(S3Client client, String bucket) implements LakeAnswers {
    private static final String STORE = "The lake bucket";
    private static final String FIRST_BYTES = "bytes=0-" + (LakeAnswer.MAX_BYTES - 1);

    @Override
    public Optional<LakeAnswer> latest(NamedQuery query) {
        return AwsCalls.call(
                STORE,
                () -> {
                    try {
                        return Optional.of(
                                answer(
                                        client.getObjectAsBytes(
                                                request ->
                                                        request.bucket(bucket)
                                                                .key(LakeAnswers.key(query))
                                                                .range(FIRST_BYTES))));
                    } catch (NoSuchKeyException absent) {
                        return Optional.empty();
                    }
                });
    }

    private static LakeAnswer answer(ResponseBytes<GetObjectResponse> object) {
        byte[] bytes = object.asByteArrayUnsafe();
        return LakeAnswer.read(
                object.response().lastModified(), bytes, bytes.length < LakeAnswer.MAX_BYTES);
    }

    /**
     * Stores a result, for a lake that no state machine keeps.
     *
     * @param csv lines of {@link dev.freshet.lake.ResultCsv}, the names of the columns first
     * @throws dev.freshet.store.StoreUnavailableException if S3 does not answer
     */
    public void put(NamedQuery query, String csv) {
        S3ObjectStore.ofLake(client, bucket)
                .put(LakeAnswers.key(query), csv.getBytes(StandardCharsets.UTF_8));
    }
}
