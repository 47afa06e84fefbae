package dev.freshet.aws;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
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
 */
public record SignedHttp(
        SdkHttpClient http,
        AwsCredentialsProvider credentials,
        Region region,
        String service,
        URI endpoint) {

    /**
     * Posts a JSON document.
     *
     * @param path absolute path, encoded
     * @return the status of the response, whose body is read and discarded
     * @throws IOException if there is no response, or there are no credentials
     */
    public int post(String path, Map<String, String> headers, String json) throws IOException {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint.resolve(path))
                        .putHeader("Content-Type", "application/json");
        headers.forEach(request::putHeader);
        try {
            return send(signed(request.build(), ContentStreamProvider.fromUtf8String(json)));
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    private SignedRequest signed(SdkHttpRequest request, ContentStreamProvider body) {
        return AwsV4HttpSigner.create()
                .sign(
                        signing ->
                                signing.identity(credentials.resolveCredentials())
                                        .request(request)
                                        .payload(body)
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    }

    private int send(SignedRequest signed) throws IOException {
        HttpExecuteRequest.Builder execution =
                HttpExecuteRequest.builder().request(signed.request());
        signed.payload().ifPresent(execution::contentStreamProvider);
        HttpExecuteResponse response = http.prepareRequest(execution.build()).call();
        if (response.responseBody().isPresent()) {
            try (AbortableInputStream body = response.responseBody().get()) {
                body.readAllBytes();
            }
        }
        return response.httpResponse().statusCode();
    }
}
