package dev.freshet.aws.kinesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.SignedHttp;
import dev.freshet.store.AdaptiveRetention;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What CloudWatch knows of the consumer of a stream, read without the SDK's client, which would add
 * 1.8 MB to a jar that is loaded at each start.
 *
 * <p>The age of records is the metric {@code GetRecords.IteratorAgeMilliseconds}. Lambda and the
 * Kinesis Client Library read about once a second, so the metric is there in every minute, and is 0
 * where nothing waits. Consumers with enhanced fan-out do not call {@code GetRecords}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/making-api-requests.html">Making
 *     API requests</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html">Data
 *     streams metrics</a>
 */
public final class StreamMetrics {
    private static final String STORE = "CloudWatch";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> HEADERS =
            Map.of(
                    "X-Amz-Target",
                    "GraniteServiceVersion20100801.GetMetricData",
                    "Accept",
                    "application/json",
                    "Content-Encoding",
                    "amz-1.0");

    private static final int OK = 200;
    private static final int ATTEMPTS = 3;
    private static final String AGES = "ages";
    private static final String RECEIVED = "received";
    private static final Duration HOUR = Duration.ofHours(1);

    /** Minutes until CloudWatch surely has what happened; the report ends that long ago. */
    private static final Duration DELAY = Duration.ofMinutes(5);

    private final SignedHttp cloudWatch;

    /**
     * Creates a reader.
     *
     * @param cloudWatch signs for the service {@code monitoring}
     */
    public StreamMetrics(SignedHttp cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    /**
     * Returns the ages of the records that the consumer read in the 24 hours up to five minutes
     * before {@code now}. The request is sent at most {@value #ATTEMPTS} times.
     *
     * @throws StoreUnavailableException if CloudWatch does not answer, refuses, or has only a part
     *     of the metrics
     */
    AdaptiveRetention.Report ofLastDay(String stream, Instant now) {
        Instant end = now.minus(DELAY);
        Instant start = end.minus(HOUR.multipliedBy(AdaptiveRetention.HOURS));
        String request = request(stream, start, end);
        for (int attempt = 1; ; attempt++) {
            try {
                return report(answer(request), start);
            } catch (IOException failed) {
                if (attempt == ATTEMPTS) {
                    throw new StoreUnavailableException(STORE, failed);
                }
            }
        }
    }

    private static String request(String stream, Instant start, Instant end) {
        ObjectNode request =
                JSON.createObjectNode()
                        .put("StartTime", start.getEpochSecond())
                        .put("EndTime", end.getEpochSecond());
        request.putArray("MetricDataQueries")
                .add(
                        query(
                                AGES,
                                stream,
                                "GetRecords.IteratorAgeMilliseconds",
                                "Maximum",
                                Duration.ofMinutes(5)))
                .add(query(RECEIVED, stream, "IncomingRecords", "Sum", HOUR));
        return request.toString();
    }

    private static ObjectNode query(
            String id, String stream, String metric, String statistic, Duration period) {
        ObjectNode query = JSON.createObjectNode().put("Id", id);
        ObjectNode stat =
                query.putObject("MetricStat")
                        .put("Stat", statistic)
                        .put("Period", period.toSeconds());
        stat.putObject("Metric")
                .put("Namespace", "AWS/Kinesis")
                .put("MetricName", metric)
                .putArray("Dimensions")
                .addObject()
                .put("Name", "StreamName")
                .put("Value", stream);
        return query;
    }

    private JsonNode answer(String request) throws IOException {
        SignedHttp.Response response = cloudWatch.post("/", HEADERS, request);
        JsonNode body = parsed(response);
        if (response.status() != OK) {
            throw new IOException(
                    "a request was answered by status %d %s"
                            .formatted(response.status(), body.path("__type").asText()));
        }
        return body;
    }

    private static JsonNode parsed(SignedHttp.Response response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            throw new IOException(
                    "the answer of status %d is not JSON".formatted(response.status()), notJson);
        }
    }

    private static AdaptiveRetention.Report report(JsonNode answer, Instant start)
            throws IOException {
        List<OptionalLong> ages =
                new ArrayList<>(Collections.nCopies(AdaptiveRetention.HOURS, OptionalLong.empty()));
        JsonNode measured = result(answer, AGES);
        for (int i = 0; i < measured.path("Values").size(); i++) {
            place(
                    ages,
                    start,
                    Instant.ofEpochSecond(number(measured.at("/Timestamps/" + i))),
                    number(measured.at("/Values/" + i)));
        }
        boolean received = false;
        for (JsonNode records : result(answer, RECEIVED).path("Values")) {
            received |= number(records) > 0;
        }
        return new AdaptiveRetention.Report(ages, received);
    }

    /** Returns the complete result of a query. */
    private static JsonNode result(JsonNode answer, String id) throws IOException {
        for (JsonNode result : answer.path("MetricDataResults")) {
            if (result.path("Id").asText().equals(id)) {
                String status = result.path("StatusCode").asText();
                if (status.equals("Complete")) {
                    return result;
                }
                throw new IOException("the result of '%s' is '%s'".formatted(id, status));
            }
        }
        throw new IOException("the answer has no result of '" + id + "'");
    }

    private static long number(JsonNode value) throws IOException {
        if (!value.isNumber()) {
            throw new IOException("the answer has '" + value + "' where a number belongs");
        }
        return value.asLong();
    }

    private static void place(List<OptionalLong> ages, Instant start, Instant at, long age) {
        long hour = Duration.between(start, at).dividedBy(HOUR);
        if (!at.isBefore(start) && hour < ages.size()) {
            int index = (int) hour;
            ages.set(index, OptionalLong.of(Math.max(age, ages.get(index).orElse(0))));
        }
    }
}
