package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The check against AWS's specification holds for every kind of stack, and it can fail. */
class SpecificationTest {
    private final Path folder = Synthesized.scratch();

    SpecificationTest() throws IOException {}

    private record Verdict(int code, String said) {}

    private Verdict check(Path... templates) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(List.of("node", "check-template.mjs"));
        for (Path template : templates) {
            command.add(template.toString());
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Verdict(process.exitValue(), Files.readString(said));
    }

    private Verdict checkText(String template) throws IOException, InterruptedException {
        return check(
                Files.writeString(
                        folder.resolve("template.json"), template, StandardCharsets.UTF_8));
    }

    @Test
    void everyKindOfStackHolds() throws Exception {
        Verdict verdict =
                check(Synthesized.kinds().stream().map(Synthesized::file).toArray(Path[]::new));
        assertThat(verdict.said()).endsWith(" 0 faults\n");
        assertThat(verdict.code()).isZero();
    }

    @Test
    void anUnknownTypeIsNamed() throws Exception {
        Verdict verdict = checkText("{\"Resources\":{\"A\":{\"Type\":\"AWS::Kinesis::Brook\"}}}");
        assertThat(verdict.code()).isEqualTo(1);
        assertThat(verdict.said()).contains("A: there is no resource type AWS::Kinesis::Brook");
    }

    @Test
    void anUnknownPropertyIsNamedHoweverDeep() throws Exception {
        Verdict verdict =
                checkText(
                        """
                {"Resources":{"A":{"Type":"AWS::Kinesis::Stream",
                  "Properties":{"Shards":1,"StreamModeDetails":{"StreamMood":"PROVISIONED"}}}}}""");
        assertThat(verdict.code()).isEqualTo(1);
        assertThat(verdict.said())
                .contains("A (AWS::Kinesis::Stream).Shards: there is no such property");
        assertThat(verdict.said())
                .contains("StreamModeDetails.StreamMood: there is no such property");
        assertThat(verdict.said()).contains("StreamModeDetails.StreamMode: required, but missing");
    }

    @Test
    void aValueOfTheWrongShapeIsNamed() throws Exception {
        Verdict verdict =
                checkText(
                        """
                {"Resources":{"A":{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":[1],"Tags":{"a":"b"}}}}}""");
        assertThat(verdict.code()).isEqualTo(1);
        assertThat(verdict.said())
                .contains("ShardCount: a integer is wanted")
                .contains("Tags: a list is wanted");
    }

    @Test
    void anEmptyTemplateDoesNotPass() throws Exception {
        assertThat(checkText("{}").code()).isEqualTo(1);
    }
}
