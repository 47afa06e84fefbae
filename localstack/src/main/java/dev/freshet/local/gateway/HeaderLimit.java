package dev.freshet.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Limit on the total size of the request line and headers: {@value #BYTES} bytes, a fixed quota of
 * API Gateway's REST APIs.
 */
final class HeaderLimit {
    static final int BYTES = 10_240;

    private HeaderLimit() {}

    static boolean exceeded(HttpExchange exchange) {
        long bytes =
                exchange.getRequestMethod().length()
                        + exchange.getRequestURI().toString().length()
                        + 2L;
        for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            for (String value : header.getValue()) {
                bytes += header.getKey().length() + 2L;
                bytes += value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
            }
            if (bytes > BYTES) {
                return true;
            }
        }
        return bytes > BYTES;
    }
}
