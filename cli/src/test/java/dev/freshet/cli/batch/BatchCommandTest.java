package dev.freshet.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.cli.connection.StateMachine.Execution;
import dev.freshet.cli.lake.FakeAws;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchCommandTest {
    private static final StackOutputs OUTPUTS =
            new StackOutputs("freshet-prod", Map.of("BatchMachineArn", "machine"));

    private final FakeAws aws;

    BatchCommandTest() throws IOException {
        aws = new FakeAws().on("StartExecution", "{\"executionArn\":\"run\"}");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private StateMachine jobs() {
        return BatchCommand.jobs(aws.clients(), OUTPUTS);
    }

    private void described(String status, String more) {
        aws.on(
                "DescribeExecution",
                "{\"executionArn\":\"run\",\"status\":\"%s\",\"startDate\":1796013600.5%s}"
                        .formatted(status, more));
    }

    @Test
    void aRunIsStartedAndFollowed() {
        described("RUNNING", "");
        Execution run = jobs().execution(jobs().start(JsonNodeFactory.instance.objectNode()));

        assertThat(aws.requests().getFirst()).contains("\"stateMachineArn\":\"machine\"");
        assertThat(run.isRunning()).isTrue();
        assertThat(run.startedAt()).isEqualTo(Instant.ofEpochMilli(1_796_013_600_500L));
        described("SUCCEEDED", "");
        assertThat(jobs().execution(run.arn()).succeeded()).isTrue();
    }

    @Test
    void theLatestRunIsToldWithItsFailure() {
        described("FAILED", ",\"error\":\"LakeNotSettled\",\"cause\":\"No night\"");

        Execution run = jobs().execution("run");

        assertThat(BatchCommand.text(run)).contains("FAILED, LakeNotSettled No night");
        assertThat(BatchCommand.json(run).path("failure").asText())
                .isEqualTo("LakeNotSettled No night");
        aws.on("ListExecutions", "{\"executions\":[{\"executionArn\":\"run\"}]}");
        assertThat(jobs().latest().orElseThrow().arn()).isEqualTo("run");
        aws.on("ListExecutions", "{\"executions\":[]}");
        assertThat(jobs().latest()).isEmpty();
    }

    @Test
    void aStackWithoutBatchJobsIsRefusedWithASentence() {
        StackOutputs none = new StackOutputs("freshet-prod", Map.of());

        assertThatThrownBy(() -> BatchCommand.jobs(aws.clients(), none))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("-c lake=true -c batch=true");
    }
}
