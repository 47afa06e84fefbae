package dev.freshet.emulated;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freshet.aws.Settings;
import dev.freshet.functions.FeaturesHandler;
import dev.freshet.functions.TrainHandler;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.local.mapping.InvocationEvent;
import dev.freshet.local.mapping.ShardBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Invocation of the functions with all records of a stream, as Lambda events, shard by shard. */
final class FunctionsInPlace {
    private FunctionsInPlace() {}

    static void features(KinesisClient kinesis, String stream, Settings settings) {
        run(kinesis, stream, 200, new FeaturesHandler(new Wiring(settings)));
    }

    static void train(KinesisClient kinesis, String stream, Settings settings) {
        run(kinesis, stream, 1_000, new TrainHandler(new Wiring(settings)));
    }

    private static void run(
            KinesisClient kinesis, String stream, int limit, RequestStreamHandler handler) {
        StreamRecords.forEachPage(
                kinesis,
                stream,
                limit,
                (shard, page) -> invoke(handler, new ShardBatch(page, 0), shard, stream));
    }

    private static void invoke(
            RequestStreamHandler handler, ShardBatch batch, String shard, String stream) {
        String event =
                InvocationEvent.write(
                        batch,
                        shard,
                        "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream,
                        "us-east-1");
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!answer.toString(StandardCharsets.UTF_8).contains("\"batchItemFailures\":[]")) {
            throw new IllegalStateException("not all records were processed: " + answer);
        }
    }
}
