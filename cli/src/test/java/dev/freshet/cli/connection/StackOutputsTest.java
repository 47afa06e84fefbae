package dev.freshet.cli.connection;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outputs as an endpoint that stands in for CloudFormation gives them. */
class StackOutputsTest {
    private final HttpServer server = CommandServer.serving(this::answer);
    private int status = 200;
    private String body = "";
    private String asked = "";

    private void answer(HttpExchange exchange) throws IOException {
        asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @BeforeEach
    void start() {
        CommandServer.callInPlaceOfAws(CommandServer.address(server));
    }

    @AfterEach
    void stop() {
        CommandServer.callInPlaceOfAws(null);
        server.stop(0);
    }

    @Test
    void outputsNameTheSettingsOfTheStack() {
        body =
                CommandServer.described(
                        Map.of("KeysTableName", "keys-1", "ModelId", "main", "SecretPlanId", "p"));

        StackOutputs outputs = StackOutputs.read("shop");

        assertThat(asked).contains("Action=DescribeStacks", "StackName=shop");
        assertThat(outputs.find("SecretPlanId")).hasValue("p");
        assertThat(outputs.variables())
                .containsEntry(Setting.KEYS_TABLE.variable(), "keys-1")
                .containsEntry(StackOptions.MODEL_ID.variable(), "main")
                .doesNotContainKey(Setting.QUARANTINE_BUCKET.variable());
    }

    @Test
    void aStackThatIsNotFoundIsASentence() {
        status = 400;
        body =
                """
                <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <Error><Type>Sender</Type><Code>ValidationError</Code>
                  <Message>Stack with id shop does not exist</Message></Error>
                </ErrorResponse>""";

        assertRefused(() -> StackOutputs.read("shop"), "'shop'", "does not exist", "AWS_REGION");
    }

    @Test
    void anotherStackIsRefused() {
        body = CommandServer.described(Map.of("BucketName", "b"));

        assertRefused(() -> StackOutputs.read("shop"), "'shop'");
    }
}
