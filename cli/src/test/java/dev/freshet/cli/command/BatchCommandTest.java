package dev.freshet.cli.command;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.cli.connection.StateMachine.Execution;
import dev.freshet.cli.lake.FakeAws;
import dev.freshet.model.memory.NeighboursFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCommandTest {
    private static final StackOutputs OUTPUTS =
            new StackOutputs("freshet-prod", Map.of("BatchMachineArn", "machine"));

    @TempDir private Path folder = Path.of("");

    @AutoClose
    private final FakeAws aws = new FakeAws().on("StartExecution", "{\"executionArn\":\"run\"}");

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

        assertRefused(() -> BatchCommand.jobs(aws.clients(), none), "-c lake=true -c batch=true");
    }

    @Test
    void aDamagedFileIsRefusedBeforeAnyStoreIsOpened() throws IOException {
        byte[] bytes = NeighboursFile.encode(List.of());
        bytes[5]++;
        Path file = Files.write(folder.resolve("neighbours"), bytes);
        assertThat(CommandServer.alone("batch", "announce", file.toString()).err())
                .contains("The file of neighbours is damaged");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        String none = folder.resolve("none").toString();
        assertThat(CommandServer.alone("batch", "announce", none).err())
                .contains("none cannot be read");
        assertThat(CommandServer.alone("batch").err())
                .contains("'freshet batch': neighbours, announce, start, status");
    }
}
