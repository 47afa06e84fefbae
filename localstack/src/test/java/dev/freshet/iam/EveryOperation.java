package dev.freshet.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.document.ApiExamples;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.local.function.Invocation;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Every operation of the API on a local cloud with a lake, with what follows from it in the
 * streams: events and their effects on rows and model, records that cannot be read, a compaction,
 * and an erasure.
 */
final class EveryOperation {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private EveryOperation() {}

    static void of(LocalCloud cloud) throws Exception {
        try (FreshetClient client = cloud.client();
                Clients clients = new Clients(cloud.settings())) {
            for (Setting stream : List.of(Setting.EVENTS_STREAM, Setting.EXAMPLES_STREAM)) {
                putUnreadable(clients.kinesis(), cloud.settings().text(stream));
            }
            assertThat(ApiExamples.wrong(cloud, client))
                    .as("but for members of items that other tests put on the cloud")
                    .allMatch(wrong -> wrong.contains("only the example has"));
            assertThat(cloud.invoke("compact", "{}", TIME_LIMIT))
                    .isInstanceOf(Invocation.Answer.class);
            TestCloud.await(
                    () ->
                            client.get(ApiExamples.target("getErasure"))
                                    .body()
                                    .at("/steps/forgotten/done")
                                    .asBoolean());
        }
    }

    /** Puts a record into a stream that its consumer can only quarantine. */
    private static void putUnreadable(KinesisClient kinesis, String stream) {
        kinesis.putRecord(
                r ->
                        r.streamName(stream)
                                .partitionKey("ann")
                                .data(SdkBytes.fromUtf8String("no record of Freshet")));
    }
}
