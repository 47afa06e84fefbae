package dev.freshet.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.StackOutputs;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Runs of the batch jobs of a stack on AWS, with the rights of the caller. */
final class DeployedBatch implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double MILLIS = 1_000;

    private final Clients clients;
    private final String machine;

    /**
     * A run.
     *
     * @param execution ARN
     * @param status as Step Functions has it, such as {@code RUNNING}
     * @param failure error and cause; empty unless it failed
     */
    record Run(String execution, String status, Instant startedAt, String failure) {
        boolean isRunning() {
            return status.equals("RUNNING");
        }

        boolean succeeded() {
            return status.equals("SUCCEEDED");
        }

        ObjectNode json() {
            ObjectNode json =
                    JSON.createObjectNode()
                            .put("execution", execution)
                            .put("status", status)
                            .put("startedAt", startedAt.toString());
            return failure.isEmpty() ? json : json.put("failure", failure);
        }

        String text() {
            return "The run that began at %s: %s%s."
                    .formatted(startedAt, status, failure.isEmpty() ? "" : ", " + failure);
        }
    }

    private DeployedBatch(Clients clients, StackOutputs outputs) {
        this.clients = clients;
        this.machine =
                outputs.require(
                        "BatchMachineArn",
                        "runs no batch jobs: deploy it with -c lake=true -c batch=true.");
    }

    /**
     * Opens the batch jobs of a stack.
     *
     * @throws CommandException if the stack has none
     */
    static DeployedBatch of(StackOutputs outputs) {
        return open(new Clients(Settings.from(outputs.variables())), outputs);
    }

    static DeployedBatch open(Clients clients, StackOutputs outputs) {
        return new DeployedBatch(clients, outputs);
    }

    /** Starts a run, which does nothing if another one is under way. */
    Run start() {
        JsonNode started =
                call(
                        "StartExecution",
                        JSON.createObjectNode().put("stateMachineArn", machine).put("input", "{}"));
        return run(started.path("executionArn").asText());
    }

    /** Returns a run as it is now. */
    Run run(String execution) {
        JsonNode described =
                call("DescribeExecution", JSON.createObjectNode().put("executionArn", execution));
        return new Run(
                described.path("executionArn").asText(),
                described.path("status").asText(),
                Instant.ofEpochMilli(Math.round(described.path("startDate").asDouble() * MILLIS)),
                (described.path("error").asText() + " " + described.path("cause").asText())
                        .strip());
    }

    /** Returns the latest run; empty if there was none. */
    Optional<Run> latest() {
        JsonNode runs =
                call(
                                "ListExecutions",
                                JSON.createObjectNode()
                                        .put("stateMachineArn", machine)
                                        .put("maxResults", 1))
                        .path("executions");
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(run(runs.path(0).path("executionArn").asText()));
    }

    private JsonNode call(String operation, JsonNode request) {
        try {
            return new JsonService(
                            clients.signed(Settings.Service.STATES, "states"),
                            "AWSStepFunctions",
                            "1.0")
                    .call(operation, request);
        } catch (IOException refused) {
            throw new CommandException(String.valueOf(refused.getMessage()), refused);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
