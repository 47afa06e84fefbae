package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.measure.FlowMeter;
import dev.freshet.local.template.Cloud.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HTTP server of the API in place of API Gateway. Uses one virtual thread for each request and
 * allows at most 10 MB for a body and 29 s for an answer. {@link Intake} limits the requests in
 * progress; further ones are refused with 429. Access is decided by the document's authorizer
 * ({@link GatewayAccess}). Paths that match no route are served from the files of the site.
 * Requests that name another host than this machine are refused ({@link LoopbackHost}).
 */
public final class Gateway implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(29);
    private static final int BACKLOG = 1024;
    private static final String API = "/v1/";
    private static final String INSIGHTS = "/v1/insights/";
    private static final String SEGMENTS = "/v1/segments";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Intake intake = new Intake();
    private final Routes routes;
    private final Envelope envelope;
    private final Preflight preflight;
    private final GatewayResponses refusals;
    private final StaticSite site;
    private final Functions functions;
    private final GatewayAccess access;
    private final Supplier<String> requestIds;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private volatile @Nullable FlowMeter meter;

    /** Invoker of functions by name. */
    public interface Functions {
        Invocation invoke(String function, String payload, Duration limit)
                throws InterruptedException;
    }

    /**
     * Binds the port; the server answers from {@link #start()} on.
     *
     * @param port port on 127.0.0.1; 0 takes a free one
     * @param api the OpenAPI document
     * @param site folder of static files
     * @param functions invokes functions, the authorizer included
     * @param plans rate limits of callers
     * @throws LocalCloudException if the port is in use
     */
    public Gateway(
            int port,
            JsonNode api,
            List<Route> routes,
            Path site,
            Functions functions,
            UsagePlanLimits plans,
            Supplier<String> requestIds,
            InstantSource clock,
            Consumer<String> messages) {
        this.routes = new Routes(routes);
        this.envelope = new Envelope(api);
        this.preflight = new Preflight(api);
        this.refusals = new GatewayResponses(api);
        this.site = new StaticSite(site);
        this.functions = functions;
        this.access = new GatewayAccess(new TokenAuthorizer(functions, clock), plans);
        this.requestIds = requestIds;
        this.clock = clock;
        this.messages = messages;
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
        server.createContext("/", this::handle).getFilters().add(LoopbackHost.FILTER);
    }

    /**
     * Sets limits for all of the JDK's HTTP servers of this process; must be called before the
     * first one is created.
     */
    public static void limitServers() {
        Intake.limitServers();
    }

    /**
     * Serves paths that begin with {@code prefix} by a handler of the local cloud instead of a
     * function.
     */
    public void serve(String prefix, HttpHandler handler) {
        server.createContext(prefix, handler).getFilters().add(LoopbackHost.FILTER);
    }

    public void start() {
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String requestId = requestIds.get();
        try (exchange) {
            HttpReply reply = answerOrFailure(exchange, requestId);
            count(exchange, reply);
            exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
            reply.sendTo(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Counts answers from now on. Those to requests for insights are left out: a page that looks at
     * the figures would change them.
     */
    public void count(FlowMeter into) {
        meter = into;
    }

    private void count(HttpExchange exchange, HttpReply reply) {
        FlowMeter into = meter;
        String path = exchange.getRequestURI().getPath();
        if (into != null
                && path != null
                && path.startsWith(API)
                && !path.startsWith(INSIGHTS)
                && !path.equals(SEGMENTS)
                && !exchange.getRequestMethod().equals("OPTIONS")) {
            into.request(reply.status(), clock.instant());
        }
    }

    private HttpReply answerOrFailure(HttpExchange exchange, String requestId)
            throws IOException, InterruptedException {
        try {
            return answer(exchange, requestId);
        } catch (RuntimeException e) {
            messages.accept(
                    "The local API Gateway failed on "
                            + exchange.getRequestURI().getPath()
                            + ": "
                            + e);
            return refusals.of(GatewayResponses.Kind.INTEGRATION_FAILURE, requestId);
        }
    }

    private HttpReply answer(HttpExchange exchange, String requestId)
            throws IOException, InterruptedException {
        if (HeaderLimit.exceeded(exchange)) {
            return refusals.of(GatewayResponses.Kind.HEADERS_TOO_LARGE, requestId);
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        if (path == null || exchange.getRequestURI().getRawAuthority() != null) {
            return refusals.of(GatewayResponses.Kind.RESOURCE_NOT_FOUND, requestId);
        }
        Optional<Routes.Match> match = routes.match(method, path);
        if (match.isEmpty()) {
            return unrouted(exchange, method, path, requestId);
        }
        Optional<Intake.Reservation> reservation = intake.enter(declared(exchange));
        if (reservation.isEmpty()) {
            return refusals.of(GatewayResponses.Kind.THROTTLED, requestId);
        }
        try {
            return routed(exchange, method, path, match.get(), requestId);
        } finally {
            reservation.get().close();
        }
    }

    private static long declared(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        return length == null ? (chunked ? -1 : 0) : Long.parseLong(length.strip());
    }

    private HttpReply routed(
            HttpExchange exchange, String method, String path, Routes.Match match, String requestId)
            throws IOException, InterruptedException {
        byte[] body;
        try {
            body = readBody(exchange.getRequestBody());
        } catch (IOException malformed) {
            // a chunk that is no chunk; a client that has gone reads no answer either
            return refusals.of(GatewayResponses.Kind.BAD_REQUEST_BODY, requestId);
        }
        if (body.length > Intake.MAX_BODY_BYTES) {
            return refusals.of(GatewayResponses.Kind.REQUEST_TOO_LARGE, requestId);
        }
        Route route = match.route();
        Optional<Grant> caller;
        switch (access.admit(route, method, path, exchange.getRequestHeaders())) {
            case AccessOutcome.Refused(var kind) -> {
                return refusals.of(kind, requestId);
            }
            case AccessOutcome.Admitted(var grant) -> caller = Optional.of(grant);
            case AccessOutcome.Open() -> caller = Optional.empty();
        }
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        Optional<GatewayResponses.Kind> refusal = envelope.refusal(route, contentType, body);
        if (refusal.isPresent()) {
            return refusals.of(refusal.get(), requestId);
        }
        String event =
                ProxyEvent.write(
                        method,
                        path,
                        exchange.getRequestURI().getRawQuery(),
                        new HashMap<>(exchange.getRequestHeaders()),
                        new String(body, StandardCharsets.UTF_8),
                        match,
                        requestId,
                        caller,
                        clock.instant());
        return switch (functions.invoke(route.function(), event, TIME_LIMIT)) {
            case Invocation.Answer(var payload) ->
                    ProxyAnswer.read(payload)
                            .orElseGet(
                                    () ->
                                            refusals.of(
                                                    GatewayResponses.Kind.INTEGRATION_FAILURE,
                                                    requestId));
            case Invocation.Failed ignored ->
                    refusals.of(GatewayResponses.Kind.INTEGRATION_FAILURE, requestId);
            case Invocation.TimedOut ignored ->
                    refusals.of(GatewayResponses.Kind.INTEGRATION_TIMEOUT, requestId);
            case Invocation.Throttled() -> refusals.of(GatewayResponses.Kind.THROTTLED, requestId);
        };
    }

    private HttpReply unrouted(HttpExchange exchange, String method, String path, String requestId)
            throws IOException {
        Optional<String> template = routes.template(path);
        if (template.isPresent()) {
            Optional<HttpReply> preflighted =
                    method.equals("OPTIONS") ? preflight.answer(template.get()) : Optional.empty();
            return preflighted.orElseGet(() -> notAllowed(path, requestId));
        }
        if (method.equals("GET") || method.equals("HEAD")) {
            Optional<HttpReply> file = site.file(exchange.getRequestURI().getPath());
            if (file.isPresent()) {
                return file.get();
            }
        }
        return refusals.of(GatewayResponses.Kind.RESOURCE_NOT_FOUND, requestId);
    }

    private HttpReply notAllowed(String path, String requestId) {
        HttpReply refusal = refusals.of(GatewayResponses.Kind.METHOD_NOT_ALLOWED, requestId);
        Map<String, List<String>> headers = new HashMap<>(refusal.headers());
        headers.put("Allow", List.of(String.join(", ", routes.methods(path))));
        return new HttpReply(refusal.status(), headers, refusal.body());
    }

    private static byte[] readBody(InputStream in) throws IOException {
        return in.readNBytes(Intake.MAX_BODY_BYTES + 1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
