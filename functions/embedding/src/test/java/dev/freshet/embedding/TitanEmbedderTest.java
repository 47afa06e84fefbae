package dev.freshet.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Tests the embedder against a server that responds as Bedrock does. */
class TitanEmbedderTest {
    private final List<String> paths = new ArrayList<>();
    private final List<JsonNode> questions = new ArrayList<>();
    private int status = 200;
    private String answer = numbers(TitanEmbedder.DIMENSION);
    private HttpServer server;
    private Clients clients;
    private TitanEmbedder embedder;

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> at == 3 ? "-0.5" : "0.25")
                .collect(
                        Collectors.joining(
                                ",", "{\"embedding\":[", "],\"inputTextTokenCount\":3}"));
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    paths.add(exchange.getRequestURI().getRawPath());
                    questions.add(new ObjectMapper().readTree(exchange.getRequestBody()));
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        clients =
                new Clients(
                        Settings.from(
                                Map.of(
                                        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
                                        "http://127.0.0.1:" + server.getAddress().getPort(),
                                        "AWS_REGION",
                                        "us-east-1")));
        embedder =
                new TitanEmbedder(
                        clients.open(
                                BedrockRuntimeClient.builder(), Settings.Service.BEDROCK_RUNTIME));
    }

    @AfterEach
    void stop() {
        clients.close();
        server.stop(0);
    }

    @Test
    void theModelIsAskedForAShortNormalisedVector() {
        float[] vector = embedder.embed("Tea, \"green\"");

        assertThat(vector).hasSize(256).startsWith(0.25f, 0.25f, 0.25f, -0.5f);
        assertThat(paths).containsExactly("/model/amazon.titan-embed-text-v2%3A0/invoke");
        JsonNode question = questions.getFirst();
        assertThat(question.path("inputText").asText()).isEqualTo("Tea, \"green\"");
        assertThat(question.path("dimensions").asInt()).isEqualTo(256);
        assertThat(question.path("normalize").asBoolean()).isTrue();
    }

    @Test
    void aRefusalIsAnUnavailableEmbedder() {
        status = 403;
        answer =
                "{\"message\":\"You don't have access to the model with the specified model ID.\"}";

        assertThatThrownBy(() -> embedder.embed("Tea"))
                .isInstanceOf(EmbedderUnavailableException.class);
    }

    @Test
    void anAnswerOfAnotherLengthIsNotTaken() {
        answer = numbers(255);

        assertThatThrownBy(() -> embedder.embed("Tea"))
                .isInstanceOf(EmbedderUnavailableException.class)
                .hasRootCauseMessage("an embedding of 255 numbers instead of 256");
    }
}
