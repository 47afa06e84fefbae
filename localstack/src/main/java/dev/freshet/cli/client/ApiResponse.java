package dev.freshet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What the API said.
 *
 * @param status HTTP status
 * @param body the JSON, or a missing node where there was none
 * @param arrivedAtNanos {@link System#nanoTime()} when the last byte had come
 * @param took from sending to the last byte
 * @param retryAfter how long it asked to wait; zero where it did not
 */
public record ApiResponse(
        int status, JsonNode body, long arrivedAtNanos, Duration took, Duration retryAfter) {

    /** An answer that does not ask to wait. */
    public ApiResponse(int status, JsonNode body, long arrivedAtNanos, Duration took) {
        this(status, body, arrivedAtNanos, took, Duration.ZERO);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** One sentence of why not: the problem's detail, else its title, else the status. */
    public String problem() {
        String detail = body.path("detail").asText(body.path("title").asText(""));
        return detail.isEmpty() ? "The API answered " + status + "." : detail;
    }
}
