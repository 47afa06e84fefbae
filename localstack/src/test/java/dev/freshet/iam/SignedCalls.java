package dev.freshet.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Clients;
import dev.freshet.aws.LambdaCompactionTrigger;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.kinesis.KinesisRetainedStream;
import dev.freshet.aws.kinesis.StreamMetrics;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls that functions make without a client of the SDK, with the settings and so the
 * credentials of each function: <em>train</em> asks for a compaction, and <em>retain</em> reads
 * metrics and changes the retention of the streams.
 */
final class SignedCalls {
    private static final String METRICS =
            """
            {"MetricDataResults": [
              {"Id": "ages0", "StatusCode": "Complete", "Timestamps": [], "Values": []},
              {"Id": "received", "StatusCode": "Complete", "Timestamps": [], "Values": []}]}
            """;

    private SignedCalls() {}

    static void of(LocalCloud cloud) throws IOException {
        try (Clients train = new Clients(Settings.from(cloud.environmentOf("train")))) {
            new LambdaCompactionTrigger(
                            train.lambda(),
                            cloud.settings().find(Setting.COMPACT_FUNCTION).orElseThrow())
                    .request();
        }
        // There is no emulator of CloudWatch.
        LoopbackServer metrics =
                LoopbackServer.start(_ -> HttpReply.of(200, "application/json", METRICS));
        Map<String, String> environment = new HashMap<>(cloud.environmentOf("retain"));
        environment.put("AWS_ENDPOINT_URL_CLOUDWATCH", metrics.uri().toString());
        try (Clients retain = new Clients(Settings.from(environment))) {
            look(retain, cloud.settings().text(Setting.EVENTS_STREAM));
            look(retain, cloud.settings().text(Setting.EXAMPLES_STREAM));
        } finally {
            metrics.close();
        }
    }

    private static void look(Clients clients, String name) {
        KinesisRetainedStream stream =
                new KinesisRetainedStream(
                        clients.kinesis(),
                        new StreamMetrics(clients.cloudWatch()),
                        name,
                        List.of(StreamMetrics.Reader.ofFunction("features")));
        assertThat(stream.reports(Instant.now()).getFirst().ages()).containsOnly(0L);
        stream.retain(AdaptiveRetention.LONG);
        assertThat(stream.retention()).isEqualTo(AdaptiveRetention.LONG);
        stream.retain(AdaptiveRetention.SHORT);
    }
}
