package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that a template asks for, in its order.
 *
 * @param buckets local bucket names
 * @param api the OpenAPI document of the REST API, references unresolved
 * @param routes the API's routes to functions
 * @param usagePlans how fast the callers of each plan may be
 */
public record Cloud(
        List<Table> tables,
        List<Stream> streams,
        List<String> buckets,
        List<FunctionDefinition> functions,
        List<MappingSpec> mappings,
        List<Schedule> schedules,
        JsonNode api,
        List<Route> routes,
        List<UsagePlan> usagePlans) {

    public Cloud {
        tables = List.copyOf(tables);
        streams = List.copyOf(streams);
        buckets = List.copyOf(buckets);
        functions = List.copyOf(functions);
        mappings = List.copyOf(mappings);
        schedules = List.copyOf(schedules);
        routes = List.copyOf(routes);
        usagePlans = List.copyOf(usagePlans);
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
     * @param authorizer who is asked before the function; empty where anybody may
     * @param keyed whether a caller without a usage plan is refused
     */
    public record Route(
            String method,
            String path,
            String function,
            JsonNode operation,
            Map<String, JsonNode> shared,
            Optional<Authorizer> authorizer,
            boolean keyed) {}

    /**
     * A Lambda authorizer that is shown one header (type TOKEN).
     *
     * @param function the function's local name
     * @param header the header's name
     * @param wellFormed what the header has to look like for the function to be asked; empty where
     *     anything is shown to it
     * @param remembered how long its answer serves for the same header; zero: not at all
     */
    public record Authorizer(
            String function, String header, Optional<Pattern> wellFormed, Duration remembered) {}

    /**
     * A usage plan.
     *
     * @param name as the template gives it, else made of the logical id
     * @param perSecond requests a second of each of its keys in the long run
     * @param burst requests of one key at once
     */
    public record UsagePlan(String name, double perSecond, int burst) {
        public UsagePlan {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException("the plan " + name + " lets nobody in");
            }
        }
    }
}
