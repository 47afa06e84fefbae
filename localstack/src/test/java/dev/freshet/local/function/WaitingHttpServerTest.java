package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WaitingHttpServerTest {
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final WaitingHttpServer server =
            new WaitingHttpServer(
                    request ->
                            new WaitingHttpServer.Response(
                                    200,
                                    Map.of("X-Path", request.path()),
                                    request.body() + answers.take()));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        client.shutdownNow();
        server.close();
    }

    @Test
    void aRequestWaitsForItsAnswerAndTheConnectionServesTheNext() throws Exception {
        CompletableFuture<HttpResponse<String>> first = post("/one", "ä");
        assertThat(first).isNotDone();

        answers.add(" first");

        assertThat(first.get().body()).isEqualTo("ä first");
        assertThat(first.get().headers().firstValue("X-Path")).hasValue("/one");
        answers.add(" second");
        assertThat(post("/two", "").get().body()).isEqualTo(" second");
    }

    @Test
    void aClosedServerEndsRequestsThatWait() {
        CompletableFuture<HttpResponse<String>> waiting = post("/one", "");

        server.close();

        assertThat(waiting).failsWithin(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "POST / HTTP/1.1\r\nno colon\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 8388609\r\n\r\n",
                "POST ::: HTTP/1.1\r\n\r\n"
            })
    void whatIsNoRequestEndsItsConnectionAndNoOther(String text) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            assertThat(rest(socket.getInputStream())).isEmpty();
        }
        answers.add("ok");

        assertThat(post("/", "").get().body()).isEqualTo("ok");
    }

    private static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
