package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.console.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A server in place of a stack's API, and the command line that calls it. */
public final class CommandServer implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;

    /**
     * A request.
     *
     * @param body a missing node where there is none
     */
    public record Request(String method, String path, JsonNode body) {}

    /**
     * What a command printed.
     *
     * @param code exit code
     */
    public record Ran(int code, String out, String err) {}

    /**
     * Starts a server.
     *
     * @param answers the body of each response; null for one with status 404
     */
    public CommandServer(Function<Request, @Nullable JsonNode> answers) {
        server = serving(exchange -> answer(exchange, answers));
    }

    /** Starts a server on this machine that handles all requests in one way. */
    public static HttpServer serving(HttpHandler handler) {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpServer server = HttpServer.create(any, 0);
            server.createContext("/", handler);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address of a server on this machine. */
    public static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Makes the clients of the AWS SDK in this process call one address; null ends that. */
    public static void callInPlaceOfAws(@Nullable URI address) {
        Map<String, String> properties =
                Map.of(
                        "aws.endpointUrl", String.valueOf(address),
                        "aws.region", "eu-west-1",
                        "aws.accessKeyId", "test",
                        "aws.secretAccessKey", "test");
        if (address == null) {
            properties.keySet().forEach(System::clearProperty);
        } else {
            properties.forEach(System::setProperty);
        }
    }

    /** Returns CloudFormation's description of the stack {@code shop} with some outputs. */
    public static String described(Map<String, String> outputs) {
        return """
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
          <DescribeStacksResult><Stacks><member><StackName>shop</StackName>
            <Outputs>%s</Outputs></member></Stacks></DescribeStacksResult>
        </DescribeStacksResponse>\
        """
                .formatted(
                        outputs.entrySet().stream()
                                .map(
                                        each ->
                                                "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                                        .formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining()));
    }

    /** Asserts that a call ends with a sentence for the user that contains all parts. */
    public static void assertRefused(ThrowingCallable call, String... parts) {
        AbstractThrowableAssert<?, ?> thrown =
                assertThatThrownBy(call).isInstanceOf(CommandException.class);
        Stream.of(parts).forEach(thrown::hasMessageContaining);
    }

    /**
     * Starts a server that keeps documents by their names without checking them.
     *
     * @param path of the list of all, with a slash in front of each name below it
     * @param list makes the list of all
     */
    public static CommandServer keeping(
            String path, Map<String, JsonNode> stored, Function<ObjectNode, JsonNode> list) {
        return new CommandServer(
                request -> {
                    String name =
                            request.path().length() > path.length()
                                    ? request.path().substring(path.length() + 1)
                                    : "";
                    switch (request.method()) {
                        case "PUT" -> stored.put(name, request.body());
                        case "DELETE" -> stored.remove(name);
                        default -> {}
                    }
                    return name.isEmpty()
                            ? list.apply(MAPPER.createObjectNode())
                            : stored.get(name);
                });
    }

    private static void answer(HttpExchange exchange, Function<Request, @Nullable JsonNode> answers)
            throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        JsonNode body =
                answers.apply(
                        new Request(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().toString(),
                                sent.length == 0
                                        ? MissingNode.getInstance()
                                        : MAPPER.readTree(sent)));
        boolean deleted = exchange.getRequestMethod().equals("DELETE");
        byte[] bytes =
                MAPPER.writeValueAsBytes(
                        body == null
                                ? MAPPER.createObjectNode()
                                        .put("detail", "There is nothing of this name.")
                                : body);
        exchange.sendResponseHeaders(
                deleted ? 204 : body == null ? 404 : 200, deleted ? -1 : bytes.length);
        if (!deleted) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** Returns the address of this server. */
    public URI address() {
        return address(server);
    }

    /** Runs a command against the server. */
    public Ran run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--endpoint", address().toString(), "--key", "a-key"));
        return alone(all.toArray(String[]::new));
    }

    /** Runs a command that needs no server. */
    public static Ran alone(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(words);
        return new Ran(code, out.toString(), err.toString());
    }

    /** Runs a command against the server that has to succeed, and returns what it printed. */
    public String succeed(String... words) {
        Ran ran = run(words);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.out();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
