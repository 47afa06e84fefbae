package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.StateFolder;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Tests of the whole local cloud on the emulators, with the sample stack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalCloudTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Path state = Path.of("");
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private LocalCloud cloud;

    @BeforeAll
    void start(@TempDir Path folder) {
        state = folder;
        cloud = LocalCloud.start(options());
    }

    @AfterAll
    void end() {
        cloud.close();
    }

    private Options options() {
        return TestCloud.options(state).withTemplate(sample()).withMessages(messages::add);
    }

    private static Path sample() {
        return Path.of("src/test/resources/dev/freshet/local/sample.template.json");
    }

    @Test
    void aPoisonRecordGoesToTheDestinationAndTheOthersAreStored() throws Exception {
        post("bob", "a", "poison", "b");

        TestCloud.await(() -> rows("bob").equals(List.of("a", "b")));
        TestCloud.await(() -> !lost().isEmpty());
        JsonNode record = JSON.readTree(lost().getFirst());
        assertThat(record.at("/requestContext/condition").asText())
                .isEqualTo("RetryAttemptsExhausted");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(JSON.readTree(record.path("payload").asText()).path("Records")).hasSize(1);
        assertThat(messages).anyMatch(line -> line.startsWith("store failed"));
    }

    @Test
    void theFunctionSeesTheProxyEvent() throws Exception {
        HttpResponse<byte[]> response = get("/v1/notes/a%20b?x=1&x=2");

        JsonNode event = JSON.readTree(response.body());
        assertThat(event.path("resource").asText()).isEqualTo("/v1/notes/{id}");
        assertThat(event.at("/pathParameters/id").asText()).isEqualTo("a%20b");
        assertThat(event.at("/queryStringParameters/x").asText()).isEqualTo("2");
        assertThat(event.at("/multiValueQueryStringParameters/x")).hasSize(2);
        assertThat(event.at("/requestContext/requestId").asText())
                .isEqualTo(response.headers().firstValue("x-amzn-requestid").orElseThrow());
    }

    @Test
    void statusListsFunctionsMappingsAndProcesses() throws Exception {
        JsonNode status = JSON.readTree(get("/_freshet/status").body());

        assertThat(status.path("functions").has("take")).isTrue();
        assertThat(status.path("mappings")).hasSize(1);
        assertThat(status.path("processes")).hasSize(4);
        assertThat(status.path("residentBytes").asLong()).isPositive();
    }

    @Test
    void anEmulatorSurvivesAClientThatDisconnectsDuringARequest() throws Exception {
        for (Settings.Service service :
                List.of(Settings.Service.DYNAMODB, Settings.Service.KINESIS)) {
            URI endpoint = cloud.settings().endpoint(service).orElseThrow();
            try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
                socket.getOutputStream()
                        .write(
                                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
                                        .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                socket.setSoLinger(true, 0);
            }
        }

        assertThat(post("cat", "one")).isEqualTo(202);

        TestCloud.await(() -> rows("cat").equals(List.of("one")));
        assertThat(cloud.status().path("state").asText()).isEqualTo("ready");
    }

    @Test
    void aSecondCloudOnOneFolderIsRefused() {
        assertThatThrownBy(() -> LocalCloud.start(options()))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("already runs")
                .hasMessageContaining(cloud.apiUri().toString());
        assertThat(cloud.status().path("state").asText()).isEqualTo("ready");
    }

    @Test
    void aFullDiskIsOneSentenceThatNamesTheFolderAndWhatToDo() {
        assertThat(StateFolder.full(state, Long.MAX_VALUE).orElseThrow())
                .contains("No space left", state.toString(), "free some", "--state DIR");
        assertThat(StateFolder.full(state, 0)).isEmpty();
    }

    private List<String> rows(String writer) {
        try (Clients clients = new Clients(cloud.settings())) {
            String table = cloud.settings().text(Setting.INTERACTIONS_TABLE);
            return clients.dynamoDb().scan(request -> request.tableName(table)).items().stream()
                    .filter(row -> text(row, "writer").equals(writer))
                    .sorted(Comparator.comparing(row -> text(row, "place")))
                    .map(row -> text(row, "text"))
                    .toList();
        }
    }

    private static String text(Map<String, AttributeValue> row, String name) {
        return Objects.requireNonNull(row.get(name)).s();
    }

    private List<String> lost() {
        try (Clients clients = new Clients(cloud.settings())) {
            S3Client s3 = clients.s3();
            String bucket = cloud.settings().text(Setting.QUARANTINE_BUCKET);
            return s3.listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                    .map(object -> s3.getObjectAsBytes(r -> r.bucket(bucket).key(object.key())))
                    .map(BytesWrapper::asUtf8String)
                    .toList();
        }
    }

    /** Posts notes of a writer and returns the status of the response. */
    private int post(String writer, String... texts) {
        ObjectNode body = JSON.createObjectNode();
        for (String text : texts) {
            body.withArray("notes").addObject().put("writer", writer).put("text", text);
        }
        try (FreshetClient client = new FreshetClient(cloud.apiUri())) {
            return client.post("/v1/notes", body).status();
        }
    }

    private HttpResponse<byte[]> get(String path) {
        try (FreshetClient client = new FreshetClient(cloud.apiUri())) {
            return client.exchange("GET", path, new byte[0], Map.of());
        }
    }
}
