package dev.freshet.aws;

import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Receives the requests of {@link SignedHttp}, which no interceptor of the SDK receives. {@link
 * Clients} finds implementations by {@link java.util.ServiceLoader}; a deployed function has none.
 */
public interface SignedCallListener {
    /**
     * Called before a request is sent.
     *
     * @param service the service's name in the signature
     * @param signed the request with all its headers, the signature included
     */
    void sending(String service, SdkHttpRequest signed);
}
