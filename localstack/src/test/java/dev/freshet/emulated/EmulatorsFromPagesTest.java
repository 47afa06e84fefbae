package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the emulators answer to pages that are open in a browser of their machine. */
class EmulatorsFromPagesTest {
    private static String answer(Settings.Service service, String method, String... headers)
            throws IOException {
        assertThat(EmulatedAws.clients()).isNotNull();
        URI endpoint = EmulatedAws.settings().endpoint(service).orElseThrow();
        String request =
                "%s / HTTP/1.1\r\n%s\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                        .formatted(
                                method,
                                String.join("\r\n", headers)
                                        .replace("PORT", "" + endpoint.getPort()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DYNAMODB", "KINESIS", "S3"})
    void aPageMayNeitherAskNorReadAnEmulator(Settings.Service service) throws IOException {
        String here = "Host: 127.0.0.1:PORT";
        for (String method : new String[] {"GET", "POST", "OPTIONS", "PUT"}) {
            for (String page :
                    new String[] {
                        here + "\r\nOrigin: https://evil.example",
                        here + "\r\nOrigin: null",
                        here + "\r\nSec-Fetch-Site: cross-site",
                        "Host: evil.example:PORT",
                        "Host: localhost.evil.example"
                    }) {
                assertThat(
                                answer(
                                        service,
                                        method,
                                        page,
                                        "Access-Control-Request-Method: POST",
                                        "X-Amz-Target: DynamoDB_20120810.ListTables"))
                        .as("%s with %s", method, page)
                        .startsWith("HTTP/1.1 421 ")
                        .doesNotContainIgnoringCase("access-control");
            }
        }
        assertThat(answer(service, "GET", here)).doesNotContain("HTTP/1.1 421 ");
        assertThat(answer(service, "GET", "Host: localhost:PORT")).doesNotContain("HTTP/1.1 421 ");
    }
}
