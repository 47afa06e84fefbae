package dev.freshet.local.function;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server for one client whose requests may wait for as long as it takes. The JDK's
 * server ends a request after a time limit that all servers of a process share ({@code
 * sun.net.httpserver.maxRspTime}), and a process that nobody invokes waits for longer. Listens on
 * 127.0.0.1; bodies have a {@code Content-Length} of {@value #MAX_BODY} bytes at most.
 */
final class WaitingHttpServer implements AutoCloseable {
    static final int MAX_BODY = 8 << 20;

    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_CONNECTIONS = 16;

    private final ServerSocket server;
    private final Handler handler;
    private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * A request.
     *
     * @param path decoded, without the query
     */
    record Request(String path, String body) {}

    /**
     * A response.
     *
     * @param headers beside the length of the body
     */
    record Response(int status, Map<String, String> headers, String body) {
        Response {
            headers = Map.copyOf(headers);
        }
    }

    /** Answers requests. */
    interface Handler {
        /**
         * Returns the response to a request.
         *
         * @throws InterruptedException if the server is closed meanwhile
         */
        Response answer(Request request) throws InterruptedException;
    }

    /** Starts a server on a free port. */
    WaitingHttpServer(Handler handler) {
        this.handler = handler;
        try {
            server = new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("runtime-api").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    socket.close();
                    continue;
                }
                Thread thread =
                        Thread.ofVirtual()
                                .name("runtime-api-connection")
                                .unstarted(() -> serve(socket));
                connections.put(socket, thread);
                if (closed) { // close() may have passed before the connection was noted
                    socket.close();
                    return;
                }
                thread.start();
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                write(out, handler.answer(request));
            }
        } catch (IOException | IllegalArgumentException broken) {
            // The client has gone, or does not speak HTTP; it sees a closed connection.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /** Reads a request; null at the end of the connection. */
    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        String[] parts = first.split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0 || headers.size() == MAX_HEADERS) {
                throw new IOException("headers that cannot be read");
            }
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (parts.length < 3 || length < 0 || length > MAX_BODY) {
            throw new IOException("a request that cannot be read");
        }
        byte[] body = in.readNBytes(length);
        return new Request(
                URI.create(parts[1]).getPath(), new String(body, StandardCharsets.UTF_8));
    }

    /** Reads a line without its end; empty also at the end of the connection. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() == MAX_LINE) {
                throw new IOException("a line is too long");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private static void write(OutputStream out, Response response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " \r\n");
        response.headers()
                .forEach((name, value) -> head.append(name + ": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (Map.Entry<Socket, Thread> connection : connections.entrySet()) {
                connection.getKey().close();
                connection.getValue().interrupt();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
