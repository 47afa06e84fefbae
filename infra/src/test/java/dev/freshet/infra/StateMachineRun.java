package dev.freshet.infra;

import static com.dashjoin.jsonata.Jsonata.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Runs a definition in the Amazon States Language as Step Functions does, in virtual time: states
 * of the types Pass, Task, Choice, Wait, Map (inline, and distributed over batches), Succeed and
 * Fail with JSONata, variables, and {@code Catch}. What a task does is a test's; {@code Retry} is
 * left out, and the children of a distributed map run one after the other.
 */
@NullUnmarked
final class StateMachineRun {
    /** The most states of one run, so that an endless loop ends. */
    private static final int MAX_STATES = 20_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the tasks of a machine do. */
    interface Tasks {
        /**
         * Returns the result of a task.
         *
         * @param resource without {@code arn:aws:states:::}
         */
        Object call(String resource, Map<String, Object> arguments) throws TaskFailedException;
    }

    /** A task failed, or the run. */
    static final class TaskFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        final String error;

        TaskFailedException(String error, String cause) {
            super(cause);
            this.error = error;
        }
    }

    private final Tasks tasks;
    private Instant now;
    private int entered;
    private final List<String> path = new ArrayList<>();

    /** Returns a definition as the tree that {@link #run} takes. */
    static JsonNode parsed(String definition) {
        try {
            return JSON.readTree(definition);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    StateMachineRun(Tasks tasks, Instant start) {
        this.tasks = tasks;
        this.now = start;
    }

    /** Returns the present of the run. */
    Instant now() {
        return now;
    }

    /** Lets time pass, for a task that takes a while. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Returns how many states were entered, those within a Map included. */
    int transitions() {
        return entered;
    }

    /** Returns the names of the states that were entered, without those within a Map. */
    List<String> path() {
        return List.copyOf(path);
    }

    /**
     * Runs a machine to its end.
     *
     * @throws TaskFailedException if it fails
     */
    Object run(JsonNode definition, Map<String, Object> input) throws TaskFailedException {
        return run(definition, input, new HashMap<>(), path);
    }

    private Object run(
            JsonNode machine, Object input, Map<String, Object> variables, List<String> states)
            throws TaskFailedException {
        String name = machine.path("StartAt").asText();
        Object data = input;
        while (true) {
            JsonNode state = machine.path("States").path(name);
            if (state.isMissingNode()) {
                throw new IllegalStateException("there is no state " + name);
            }
            if (++entered > MAX_STATES) {
                throw new IllegalStateException("the run does not end");
            }
            states.add(name);
            Scope scope = new Scope(data, now, variables);
            JsonNode next = state;
            try {
                switch (state.path("Type").asText()) {
                    case "Pass" -> {}
                    case "Task" -> scope.result = task(state, scope);
                    case "Map" -> scope.result = map(state, scope);
                    case "Wait" ->
                            pass(
                                    Duration.ofSeconds(
                                            ((Number) scope.value(state.path("Seconds")))
                                                    .longValue()));
                    case "Choice" -> next = chosen(state, scope);
                    case "Succeed" -> {
                        return data;
                    }
                    case "Fail" ->
                            throw new TaskFailedException(
                                    state.path("Error").asText(),
                                    String.valueOf(scope.value(state.path("Cause"))));
                    default -> throw new IllegalStateException(name + " has no known type");
                }
            } catch (TaskFailedException failed) {
                next = caught(state, failed);
                scope.error = Map.of("Error", failed.error, "Cause", failed.getMessage());
            }
            Object output =
                    next.has("Output")
                            ? scope.value(next.path("Output"))
                            : scope.result == null ? data : scope.result;
            assign(next.path("Assign"), scope, variables);
            data = output;
            if (next.path("End").asBoolean()) {
                return data;
            }
            name = next.path("Next").asText();
        }
    }

    private static JsonNode caught(JsonNode state, TaskFailedException failed)
            throws TaskFailedException {
        for (JsonNode catcher : state.path("Catch")) {
            for (JsonNode error : catcher.path("ErrorEquals")) {
                if (error.asText().equals("States.ALL") || error.asText().equals(failed.error)) {
                    return catcher;
                }
            }
        }
        throw failed;
    }

    private static JsonNode chosen(JsonNode state, Scope scope) {
        for (JsonNode choice : state.path("Choices")) {
            if (scope.value(choice.path("Condition")) instanceof Boolean holds) {
                if (holds) {
                    return choice;
                }
            } else {
                throw new IllegalStateException(choice + " is neither true nor false");
            }
        }
        return JSON.createObjectNode().put("Next", state.path("Default").asText());
    }

    private Object task(JsonNode state, Scope scope) throws TaskFailedException {
        String resource = state.path("Resource").asText().replaceFirst("arn:.*:states:::", "");
        return tasks.call(resource, asMap(scope.value(state.path("Arguments"))));
    }

    private Object map(JsonNode state, Scope scope) throws TaskFailedException {
        if (state.at("/ItemProcessor/ProcessorConfig/Mode").asText().equals("DISTRIBUTED")) {
            return distributed(state, scope);
        }
        if (!(scope.value(state.path("Items")) instanceof List<?> items)) {
            throw new IllegalStateException(state.path("Items") + " is no list");
        }
        List<Object> results = new ArrayList<>();
        for (Object item : items) {
            results.add(
                    run(
                            state.path("ItemProcessor"),
                            item,
                            new Inner(scope.variables),
                            new ArrayList<>()));
        }
        return results;
    }

    /**
     * Runs a child for each batch of the items that a task reads. Children see no variables of the
     * machine, and a share of them may fail.
     */
    private Object distributed(JsonNode state, Scope scope) throws TaskFailedException {
        if (!(task(state.path("ItemReader"), scope) instanceof List<?> items)) {
            throw new IllegalStateException("the items are no list");
        }
        if (!(scope.value(state.path("MaxConcurrency")) instanceof Number atOnce)
                || atOnce.intValue() < 1) {
            throw new IllegalStateException("MaxConcurrency is no number above 0");
        }
        JsonNode batcher = state.path("ItemBatcher");
        int most = batcher.path("MaxItemsPerBatch").asInt();
        List<Object> results = new ArrayList<>();
        int batches = Math.ceilDiv(items.size(), most);
        int failed = 0;
        for (int i = 0; i < batches; i++) {
            Map<String, Object> input =
                    Map.of(
                            "BatchInput",
                            scope.value(batcher.path("BatchInput")),
                            "Items",
                            items.subList(i * most, Math.min((i + 1) * most, items.size())));
            try {
                results.add(
                        run(
                                state.path("ItemProcessor"),
                                input,
                                new HashMap<>(),
                                new ArrayList<>()));
            } catch (TaskFailedException child) {
                failed++;
            }
        }
        if (failed * 100 > batches * state.path("ToleratedFailurePercentage").asInt()) {
            throw new TaskFailedException(
                    "States.ExceedToleratedFailureThreshold", failed + " children failed");
        }
        return results;
    }

    private static void assign(JsonNode assigned, Scope scope, Map<String, Object> variables) {
        Map<String, Object> values = new TreeMap<>();
        assigned.properties()
                .forEach(each -> values.put(each.getKey(), scope.value(each.getValue())));
        values.forEach(
                (name, value) -> {
                    if (value == null) {
                        throw new IllegalStateException(name + " is assigned nothing");
                    }
                    variables.put(name, value);
                });
    }

    /** The variables within a Map, which sees those around it and may not hide them. */
    private static final class Inner extends HashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> outer;

        Inner(Map<String, Object> outer) {
            super(outer);
            this.outer = outer;
        }

        @Override
        public Object put(String name, Object value) {
            if (outer.containsKey(name)) {
                throw new IllegalStateException(name + " is a variable around the Map");
            }
            return super.put(name, value);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    /** What an expression of one state may use. */
    private static final class Scope {
        private final Object input;
        private final Instant enteredAt;
        private final Map<String, Object> variables;
        private @Nullable Object result;
        private @Nullable Map<String, Object> error;

        Scope(Object input, Instant enteredAt, Map<String, Object> variables) {
            this.input = input;
            this.enteredAt = enteredAt;
            this.variables = variables;
        }

        /** Returns a value of the definition with its expressions evaluated. */
        @Nullable Object value(JsonNode node) {
            if (node.isObject()) {
                Map<String, Object> values = new LinkedHashMap<>();
                node.properties()
                        .forEach(each -> values.put(each.getKey(), value(each.getValue())));
                return values;
            }
            if (node.isArray()) {
                List<Object> values = new ArrayList<>();
                node.forEach(each -> values.add(value(each)));
                return values;
            }
            String text = node.asText();
            return node.isTextual() && text.startsWith("{%") && text.endsWith("%}")
                    ? evaluated(text.substring(2, text.length() - 2))
                    : JSON.convertValue(node, Object.class);
        }

        private @Nullable Object evaluated(String text) {
            Map<String, Object> states = new HashMap<>();
            states.put("input", input);
            states.put("result", result);
            states.put("errorOutput", error);
            states.put(
                    "context",
                    Map.of(
                            "State", Map.of("EnteredTime", enteredAt.toString()),
                            "StateMachine", Map.of("Id", "machine"),
                            "Execution", Map.of("Id", "this")));
            Jsonata expression = jsonata(text);
            Jsonata.Frame frame = expression.createFrame();
            variables.forEach(frame::bind);
            frame.bind("states", states);
            expression.registerFunction("parse", (String json) -> plain(parsed(json)));
            return plain(expression.evaluate(null, frame));
        }

        private static @Nullable Object plain(@Nullable Object value) {
            return value == null ? null : JSON.convertValue(value, Object.class);
        }
    }
}
