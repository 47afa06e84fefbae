package dev.freshet.embedding;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A server of images by https on this machine, with a certificate of its own for localhost. */
final class ImageServer implements AutoCloseable {
    private static final char[] PASSWORD = "password".toCharArray();

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpsServer server;
    private final SSLContext tls;

    /** What the server does with a request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    ImageServer(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        tls = context(keys(folder.resolve("keys.p12")));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        answers.getOrDefault(
                                        exchange.getRequestURI().getPath(),
                                        missing -> missing.sendResponseHeaders(404, -1))
                                .to(exchange);
                    }
                });
        server.start();
    }

    private static KeyStore keys(Path file)
            throws IOException, GeneralSecurityException, InterruptedException {
        String options =
                "-genkeypair -storetype PKCS12 -alias server -keyalg EC -dname CN=localhost"
                        + " -ext SAN=dns:localhost -storepass "
                        + new String(PASSWORD);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", file.toString()));
        Process keytool =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns sockets that trust the server. */
    SSLSocketFactory sockets() {
        return tls.getSocketFactory();
    }

    String url(String path) {
        return "https://localhost:" + port() + path;
    }

    void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    void image(String path, String type, byte[] bytes) {
        answer(
                path,
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", type);
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(bytes);
                });
    }

    void redirect(String path, String location) {
        answer(
                path,
                exchange -> {
                    exchange.getResponseHeaders().add("Location", location);
                    exchange.sendResponseHeaders(302, -1);
                });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
