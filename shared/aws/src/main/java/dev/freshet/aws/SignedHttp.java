package dev.freshet.aws;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Requests to an AWS service for which there is no client in the jar, signed by Signature Version
 * 4. One attempt each.
 *
 * @param http the connection pool, with its time limits
 * @param credentials asked for each request
 * @param service the service's name in a signature, such as {@code lambda}
 * @param endpoint scheme, host and port
 * @param listeners receive each request before it is sent
 */
public record SignedHttp(
        SdkHttpClient http,
        AwsCredentialsProvider credentials,
        Region region,
        String service,
        URI endpoint,
        List<SignedCallListener> listeners) {
    /** The number of bytes up to which the body of a response is read. */
    public static final int MAX_BODY = 1 << 20;

    /**
     * A response.
     *
     * @param status of HTTP
     * @param body text, empty if there is none
     */
    public record Response(int status, String body) {}

    public SignedHttp {
        listeners = List.copyOf(listeners);
    }

    /**
     * Posts a JSON document.
     *
     * @param path absolute path, encoded
     * @throws IOException if there is no response or its body has more than {@value #MAX_BODY}
     *     bytes, or there are no credentials
     */
    public Response post(String path, Map<String, String> headers, String json) throws IOException {
        return send(SdkHttpMethod.POST, path, headers, json);
    }

    /**
     * Puts a JSON document.
     *
     * @param path absolute path, encoded
     * @throws IOException as {@link #post} does
     */
    public Response put(String path, String json) throws IOException {
        return send(SdkHttpMethod.PUT, path, Map.of(), json);
    }

    private Response send(
            SdkHttpMethod method, String path, Map<String, String> headers, String json)
            throws IOException {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder()
                        .method(method)
                        .uri(endpoint.resolve(path))
                        .putHeader("Content-Type", "application/json");
        headers.forEach(request::putHeader);
        try {
            return send(signed(request.build(), ContentStreamProvider.fromUtf8String(json)));
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    /**
     * Calls an operation of a service that takes forms and answers XML, such as CloudFormation.
     *
     * @param version of the service's API, a date
     * @throws IOException as {@link #post} does
     */
    public Response form(String operation, String version, Map<String, String> parameters)
            throws IOException {
        StringBuilder form = new StringBuilder("Action=" + operation + "&Version=" + version);
        parameters.forEach(
                (name, value) ->
                        form.append('&')
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return post(
                "/", Map.of("Content-Type", "application/x-www-form-urlencoded"), form.toString());
    }

    /**
     * Gets a document.
     *
     * @param path absolute path with its query, encoded
     * @throws IOException as {@link #post} does
     */
    public Response get(String path) throws IOException {
        return bare(SdkHttpMethod.GET, path);
    }

    /**
     * Deletes what is at a path.
     *
     * @param path absolute path with its query, encoded
     * @throws IOException as {@link #post} does
     */
    public Response delete(String path) throws IOException {
        return bare(SdkHttpMethod.DELETE, path);
    }

    private Response bare(SdkHttpMethod method, String path) throws IOException {
        SdkHttpRequest request =
                SdkHttpRequest.builder().method(method).uri(endpoint.resolve(path)).build();
        try {
            return send(signed(request, null));
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    private SignedRequest signed(SdkHttpRequest request, @Nullable ContentStreamProvider body) {
        return AwsV4HttpSigner.create()
                .sign(
                        signing ->
                                signing.identity(credentials.resolveCredentials())
                                        .request(request)
                                        .payload(body)
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    }

    private Response send(SignedRequest signed) throws IOException {
        listeners.forEach(listener -> listener.sending(service, signed.request()));
        HttpExecuteRequest.Builder execution =
                HttpExecuteRequest.builder().request(signed.request());
        signed.payload().ifPresent(execution::contentStreamProvider);
        HttpExecuteResponse response = http.prepareRequest(execution.build()).call();
        return new Response(response.httpResponse().statusCode(), body(response));
    }

    private static String body(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return "";
        }
        try (AbortableInputStream body = response.responseBody().get()) {
            byte[] bytes = body.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                body.abort();
                throw new IOException("a response has more than " + MAX_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
