package dev.freshet.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Embedder.InputRefusedException;
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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Tests both embedders against servers that respond as Bedrock and as a site with images do. */
class TitanEmbedderTest {
    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G'};

    @AutoClose private static ImageServer site;

    private final List<String> paths = new ArrayList<>();
    private final List<JsonNode> questions = new ArrayList<>();
    private int status = 200;

    /** What the model does not take, and the message with which it refuses it. */
    private Predicate<JsonNode> refused = question -> false;

    private String refusal = "";
    private int length = 384;
    private HttpServer bedrock;
    private Clients clients;
    private TitanEmbedder texts;
    private TitanEmbedder images;

    @BeforeAll
    static void startSite(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        site = new ImageServer(folder);
    }

    @BeforeEach
    void start() throws IOException {
        bedrock = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bedrock.createContext(
                "/",
                exchange -> {
                    paths.add(exchange.getRequestURI().getRawPath());
                    questions.add(new ObjectMapper().readTree(exchange.getRequestBody()));
                    if (refused.test(questions.getLast())) {
                        byte[] message =
                                ("{\"message\":\"" + refusal + "\"}")
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders()
                                .add("x-amzn-ErrorType", "ValidationException");
                        exchange.sendResponseHeaders(400, message.length);
                        exchange.getResponseBody().write(message);
                        exchange.close();
                        return;
                    }
                    byte[] bytes =
                            ("{\"embedding\":["
                                            + String.join(",", Collections.nCopies(length, "0.5"))
                                            + "],\"inputTextTokenCount\":3,\"message\":null}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
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
        BedrockRuntimeClient client =
                clients.open(BedrockRuntimeClient.builder(), Settings.Service.BEDROCK_RUNTIME);
        texts = TitanEmbedder.ofTexts(client);
        images =
                TitanEmbedder.ofImages(
                        client,
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

        float[] vector = images.embed("Tea", site.url("/tea.png"));

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
        assertThat(images.embed("Tea")).hasSize(384);
        assertThat(questions.getFirst().has("inputImage")).isFalse();
    }

    @Test
    void anImageThatCannotBeFetchedIsLeftOut() {
        assertThat(images.embed("Tea", site.url("/missing.png"))).hasSize(384);
        assertThat(images.embed("Tea", "https://169.254.169.254/")).hasSize(384);
        assertThat(questions).hasSize(2).noneMatch(question -> question.has("inputImage"));
    }

    @Test
    void ofATextWithTooManyTokensAsMuchIsReadAsTheModelTakesAndTheImageToo() {
        site.image("/tea.png", "image/png", IMAGE);
        refused = question -> question.path("inputText").asText().length() > 128;
        refusal = "Too many input tokens. Max input tokens: 256, request input token count: 601";

        assertThat(images.embed("茶".repeat(499), site.url("/tea.png"))).hasSize(384);

        assertThat(questions).hasSize(3).allMatch(question -> question.has("inputImage"));
        assertThat(questions.getLast().path("inputText").asText()).isEqualTo("茶".repeat(124));
    }

    @Test
    void anImageThatTheModelDoesNotTakeIsLeftOut() {
        site.image("/tea.png", "image/png", IMAGE);
        refused = question -> question.has("inputImage");
        refusal = "Unable to process the provided image";

        assertThat(images.embed("Tea", site.url("/tea.png"))).hasSize(384);
        assertThat(questions).hasSize(2);
        assertThat(questions.getLast().path("inputText").asText()).isEqualTo("Tea");
    }

    @Test
    void aTextIsHalvedBetweenCharactersAndAnInputThatIsNeverTakenIsGivenUp() {
        refused = question -> true;
        refusal = "Malformed input request: expected maxLength: 20";

        assertThatThrownBy(() -> images.embed("\uD83C\uDF75".repeat(125)))
                .isInstanceOf(InputRefusedException.class);
        assertThat(questions)
                .hasSize(6)
                .extracting(question -> question.path("inputText").asText())
                .allMatch(text -> text.equals("\uD83C\uDF75".repeat(text.length() / 2)));
    }

    @Test
    void aModelThatTheAccountMayNotUseIsUnavailableAndNoFaultOfTheItem() {
        site.image("/tea.png", "image/png", IMAGE);
        refused = question -> true;
        refusal = "Operation not allowed";

        assertThatThrownBy(() -> images.embed("Tea", site.url("/tea.png")))
                .isInstanceOf(EmbedderUnavailableException.class);
        assertThat(questions)
                .hasSize(2)
                .allMatch(question -> question.path("inputText").asText().equals("Tea"));
    }

    @Test
    void aTextIsAskedForAsAShortNormalisedVector() {
        length = 256;

        assertThat(texts.embed("Tea, \"green\"")).hasSize(256).startsWith(0.5f);
        assertThat(paths).containsExactly("/model/amazon.titan-embed-text-v2%3A0/invoke");
        assertThat(questions.getFirst())
                .hasToString(
                        "{\"inputText\":\"Tea, \\\"green\\\"\",\"dimensions\":256,\"normalize\":true}");
    }

    @Test
    void aRefusalIsAnUnavailableEmbedder() {
        status = 403;

        assertThatThrownBy(() -> texts.embed("Tea"))
                .isInstanceOf(EmbedderUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({"true, 256, 384", "false, 255, 256"})
    void anAnswerOfAnotherLengthIsNotTaken(boolean image, int given, int wanted) {
        length = given;

        assertThatThrownBy(() -> (image ? images : texts).embed("Tea"))
                .isInstanceOf(EmbedderUnavailableException.class)
                .hasRootCauseMessage("an embedding of " + given + " numbers instead of " + wanted);
    }
}
