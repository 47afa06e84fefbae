package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All that a template asks for, in its order.
 *
 * @param buckets local bucket names
 * @param api the OpenAPI document of the REST API, references unresolved
 * @param routes the API's routes to functions
 */
public record Cloud(
        List<Table> tables,
        List<Stream> streams,
        List<String> buckets,
        List<FunctionSpec> functions,
        List<MappingSpec> mappings,
        List<Schedule> schedules,
        JsonNode api,
        List<Route> routes) {

    public Cloud {
        tables = List.copyOf(tables);
        streams = List.copyOf(streams);
        buckets = List.copyOf(buckets);
        functions = List.copyOf(functions);
        mappings = List.copyOf(mappings);
        schedules = List.copyOf(schedules);
        routes = List.copyOf(routes);
    }

    /**
     * A Kinesis stream.
     *
     * @param shards how many it begins with, at least one
     */
    public record Stream(String name, int shards) {

        /** The ARN that the stream goes by here. */
        public String arn() {
            return Arns.of("kinesis", "stream/" + name);
        }
    }

    /**
     * An EventBridge rule at a fixed rate.
     *
     * @param every the time from one invocation to the next
     * @param functions who is invoked
     */
    public record Schedule(String name, Duration every, List<String> functions) {
        public Schedule {
            functions = List.copyOf(functions);
        }
    }

    /**
     * One operation of the API that a function answers.
     *
     * @param method upper case
     * @param path the template, such as {@code /v1/items/{id}}
     * @param function the function's local name
     * @param operation the operation in the document
     * @param shared parameters of the path item, by name
     */
    public record Route(
            String method,
            String path,
            String function,
            JsonNode operation,
            Map<String, JsonNode> shared) {}
}
