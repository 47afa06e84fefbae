package dev.freshet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reader of metrics by {@code GetMetricData}, without the SDK's client, which would add 1.8 MB to a
 * jar that is loaded at each start.
 *
 * @param cloudWatch signs for the service {@code monitoring}
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/making-api-requests.html">Making
 *     API requests</a>
 */
public record MetricData(SignedHttp cloudWatch) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json", "Content-Encoding", "amz-1.0");

    /**
     * Returns CloudWatch as a service of JSON documents.
     *
     * @param cloudWatch signs for the service {@code monitoring}
     */
    public static JsonService service(SignedHttp cloudWatch) {
        return new JsonService(cloudWatch, "GraniteServiceVersion20100801", HEADERS);
    }

    /**
     * A question for one statistic of a metric.
     *
     * @param id names the result; a lower-case letter, then letters and digits
     * @param statistic such as {@code Sum}, {@code p99} or {@code PR(:200)}
     * @param period a whole number of minutes
     */
    public record Query(
            String id,
            String namespace,
            String metric,
            Map<String, String> dimensions,
            String statistic,
            Duration period) {
        public Query {
            dimensions = Map.copyOf(dimensions);
        }

        /** Returns the same question by another period. */
        Query every(Duration other) {
            return new Query(id, namespace, metric, dimensions, statistic, other);
        }
    }

    /**
     * A value of a metric.
     *
     * @param at the begin of its period
     */
    public record Point(Instant at, double value) {}

    /**
     * Returns the points of each query by its id, in one request. A period without values has no
     * point.
     *
     * @param queries at most 500
     * @param attempts how many times it is asked at most, 1 or more
     * @throws StoreUnavailableException if CloudWatch does not answer, refuses, or has only a part
     *     of the metrics
     */
    public Map<String, List<Point>> ask(
            List<Query> queries, Instant start, Instant end, int attempts) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ask(queries, start, end);
            } catch (IOException failed) {
                if (attempt >= attempts) {
                    throw AwsCalls.unavailable("CloudWatch", failed);
                }
            }
        }
    }

    private Map<String, List<Point>> ask(List<Query> queries, Instant start, Instant end)
            throws IOException {
        ObjectNode request =
                JSON.createObjectNode()
                        .put("StartTime", start.getEpochSecond())
                        .put("EndTime", end.getEpochSecond());
        ArrayNode all = request.putArray("MetricDataQueries");
        queries.forEach(query -> all.add(json(query)));
        JsonNode answer = service(cloudWatch).call("GetMetricData", request);
        Map<String, List<Point>> points = new HashMap<>();
        for (Query query : queries) {
            points.put(query.id(), points(result(answer, query.id())));
        }
        return points;
    }

    private static ObjectNode json(Query query) {
        ObjectNode json = JSON.createObjectNode().put("Id", query.id());
        ObjectNode stat =
                json.putObject("MetricStat")
                        .put("Stat", query.statistic())
                        .put("Period", query.period().toSeconds());
        ArrayNode dimensions =
                stat.putObject("Metric")
                        .put("Namespace", query.namespace())
                        .put("MetricName", query.metric())
                        .putArray("Dimensions");
        new TreeMap<>(query.dimensions())
                .forEach(
                        (name, value) ->
                                dimensions.addObject().put("Name", name).put("Value", value));
        return json;
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

    private static List<Point> points(JsonNode result) throws IOException {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < result.path("Values").size(); i++) {
            points.add(
                    new Point(
                            Instant.ofEpochSecond((long) number(result.at("/Timestamps/" + i))),
                            number(result.at("/Values/" + i))));
        }
        return points;
    }

    private static double number(JsonNode value) throws IOException {
        if (!value.isNumber()) {
            throw new IOException("the answer has '" + value + "' where a number belongs");
        }
        return value.asDouble();
    }
}
