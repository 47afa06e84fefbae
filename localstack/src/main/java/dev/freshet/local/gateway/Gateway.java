package dev.freshet.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.gateway.GatewayResponses.Kind;
import dev.freshet.local.gateway.TokenAuthorizer.Grant;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.LoopbackServer;
import dev.freshet.local.measure.FlowMeter;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HTTP server of the API in place of API Gateway. Allows at most 10 MB for a body, {@value
 * #MAX_HEAD} bytes for the request line and headers, and 29 s for an answer. {@link Intake} limits
 * the requests in progress; further ones are refused with 429. Access is decided by the document's
 * authorizer, and then by the usage plan of the admitted caller: a request that the authorizer
 * refuses is not counted against a plan. Paths that match no route are served from the files of the
 * site.
 */
public final class Gateway implements AutoCloseable {
    /** Most bytes of the request line and headers together: a fixed quota of REST APIs. */
    private static final int MAX_HEAD = 10_240;

    private static final Duration TIME_LIMIT = Duration.ofSeconds(29);
    private static final String API = "/v1/";
    private static final String INSIGHTS = "/v1/insights/";
    private static final String SEGMENTS = "/v1/segments";

    private final LoopbackServer server;
    private final Intake intake = new Intake();
    private final Routes routes;
    private final Envelope envelope;
    private final GatewayResponses responses;
    private final StaticSite site;
    private final Functions functions;
    private final TokenAuthorizer authorizer;
    private final UsagePlanLimits plans;
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
     * @param cloud has the OpenAPI document and the routes
     * @param site folder of static files
     * @param functions invokes functions, the authorizer included
     * @param plans rate limits of callers
     * @throws LocalCloudException if the port is in use
     */
    public Gateway(
            int port,
            Cloud cloud,
            Path site,
            Functions functions,
            UsagePlanLimits plans,
            Supplier<String> requestIds,
            InstantSource clock,
            Consumer<String> messages) {
        this.routes = new Routes(cloud.routes());
        this.envelope = new Envelope(cloud.api());
        this.responses = new GatewayResponses(cloud.api());
        this.site = new StaticSite(site);
        this.functions = functions;
        this.authorizer = new TokenAuthorizer(functions, clock);
        this.plans = plans;
        this.requestIds = requestIds;
        this.clock = clock;
        this.messages = messages;
        server = new LoopbackServer(port);
        server.serveAllOrigins("/", exchange -> new Call(exchange).reply());
    }

    /**
     * Serves paths that begin with {@code prefix} by a handler of the local cloud instead of a
     * function.
     */
    public void serve(String prefix, LoopbackServer.Handler handler) {
        server.serve(prefix, handler);
    }

    public void start() {
        server.start();
    }

    public URI uri() {
        return server.uri();
    }

    /**
     * Counts answers from now on. Those to requests for insights are left out: a page that looks at
     * the figures would change them.
     */
    public void count(FlowMeter into) {
        meter = into;
    }

    /**
     * Returns the ARN that is passed to authorizers and matched with policies: API, stage, method
     * and path.
     */
    static String arn(String method, String rawPath) {
        return Arns.of(
                "execute-api",
                ProxyIntegration.API + "/" + ProxyIntegration.STAGE + "/" + method + rawPath);
    }

    /** One request on its way through the gateway. */
    private final class Call {
        private final HttpExchange exchange;
        private final String method;
        private final String requestId = requestIds.get();

        Call(HttpExchange exchange) {
            this.exchange = exchange;
            this.method = exchange.getRequestMethod();
        }

        HttpReply reply() throws IOException, InterruptedException {
            String path = exchange.getRequestURI().getPath();
            HttpReply reply;
            try {
                reply = answer();
            } catch (RuntimeException e) {
                messages.accept("The local API Gateway failed on " + path + ": " + e);
                reply = refused(Kind.INTEGRATION_FAILURE);
            }
            FlowMeter into = meter;
            if (into != null
                    && path != null
                    && path.startsWith(API)
                    && !path.startsWith(INSIGHTS)
                    && !path.equals(SEGMENTS)
                    && !method.equals("OPTIONS")) {
                into.request(reply.status(), clock.instant());
            }
            return reply.with("x-amzn-RequestId", requestId);
        }

        private HttpReply refused(Kind kind) {
            return responses.of(kind, requestId);
        }

        private HttpReply answer() throws IOException, InterruptedException {
            if (headBytes() > MAX_HEAD) {
                return refused(Kind.HEADERS_TOO_LARGE);
            }
            String path = exchange.getRequestURI().getRawPath();
            if (path == null || exchange.getRequestURI().getRawAuthority() != null) {
                return refused(Kind.RESOURCE_NOT_FOUND);
            }
            Optional<Routes.Match> match = routes.match(method, path);
            if (match.isEmpty()) {
                return unrouted(path);
            }
            try (Intake.Reservation held = intake.begin()) {
                Optional<byte[]> body;
                try {
                    body = held.body(exchange.getRequestBody());
                } catch (IOException malformed) {
                    // a chunk that is no chunk; a client that has gone reads no answer either
                    return refused(Kind.BAD_REQUEST_BODY);
                }
                if (body.isPresent() && body.get().length > Intake.MAX_BODY_BYTES) {
                    return refused(Kind.REQUEST_TOO_LARGE);
                }
                return body.isPresent() && held.place()
                        ? routed(path, match.get(), body.get())
                        : refused(Kind.THROTTLED);
            }
        }

        private long headBytes() {
            long bytes = method.length() + exchange.getRequestURI().toString().length() + 2L;
            for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
                for (String value : header.getValue()) {
                    bytes += header.getKey().length() + 2L;
                    bytes += value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
                }
            }
            return bytes;
        }

        private @Nullable String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        private HttpReply routed(String path, Routes.Match match, byte[] body)
                throws InterruptedException {
            Route route = match.route();
            Optional<Grant> caller = Optional.empty();
            if (route.authorizer().isPresent()) {
                Cloud.Authorizer guard = route.authorizer().get();
                List<String> values =
                        exchange.getRequestHeaders().getOrDefault(guard.header(), List.of());
                switch (authorizer.decide(guard, values, arn(method, path))) {
                    case TokenAuthorizer.Decision.Refused(var kind) -> {
                        return refused(kind);
                    }
                    case TokenAuthorizer.Decision.Admitted(var grant) ->
                            caller = Optional.of(grant);
                }
            }
            if (caller.isPresent() && route.keyed()) {
                Optional<Kind> limited = plans.refusal(caller.get().usageKey());
                if (limited.isPresent()) {
                    return refused(limited.get());
                }
            }
            Optional<Kind> malformed = envelope.refusal(route, header("Content-Type"), body);
            if (malformed.isPresent()) {
                return refused(malformed.get());
            }
            String event =
                    ProxyIntegration.event(
                            exchange, body, match, requestId, caller, clock.instant());
            return switch (functions.invoke(route.function(), event, TIME_LIMIT)) {
                case Invocation.Answer(var payload) ->
                        ProxyIntegration.response(payload)
                                .orElseGet(() -> refused(Kind.INTEGRATION_FAILURE));
                case Invocation.Failed _ -> refused(Kind.INTEGRATION_FAILURE);
                case Invocation.TimedOut _ -> refused(Kind.INTEGRATION_TIMEOUT);
                case Invocation.Throttled() -> refused(Kind.THROTTLED);
            };
        }

        private HttpReply unrouted(String path) throws IOException {
            Optional<String> template = routes.template(path);
            if (template.isPresent()) {
                Optional<HttpReply> preflight =
                        method.equals("OPTIONS")
                                ? responses.preflight(template.get())
                                : Optional.empty();
                return preflight.orElseGet(
                        () ->
                                refused(Kind.METHOD_NOT_ALLOWED)
                                        .with("Allow", String.join(", ", routes.methods(path))));
            }
            Optional<HttpReply> file =
                    method.equals("GET") || method.equals("HEAD")
                            ? site.file(exchange.getRequestURI().getPath())
                            : Optional.empty();
            return file.orElseGet(() -> refused(Kind.RESOURCE_NOT_FOUND));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
