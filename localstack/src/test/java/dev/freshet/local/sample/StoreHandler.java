package dev.freshet.local.sample;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

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
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Handler that stores each note as a row under its position in the stream; the note {@code poison}
 * makes it throw.
 */
public final class StoreHandler implements RequestStreamHandler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final DynamoDbClient dynamodb;

    public StoreHandler(Wiring wiring) {
        this.settings = wiring.settings();
        this.dynamodb = new Clients(settings).dynamoDb();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        for (JsonNode record : JSON.readTree(in).path("Records")) {
            JsonNode kinesis = record.path("kinesis");
            JsonNode note =
                    JSON.readTree(Base64.getDecoder().decode(kinesis.path("data").asText()));
            if (note.path("text").asText().equals("poison")) {
                throw new IllegalStateException("poison");
            }
            Map<String, AttributeValue> row =
                    Map.of(
                            "writer", fromS(note.path("writer").asText()),
                            "place", fromS(record.path("eventID").asText()),
                            "text", fromS(note.path("text").asText()));
            String table = settings.text(Setting.INTERACTIONS_TABLE);
            dynamodb.putItem(request -> request.tableName(table).item(row));
        }

        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("batchItemFailures");
        out.write(JSON.writeValueAsBytes(answer));
    }
}
