package dev.freshet.local.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on 127.0.0.1, with a virtual thread for each request. A handler may take as long
 * as it needs; the number of connections, and the times in which a request must arrive and its
 * response be taken, are limited.
 *
 * <p>Requests whose header {@code Host} names another host than this machine are refused. A page of
 * a foreign site whose name was made to resolve to 127.0.0.1 (DNS rebinding) sends its own name
 * there, and would otherwise read the status and the API with the rights of this machine's user.
 * Requests of pages of other machines, which their {@code Origin} names, are refused too, but where
 * a handler decides itself what such pages may.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MAX_CONNECTIONS = 1024;
    private static final int REQUEST_SECONDS = 30;
    private static final int RESPONSE_SECONDS = 60;
    private static final HttpReply FOREIGN_ORIGIN =
            HttpReply.problem(
                    403,
                    "foreign-origin",
                    "foreign origin",
                    "This is for programs and pages of 127.0.0.1 and localhost only.");
    private static final HttpReply FOREIGN_HOST =
            HttpReply.problem(
                    421,
                    "foreign-host",
                    "foreign host",
                    "The local cloud answers requests to 127.0.0.1 and localhost only.");
    private static final ScheduledThreadPoolExecutor TIMER =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("responses").factory());

    static {
        TIMER.setRemoveOnCancelPolicy(true);
        // The JDK reads these when the first server of the process is created.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", "" + MAX_CONNECTIONS);
        System.setProperty("sun.net.httpserver.maxReqTime", "" + REQUEST_SECONDS);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Answers requests. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Returns the response to a request.
         *
         * @throws InterruptedException if the server is closed meanwhile; there is no response then
         */
        HttpReply answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /**
     * Binds a port; the server answers from {@link #start()} on.
     *
     * @param port 0 takes a free one
     * @throws LocalCloudException if the port is in use
     */
    public LoopbackServer(int port) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new LocalCloudException(
                    "Port "
                            + port
                            + " is in use. Choose another with --port, or --port 0 for a free one.",
                    e);
        }
        server.setExecutor(threads);
    }

    /** Starts a server on a free port that answers all requests by one handler. */
    public static LoopbackServer start(Handler handler) {
        LoopbackServer server = new LoopbackServer(0);
        server.serve("/", handler);
        server.start();
        return server;
    }

    /** Serves paths that begin with {@code prefix}; the longest prefix of a path decides. */
    public void serve(String prefix, Handler handler) {
        serveAllOrigins(
                prefix,
                exchange ->
                        isFromThisMachine(exchange.getRequestHeaders().get("Origin"))
                                ? handler.answer(exchange)
                                : FOREIGN_ORIGIN);
    }

    /** Serves paths as {@link #serve} does, and to pages of all origins. */
    public void serveAllOrigins(String prefix, Handler handler) {
        server.createContext(prefix, exchange -> answer(exchange, handler));
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            HttpReply reply =
                    isOfThisMachine(exchange.getRequestHeaders().getOrDefault("Host", List.of()))
                            ? handler.answer(exchange)
                            : FOREIGN_HOST;
            ScheduledFuture<?> limit =
                    TIMER.schedule(exchange::close, RESPONSE_SECONDS, TimeUnit.SECONDS);
            try {
                reply.sendTo(exchange);
            } finally {
                limit.cancel(false);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOfThisMachine(List<String> hosts) {
        return hosts.size() == 1 && LoopbackNames.contain(hosts.getFirst());
    }

    private static boolean isFromThisMachine(@Nullable List<String> origins) {
        return origins == null
                || origins.stream()
                        .map(origin -> origin.replaceFirst("^https?://", ""))
                        .allMatch(LoopbackNames::contain);
    }

    public void start() {
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Runs work that outlives its request, until the server is closed. */
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Closes the port and all connections, and interrupts the handlers. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
