package dev.freshet.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Handler that puts the notes of {@code POST /v1/notes} into the stream, and echoes the event of a
 * GET.
 */
public final class TakeHandler implements RequestStreamHandler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final KinesisClient kinesis;

    public TakeHandler(Wiring wiring) {
        this.settings = wiring.settings();
        this.kinesis = new Clients(settings).kinesis();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        JsonNode event = JSON.readTree(in);
        ObjectNode answer = JSON.createObjectNode();
        if (event.path("httpMethod").asText().equals("GET")) {
            answer.put("statusCode", 200).put("body", event.toString());
        } else {
            JsonNode notes = JSON.readTree(event.path("body").asText("{}")).path("notes");
            for (JsonNode note : notes) {
                kinesis.putRecord(
                        request ->
                                request.streamName(settings.text(Setting.EVENTS_STREAM))
                                        .partitionKey(note.path("writer").asText())
                                        .data(SdkBytes.fromUtf8String(note.toString())));
            }
            answer.put("statusCode", 202).put("body", "{\"taken\":" + notes.size() + "}");
        }
        out.write(JSON.writeValueAsBytes(answer));
    }
}
