package dev.freshet.bench.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay of TCP connections on 127.0.0.1 that adds delay, and closes all connections on request in
 * the ways that a client finds after a pause.
 */
public final class Relay implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    /** The largest number of chunks on their way in one direction of a connection. */
    private static final int MAX_CHUNKS = 256;

    private final ServerSocket server;
    private final URI target;
    private final Duration delay;
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
     * Starts to accept connections.
     *
     * @param server a bound socket, closed with the relay
     * @param target host and port to connect to
     * @param delay added to each direction, and twice to the opening of a connection
     */
    public Relay(ServerSocket server, URI target, Duration delay) {
        this.server = server;
        this.target = target;
        this.delay = delay;
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /** Returns a relay without TLS on a free port. */
    public static Relay plain(URI target, Duration delay) {
        try {
            return new Relay(
                    new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target, delay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address of this relay. */
    public URI uri(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
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
            Thread.sleep(delay.multipliedBy(2));
            Socket upstream = new Socket(target.getHost(), target.getPort());
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Connection connection = new Connection(client, upstream, ending);
            connections.add(connection);
            connection.start();
        } catch (IOException refused) {
            closeQuietly(client);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
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

    private record Chunk(byte[] bytes, long dueNanos) {}

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
            pump(client, upstream);
            pump(upstream, client);
        }

        private void pump(Socket from, Socket to) {
            BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(MAX_CHUNKS);
            Thread.ofVirtual().start(() -> read(from, queue));
            Thread.ofVirtual().start(() -> write(queue, to));
        }

        private void read(Socket from, BlockingQueue<Chunk> queue) {
            byte[] buffer = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (dead) {
                        reset();
                        return;
                    }
                    byte[] bytes = Arrays.copyOf(buffer, n);
                    queue.put(new Chunk(bytes, System.nanoTime() + delay.toNanos()));
                }
            } catch (IOException closed) {
                end();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            if (!dead) {
                var _ = queue.offer(new Chunk(new byte[0], System.nanoTime() + delay.toNanos()));
            }
        }

        private void write(BlockingQueue<Chunk> queue, Socket to) {
            try {
                OutputStream out = to.getOutputStream();
                for (Chunk chunk = queue.take(); chunk.bytes.length > 0; chunk = queue.take()) {
                    TimeUnit.NANOSECONDS.sleep(chunk.dueNanos - System.nanoTime());
                    out.write(chunk.bytes);
                    out.flush();
                }
                end();
            } catch (IOException closed) {
                end();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
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
