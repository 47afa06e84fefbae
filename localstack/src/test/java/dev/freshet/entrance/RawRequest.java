package dev.freshet.entrance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Response to a handwritten HTTP request that no HTTP client would send. */
record RawRequest(int status, String body) {

    /**
     * Sends one request on a connection of its own.
     *
     * @param target target in the request line, sent unchanged
     * @param headers complete header lines
     */
    static RawRequest send(URI api, String method, String target, String body, String... headers)
            throws IOException {
        StringBuilder request =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(content.length)
                    .append("\r\n");
        }
        request.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int space = answer.indexOf(' ');
            int end = answer.indexOf("\r\n\r\n");
            return new RawRequest(
                    Integer.parseInt(answer.substring(space + 1, space + 4)),
                    end < 0 ? "" : answer.substring(end + 4));
        }
    }
}
