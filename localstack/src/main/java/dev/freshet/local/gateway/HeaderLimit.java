package dev.freshet.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * How large a request line and its headers may be together: {@value #BYTES} bytes, a quota of API
 * Gateway's REST APIs that cannot be raised.
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
