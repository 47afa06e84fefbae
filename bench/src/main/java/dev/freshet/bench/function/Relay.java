package dev.freshet.bench.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay of TCP connections on 127.0.0.1 that closes all connections on request in the ways that a
 * client finds after a pause.
 */
public final class Relay implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final ServerSocket server;
    private final URI target;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();

    /** The ways in which a connection ends, in turn. */
    private enum Ending {
        /**
         * The client receives the end of the stream, as from a server that closes idle connections.
         */
        CLOSED,

        /** The client receives a reset. */
        RESET,

        /** The client receives a reset when it sends the next request. */
        DEAD
    }

    /**
     * Starts to accept connections on a free port.
     *
     * @param target host and port to connect to
     */
    public Relay(URI target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /** Returns the address of this relay. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Closes all connections that are open now. */
    public void cut() {
        connections.forEach(Connection::cut);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Ending ending = Ending.values()[opened.getAndIncrement() % Ending.values().length];
                Thread.ofVirtual().start(() -> open(client, ending));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void open(Socket client, Ending ending) {
        try {
            Socket upstream = new Socket(target.getHost(), target.getPort());
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Connection connection = new Connection(client, upstream, ending);
            connections.add(connection);
            connection.start();
        } catch (IOException refused) {
            closeQuietly(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // there is nothing left to close
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;
        private final Ending ending;
        private volatile boolean dead;

        Connection(Socket client, Socket upstream, Ending ending) {
            this.client = client;
            this.upstream = upstream;
            this.ending = ending;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, upstream));
            Thread.ofVirtual().start(() -> pump(upstream, client));
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (dead) {
                        reset();
                        return;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException closed) {
                end();
            }
            if (!dead) {
                end();
            }
        }

        void cut() {
            switch (ending) {
                case CLOSED -> end();
                case RESET -> reset();
                case DEAD -> dead = true;
            }
        }

        private void reset() {
            try {
                client.setSoLinger(true, 0);
            } catch (IOException alreadyClosed) {
                dead = true;
            }
            end();
        }

        private void end() {
            connections.remove(this);
            closeQuietly(client);
            closeQuietly(upstream);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(Connection::end);
    }
}
