package dev.freshet.local.gateway;

import dev.freshet.local.function.Invocation;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.TemplateReader;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fuzz target: the local gateway's socket, with a function that answers everything. Whatever
 * arrives on a connection that the client then closes, the server must close the connection too,
 * with statuses below 500 or no answer; the exception is 501 for an unknown transfer coding (RFC
 * 9112, 6.1). Memory allocated by the server's threads is limited by {@link Intake} and not
 * measured here.
 */
public final class SocketTarget implements FuzzTarget {
    private static final int MAX_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.[01] (\\d{3})");

    private final AtomicReference<String> messages = new AtomicReference<>("");
    private final Gateway gateway;

    public SocketTarget() {
        Cloud sample =
                TemplateReader.read(
                        Path.of("src/test/resources/dev/freshet/local/sample.template.json"));
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        gateway =
                new Gateway(
                        0,
                        sample,
                        Path.of("nowhere"),
                        (function, payload, limit) ->
                                new Invocation.Answer("{\"statusCode\":200,\"body\":\"ok\"}"),
                        UsagePlanLimits.none(InstantSource.fixed(now)),
                        () -> "request-1",
                        InstantSource.fixed(now),
                        messages::set);
        gateway.start();
    }

    @Override
    public String name() {
        return "HTTP face, socket";
    }

    @Override
    public boolean connects() {
        return true;
    }

    @Override
    public List<byte[]> seeds() {
        String head = " HTTP/1.1\r\nHost: localhost\r\n";
        return List.of(
                        "GET /v1/notes/a%20b?c=d&e=%2F" + head + "\r\n",
                        "POST /v1/notes"
                                + head
                                + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"name\":\"x\"}",
                        "POST /v1/notes"
                                + head
                                + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n",
                        "OPTIONS /v1/notes" + head + "Origin: https://a.b\r\n\r\n",
                        "GET /..%2f..%2fetc/passwd" + head + "Authorization: Bearer x\r\n\r\n",
                        "HEAD /" + head + "Connection: close\r\n\r\n")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999\r\n",
                "Content-Length: 1, 2\r\n",
                "Transfer-Encoding: gzip\r\n",
                "Expect: 100-continue\r\n",
                "GET http://a/ HTTP/1.1\r\n\r\n",
                "GET * HTTP/1.0\r\n\r\n",
                "7fffffffffffffff\r\n",
                "/%00",
                "?%",
                "\r\n folded: x\r\n");
    }

    @Override
    public void take(byte[] input) throws IOException {
        String answer = answer(input);
        String asked = new String(input, StandardCharsets.ISO_8859_1);
        Matcher statuses = STATUS.matcher(answer);
        while (statuses.find()) {
            int status = Integer.parseInt(statuses.group(1));
            boolean coding =
                    status == 501 && asked.toLowerCase(Locale.ROOT).contains("transfer-encoding");
            if (status >= 500 && !coding) {
                throw new IllegalStateException(answer + " " + messages.get());
            }
        }
    }

    /** Returns everything that the server sent until it closed the connection. */
    String answer(byte[] input) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort());
        try (socket) {
            socket.setSoTimeout(MAX_MILLIS);
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(input);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException ended) {
            return ""; // the server closed the connection before reading all of it
        }
    }
}
