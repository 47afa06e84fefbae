package dev.freshet.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * One response of the API.
 *
 * @param status HTTP status code
 * @param body JSON body; a missing node where there was none
 * @param arrivedAtNanos {@link System#nanoTime()} when the last byte had arrived
 * @param took time from sending the request to the last byte
 * @param retryAfter how long the response asks to wait; zero where it does not
 */
public record ApiResponse(
        int status, JsonNode body, long arrivedAtNanos, Duration took, Duration retryAfter) {

    /** Returns whether the status is 2xx. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /**
     * Returns a sentence that says why the request failed: the problem document's detail, else its
     * title, else the status.
     */
    public String problem() {
        String detail = body.path("detail").asText(body.path("title").asText(""));
        return detail.isEmpty() ? "The API answered " + status + "." : detail;
    }
}
