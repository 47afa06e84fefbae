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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Tests the embedder against servers that respond as Bedrock and as a site with images do. */
class TitanImageEmbedderTest {
    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G'};

    private static ImageServer site;

    private final List<String> paths = new ArrayList<>();
    private final List<JsonNode> questions = new ArrayList<>();
    private int length = TitanImageEmbedder.DIMENSION;
    private HttpServer bedrock;
    private Clients clients;
    private TitanImageEmbedder embedder;

    @BeforeAll
    static void startSite(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        site = new ImageServer(folder);
    }

    @AfterAll
    static void stopSite() {
        site.close();
    }

    @BeforeEach
    void start() throws IOException {
        bedrock = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bedrock.createContext(
                "/",
                exchange -> {
                    paths.add(exchange.getRequestURI().getRawPath());
                    questions.add(new ObjectMapper().readTree(exchange.getRequestBody()));
                    byte[] bytes =
                            ("{\"embedding\":["
                                            + String.join(",", Collections.nCopies(length, "0.5"))
                                            + "],\"inputTextTokenCount\":3,\"message\":null}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        bedrock.start();
        clients =
                new Clients(
                        Settings.from(
                                Map.of(
                                        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
                                        "http://127.0.0.1:" + bedrock.getAddress().getPort(),
                                        "AWS_REGION",
                                        "us-east-1")));
        embedder =
                new TitanImageEmbedder(
                        clients.open(
                                BedrockRuntimeClient.builder(), Settings.Service.BEDROCK_RUNTIME),
                        new ImageDownload(
                                InetAddress::isLoopbackAddress,
                                site.sockets(),
                                site.port(),
                                () -> 0));
    }

    @AfterEach
    void stop() {
        clients.close();
        bedrock.stop(0);
    }

    @Test
    void textAndImageAreSentTogether() {
        site.image("/tea.png", "image/png", IMAGE);

        float[] vector = embedder.embed("Tea", site.url("/tea.png"));

        assertThat(vector).hasSize(384).startsWith(0.5f);
        assertThat(paths).containsExactly("/model/amazon.titan-embed-image-v1/invoke");
        JsonNode question = questions.getFirst();
        assertThat(question.path("inputText").asText()).isEqualTo("Tea");
        assertThat(Base64.getDecoder().decode(question.path("inputImage").asText()))
                .isEqualTo(IMAGE);
        assertThat(question.at("/embeddingConfig/outputEmbeddingLength").asInt()).isEqualTo(384);
    }

    @Test
    void anItemWithoutAnImageIsOfTheSameSpace() {
        assertThat(embedder.embed("Tea")).hasSize(384);
        assertThat(questions.getFirst().has("inputImage")).isFalse();
    }

    @Test
    void anImageThatCannotBeFetchedIsLeftOut() {
        assertThat(embedder.embed("Tea", site.url("/missing.png"))).hasSize(384);
        assertThat(embedder.embed("Tea", "https://169.254.169.254/")).hasSize(384);
        assertThat(questions).hasSize(2).noneMatch(question -> question.has("inputImage"));
    }

    @Test
    void anAnswerOfAnotherLengthIsNotTaken() {
        length = 256;

        assertThatThrownBy(() -> embedder.embed("Tea"))
                .isInstanceOf(EmbedderUnavailableException.class)
                .hasRootCauseMessage("an embedding of 256 numbers instead of 384");
    }
}
