package dev.freshet.emulated;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freshet.aws.Settings;
import dev.freshet.functions.FeaturesHandler;
import dev.freshet.functions.TrainHandler;
import dev.freshet.local.mapping.InvocationEvent;
import dev.freshet.local.mapping.KinesisSource;
import dev.freshet.local.mapping.Lineage;
import dev.freshet.local.mapping.ShardBatch;
import dev.freshet.local.mapping.StreamSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Invocation of the functions with all records of a stream, as Lambda events, shard by shard. */
final class FunctionsInPlace {
    private FunctionsInPlace() {}

    static void features(KinesisClient kinesis, String stream, Settings settings)
            throws IOException {
        run(kinesis, stream, 200, new FeaturesHandler(settings));
    }

    static void train(KinesisClient kinesis, String stream, Settings settings) throws IOException {
        run(kinesis, stream, 1_000, new TrainHandler(settings));
    }

    private static void run(
            KinesisClient kinesis, String stream, int limit, RequestStreamHandler handler)
            throws IOException {
        KinesisSource source = new KinesisSource(kinesis, stream);
        for (Lineage.Shard shard : source.shards()) {
            StreamSource.ShardReader reader =
                    source.open(shard.id(), new StreamSource.Position.Oldest());
            StreamSource.Page page = reader.next(limit);
            while (!page.records().isEmpty()) {
                invoke(handler, new ShardBatch(page.records(), 0), shard.id(), stream);
                page = reader.next(limit);
            }
        }
    }

    private static void invoke(
            RequestStreamHandler handler, ShardBatch batch, String shard, String stream)
            throws IOException {
        String event =
                InvocationEvent.write(
                        batch,
                        shard,
                        "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream,
                        "us-east-1");
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
        if (!answer.toString(StandardCharsets.UTF_8).contains("\"batchItemFailures\":[]")) {
            throw new IllegalStateException("not all records were processed: " + answer);
        }
    }
}
