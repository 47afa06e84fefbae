package dev.freshet.bench.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    @AutoClose private final ServerSocket echo = echo();

    @AutoClose
    private final Relay relay = new Relay(URI.create("http://127.0.0.1:" + echo.getLocalPort()));

    private static ServerSocket echo() {
        try {
            ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            Thread.ofVirtual()
                    .start(
                            () -> {
                                while (!server.isClosed()) {
                                    try {
                                        Socket socket = server.accept();
                                        Thread.ofVirtual().start(() -> repeat(socket));
                                    } catch (IOException closed) {
                                        return;
                                    }
                                }
                            });
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void repeat(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException closed) {
            // the relay ended the connection
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.uri().getPort());
        assertThat(asked(socket)).isEqualTo('?');
        return socket;
    }

    private static int asked(Socket socket) throws IOException {
        socket.getOutputStream().write('?');
        InputStream in = socket.getInputStream();
        return in.read();
    }

    @Test
    void connectionsEndInTurnByACloseByAResetAndByAResetOfTheNextRequest() throws IOException {
        try (Socket closed = connect();
                Socket reset = connect();
                Socket dead = connect()) {
            relay.cut();

            assertThat(closed.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> reset.getInputStream().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> asked(dead)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void afterACutNewConnectionsAreOpened() throws IOException {
        try (Socket first = connect()) {
            relay.cut();
            assertThat(first.getInputStream().read()).isEqualTo(-1);
        }

        try (Socket second = connect()) {
            assertThat(second.isConnected()).isTrue();
        }
    }
}
