package dev.freshet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client of one API over HTTP/1.1 that keeps its connections. Every request ends within {@link
 * #TIMEOUT}.
 */
public final class FreshetClient implements AutoCloseable {
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final Optional<String> credential;
    private final @Nullable String refused;
    private final HttpClient http;

    /**
     * Creates a client without a credential, for routes that need none.
     *
     * @param api address without a trailing slash: {@code http://127.0.0.1:7070}
     */
    public FreshetClient(URI api) {
        this(api, Optional.empty());
    }

    /**
     * Creates a client.
     *
     * @param api address without a trailing slash: {@code http://127.0.0.1:7070}
     * @param credential a key or a user token, sent with every request
     */
    public FreshetClient(URI api, Optional<String> credential) {
        this(api, credential, null);
    }

    /**
     * Creates a client that knows where its credential came from.
     *
     * @param refused a sentence that takes the place of the API's, which speaks of headers, where
     *     the credential is refused; null leaves that
     */
    public FreshetClient(URI api, Optional<String> credential, @Nullable String refused) {
        this.api = api;
        this.credential = credential;
        this.refused = refused;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
    }

    /** Returns the address of the API. */
    public URI api() {
        return api;
    }

    public ApiResponse get(String path) {
        return send(request(path).GET().build());
    }

    public ApiResponse post(String path, JsonNode body) {
        return post(path, body, Map.of());
    }

    public ApiResponse post(String path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        return send(request.build());
    }

    public ApiResponse put(String path, JsonNode body) {
        return send(request(path).PUT(BodyPublishers.ofString(body.toString())).build());
    }

    public ApiResponse patch(String path, JsonNode body) {
        return send(
                request(path).method("PATCH", BodyPublishers.ofString(body.toString())).build());
    }

    public ApiResponse delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Returns an id encoded as one segment of a path. */
    public static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a further parameter of a query; nothing for null. */
    public static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + segment(value);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api + path))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json");
        credential.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /**
     * Sends a request with these headers and no others, not even the credential, and returns the
     * response as it came, for checks of what a gateway does with headers and encodings.
     */
    public HttpResponse<byte[]> exchange(
            String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api + path))
                        .timeout(TIMEOUT)
                        .method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return sent(request.build());
    }

    private ApiResponse send(HttpRequest request) {
        long start = System.nanoTime();
        HttpResponse<byte[]> response = sent(request);
        long end = System.nanoTime();
        JsonNode body = parsed(response.body());
        if (response.statusCode() == 401 && refused != null && body instanceof ObjectNode problem) {
            problem.put("detail", refused);
        }
        return new ApiResponse(
                response.statusCode(),
                body,
                end,
                Duration.ofNanos(end - start),
                retryAfter(response));
    }

    private HttpResponse<byte[]> sent(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UnreachableException(api, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException(api, e);
        }
    }

    /**
     * Reads {@code Retry-After} in seconds; a date, which the API does not send, counts as zero.
     */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    private static JsonNode parsed(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return JSON.createObjectNode().put("detail", new String(body, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** Nothing answers at the address of an API; the message says what to do. */
    public static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private UnreachableException(URI address, Throwable cause) {
            super(
                    "Nothing answers at %s. Check --endpoint or the profile; a local cloud is started with './freshet up'."
                            .formatted(address),
                    cause);
        }
    }
}
