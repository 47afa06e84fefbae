package dev.freshet.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.lake.FakeAws;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeployedBatchTest {
    private static final StackOutputs OUTPUTS =
            new StackOutputs("freshet-prod", Map.of("BatchMachineArn", "machine"));

    private final FakeAws aws;

    DeployedBatchTest() throws IOException {
        aws = new FakeAws().on("StartExecution", "{\"executionArn\":\"run\"}");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private DeployedBatch batch() {
        return DeployedBatch.open(aws.clients(), OUTPUTS);
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
        DeployedBatch.Run run = batch().start();

        assertThat(aws.requests().getFirst()).contains("\"stateMachineArn\":\"machine\"");
        assertThat(run.isRunning()).isTrue();
        assertThat(run.startedAt()).isEqualTo(Instant.ofEpochMilli(1_796_013_600_500L));
        described("SUCCEEDED", "");
        assertThat(batch().run(run.execution()).succeeded()).isTrue();
    }

    @Test
    void theLatestRunIsToldWithItsFailure() {
        aws.on("ListExecutions", "{\"executions\":[{\"executionArn\":\"run\"}]}");
        described("FAILED", ",\"error\":\"LakeNotSettled\",\"cause\":\"No night\"");

        DeployedBatch.Run run = batch().latest().orElseThrow();

        assertThat(run.text()).contains("FAILED, LakeNotSettled No night");
        assertThat(run.json().path("failure").asText()).isEqualTo("LakeNotSettled No night");
        aws.on("ListExecutions", "{\"executions\":[]}");
        assertThat(batch().latest()).isEmpty();
    }

    @Test
    void aStackWithoutBatchJobsIsRefusedWithASentence() {
        StackOutputs none = new StackOutputs("freshet-prod", Map.of());

        assertThatThrownBy(() -> DeployedBatch.open(aws.clients(), none))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("-c lake=true -c batch=true");
    }
}
