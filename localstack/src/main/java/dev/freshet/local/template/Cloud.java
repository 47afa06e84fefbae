package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * All resources of a template, each kind in the template's order.
 *
 * @param buckets local bucket names
 * @param api OpenAPI document of the REST API, references unresolved
 * @param routes routes of the API to functions
 * @param usagePlans usage plans with a rate limit
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

    /** Returns the function with a local name, if there is one. */
    public Optional<FunctionDefinition> function(String name) {
        return functions.stream().filter(function -> function.name().equals(name)).findFirst();
    }

    /** Returns these resources with one function more. */
    public Cloud with(FunctionDefinition function) {
        return with(buckets, added(functions, function));
    }

    /** Returns these resources with a bucket more. */
    public Cloud with(String bucket) {
        return with(added(buckets, bucket), functions);
    }

    /** Returns these resources with each function changed. */
    public Cloud withEach(UnaryOperator<FunctionDefinition> change) {
        return with(buckets, functions.stream().map(change).toList());
    }

    private Cloud with(List<String> otherBuckets, List<FunctionDefinition> otherFunctions) {
        return new Cloud(
                tables,
                streams,
                otherBuckets,
                otherFunctions,
                mappings,
                schedules,
                api,
                routes,
                usagePlans);
    }

    private static <T> List<T> added(List<T> before, T one) {
        List<T> all = new ArrayList<>(before);
        all.add(one);
        return all;
    }

    /**
     * A Kinesis stream.
     *
     * @param shards initial number of shards, at least one
     */
    public record Stream(String name, int shards) {

        /** Returns the local ARN of the stream. */
        public String arn() {
            return Arns.of("kinesis", "stream/" + name);
        }
    }

    /**
     * An EventBridge rule at a fixed rate.
     *
     * @param every interval between invocations
     * @param functions local names of the functions invoked
     */
    public record Schedule(String name, Duration every, List<String> functions) {
        public Schedule {
            functions = List.copyOf(functions);
        }
    }

    /**
     * An operation of the API that a function answers.
     *
     * @param method HTTP method in upper case
     * @param path path template, such as {@code /v1/items/{id}}
     * @param function local name of the function
     * @param operation the operation in the document
     * @param authorizer authorizer that is invoked before the function; empty if the route is
     *     public
     * @param keyed whether a caller without a usage plan is refused
     */
    public record Route(
            String method,
            String path,
            String function,
            JsonNode operation,
            Optional<Authorizer> authorizer,
            boolean keyed) {}

    /**
     * A Lambda authorizer that is asked by the value of one header: of type TOKEN for a REST API,
     * of type REQUEST for an HTTP API.
     *
     * @param function local name of the function
     * @param header name of the header
     * @param wellFormed pattern that the header must match before the function is invoked; empty if
     *     any value is passed
     * @param ofRequests whether it is of type REQUEST
     * @param remembered how long an answer is cached for a header value; zero caches nothing
     */
    public record Authorizer(
            String function,
            String header,
            Optional<Pattern> wellFormed,
            boolean ofRequests,
            Duration remembered) {}

    /**
     * A usage plan.
     *
     * @param name name in the template, else derived from the logical id
     * @param perSecond sustained requests per second of each key
     * @param burst maximum number of requests of one key at once
     */
    public record UsagePlan(String name, double perSecond, int burst) {
        public UsagePlan {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException(
                        "the usage plan " + name + " must have a positive rate and burst");
            }
        }
    }

    /**
     * A DynamoDB table.
     *
     * @param name local name
     * @param attributes types (S, N, B) of the key attributes, by name
     * @param key primary key
     * @param indexes global secondary indexes
     */
    public record Table(String name, Map<String, String> attributes, Key key, List<Index> indexes) {

        public Table {
            attributes = Map.copyOf(attributes);
            indexes = List.copyOf(indexes);
        }

        /**
         * A key of a partition attribute and an optional sort attribute.
         *
         * @param sort name of the sort attribute, empty if there is none
         */
        public record Key(String partition, String sort) {}

        /**
         * A global secondary index.
         *
         * @param projection ALL, KEYS_ONLY or INCLUDE
         * @param included the attributes of INCLUDE
         */
        public record Index(String name, Key key, String projection, List<String> included) {
            public Index {
                included = List.copyOf(included);
            }
        }
    }

    /**
     * Definition of a Lambda function.
     *
     * @param name local name, derived from the handler: {@code
     *     dev.freshet.functions.CollectHandler} is {@code collect}
     * @param handler class name of the handler
     * @param timeout maximum duration of an invocation, 1–900 s
     * @param memoryMegabytes memory size, 128–10,240
     * @param reservedConcurrency maximum number of concurrent invocations, if the template reserves
     *     any
     * @param snapStart whether published versions start from a memory snapshot
     * @param environment environment variables of the template, resolved to local names
     */
    public record FunctionDefinition(
            String name,
            String handler,
            Duration timeout,
            int memoryMegabytes,
            OptionalInt reservedConcurrency,
            boolean snapStart,
            Map<String, String> environment) {

        public FunctionDefinition {
            environment = Map.copyOf(environment);
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(
                        "a function's timeout must be positive: " + timeout);
            }
        }

        /** Returns this definition with or without SnapStart. */
        public FunctionDefinition withSnapStart(boolean changed) {
            return new FunctionDefinition(
                    name,
                    handler,
                    timeout,
                    memoryMegabytes,
                    reservedConcurrency,
                    changed,
                    environment);
        }

        /** Returns this definition with a variable more. */
        public FunctionDefinition with(String variable, String value) {
            Map<String, String> variables = new HashMap<>(environment);
            variables.put(variable, value);
            return new FunctionDefinition(
                    name,
                    handler,
                    timeout,
                    memoryMegabytes,
                    reservedConcurrency,
                    snapStart,
                    variables);
        }

        /** Returns the local ARN of the function. */
        public String arn() {
            return Arns.of("lambda", "function:" + name);
        }
    }

    /**
     * An event source mapping from a stream to a function.
     *
     * @param id id under which checkpoints are kept, equal at every start
     * @param stream local name of the stream
     * @param function local name of the function
     * @param rules delivery parameters
     * @param destination bucket for records given up, if any
     */
    public record MappingSpec(
            String id,
            String stream,
            String function,
            MappingRules rules,
            Optional<String> destination) {}
}
