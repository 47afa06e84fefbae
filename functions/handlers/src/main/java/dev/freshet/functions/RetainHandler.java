package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.store.RetentionFlow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The function that looks after the retention of the streams: every hour by what CloudWatch knows
 * of the last day, and at once when an alarm says that records wait. Asked by {@code freshet
 * read-from}, it says only from where another reader has to begin. It is not needed where streams
 * are emulated, because emulators keep records for ever.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html">Invoke
 *     a Lambda function from an alarm</a>
 */
public final class RetainHandler extends LoggedHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<RetentionFlow> flow;

    public RetainHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public RetainHandler(Wiring wiring) {
        this(wiring.retention());
    }

    RetainHandler(Optional<RetentionFlow> flow) {
        this.flow = flow;
    }

    /**
     * Decides once. It throws if a store does not respond; the invocation then counts as an error,
     * and the next one decides.
     */
    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        JsonNode event = JSON.readTree(in);
        if (event.path("readFrom").asBoolean()) {
            ObjectNode answer = JSON.createObjectNode();
            flow.map(RetentionFlow::readFrom)
                    .ifPresent(from -> answer.put("readFrom", from.toString()));
            out.write(answer.toString().getBytes(StandardCharsets.UTF_8));
            return;
        }
        boolean alarm = event.at("/alarmData/state/value").asText().equals("ALARM");
        Optional<Duration> period =
                flow.map(streams -> alarm ? streams.lengthen() : streams.look());
        out.write(
                "{\"retentionHours\":%s}"
                        .formatted(
                                period.map(hours -> String.valueOf(hours.toHours())).orElse("null"))
                        .getBytes(StandardCharsets.UTF_8));
    }
}
