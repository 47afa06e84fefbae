package dev.freshet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.infra.Rights.Right;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which functions of a template, or its worker, write and read what is exchanged through streams
 * and the model bucket, as their roles allow it.
 */
final class ReadersAndWriters {
    /** A writer and a reader of one format, by their names. */
    record Pair(String writer, String reader) {}

    private final Synthesized stack;
    private final List<Right> rights;

    ReadersAndWriters(Synthesized stack) {
        this.stack = stack;
        this.rights = Rights.of(stack);
    }

    /** Returns each writer with each other reader of the same stream or of the model. */
    Set<Pair> pairs() {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (String stream : List.of("Events", "Examples")) {
            add(pairs, holders("kinesis:PutRecords", stream), consumers(stream));
        }
        add(
                pairs,
                holders("s3:PutObject", "ModelBucket/models/*"),
                holders("s3:GetObject", "ModelBucket/models/*"));
        return pairs;
    }

    private static void add(Set<Pair> pairs, Set<String> writers, Set<String> readers) {
        for (String writer : writers) {
            readers.stream()
                    .filter(reader -> !reader.equals(writer))
                    .forEach(reader -> pairs.add(new Pair(writer, reader)));
        }
    }

    /** Returns those that a mapping feeds with a stream, or the worker. */
    private Set<String> consumers(String stream) {
        return worker()
                ? Set.of("WorkerRole")
                : stack.ofType("AWS::Lambda::EventSourceMapping").entrySet().stream()
                        .filter(mapping -> mapping.getKey().equals(stream + "Mapping"))
                        .map(mapping -> mapping.getValue().at("/FunctionName/Ref").asText())
                        .map(alias -> alias.replaceFirst("Live$", ""))
                        .collect(Collectors.toSet());
    }

    /** With a worker, features and train are idle and write nothing. */
    private Set<String> holders(String action, String resource) {
        return rights.stream()
                .filter(right -> right.actions().contains(action))
                .filter(right -> right.resource().equals(resource))
                .map(Right::holder)
                .filter(holder -> !worker() || !Set.of("Features", "Train").contains(holder))
                .collect(Collectors.toSet());
    }

    private boolean worker() {
        return stack.resource("WorkerService").isObject();
    }

    /** Returns the resource that a deployment changes when it replaces a writer. */
    String writing(String name) {
        return name.equals("WorkerRole") ? "WorkerService" : name;
    }

    /** Returns the resource that a deployment changes last when it replaces a reader. */
    String reading(String name) {
        JsonNode alias = stack.resource(name + "Live");
        return alias.isObject() ? name + "Live" : writing(name);
    }
}
