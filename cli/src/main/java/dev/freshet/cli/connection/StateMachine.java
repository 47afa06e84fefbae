package dev.freshet.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.Settings;
import dev.freshet.console.CommandException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A state machine of a stack on AWS, used with the rights of the caller.
 *
 * @param arn its ARN
 */
public record StateMachine(Clients clients, String arn) {
    private static final double MILLIS = 1_000;

    /**
     * An execution.
     *
     * @param status as Step Functions has it, such as {@code RUNNING}
     * @param error name of the error; empty unless it failed
     * @param cause of the error; empty unless it failed
     */
    public record Execution(
            String arn, String status, Instant startedAt, String error, String cause) {
        /** Returns whether it is under way. */
        public boolean isRunning() {
            return status.equals("RUNNING");
        }

        /** Returns error and cause; empty unless it failed. */
        public String failure() {
            return (error + " " + cause).strip();
        }

        /** Returns whether it ended well. */
        public boolean succeeded() {
            return status.equals("SUCCEEDED");
        }
    }

    /** Starts an execution, whose name AWS makes, and returns its ARN. */
    public String start(JsonNode input) {
        return start(JsonNodeFactory.instance.objectNode(), input);
    }

    /** Starts an execution of a name that no other has, and returns its ARN. */
    public String start(String name, JsonNode input) {
        return start(JsonNodeFactory.instance.objectNode().put("name", name), input);
    }

    private String start(ObjectNode request, JsonNode input) {
        request.put("stateMachineArn", arn).put("input", input.toString());
        return call("StartExecution", request).path("executionArn").asText();
    }

    /** Returns an execution as it is now. */
    public Execution execution(String execution) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("executionArn", execution);
        return execution(call("DescribeExecution", request));
    }

    /** Returns the latest execution without its error; empty if there was none. */
    public Optional<Execution> latest() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("stateMachineArn", arn).put("maxResults", 1);
        JsonNode executions = call("ListExecutions", request).path("executions");
        return executions.isEmpty() ? Optional.empty() : Optional.of(execution(executions.path(0)));
    }

    private static Execution execution(JsonNode json) {
        return new Execution(
                json.path("executionArn").asText(),
                json.path("status").asText(),
                Instant.ofEpochMilli(Math.round(json.path("startDate").asDouble() * MILLIS)),
                json.path("error").asText(),
                json.path("cause").asText());
    }

    private JsonNode call(String operation, JsonNode request) {
        try {
            return new JsonService(
                            clients.signed(Settings.Service.STATES, "states"),
                            "AWSStepFunctions",
                            "1.0")
                    .call(operation, request);
        } catch (IOException refused) {
            throw new CommandException(refused);
        }
    }
}
