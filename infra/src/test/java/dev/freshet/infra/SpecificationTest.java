package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check against AWS's specification holds for every kind of stack, and it can fail. */
class SpecificationTest {
    private record Verdict(int code, String said) {}

    private static Verdict check(List<Path> templates) throws IOException, InterruptedException {
        Path said = Synthesized.scratch().resolve("said");
        List<String> command = new ArrayList<>(List.of("node", "check-template.mjs"));
        templates.forEach(template -> command.add(template.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Verdict(process.exitValue(), Files.readString(said));
    }

    /** Asserts that CloudFormation knows every resource and property of stacks. */
    static void assertKnown(List<Synthesized> stacks) throws IOException, InterruptedException {
        Verdict verdict = check(stacks.stream().map(Synthesized::file).toList());
        assertThat(verdict.said()).endsWith(" 0 faults\n");
        assertThat(verdict.code()).isZero();
    }

    @Test
    void everyKindOfStackHolds() throws Exception {
        assertKnown(Synthesized.kinds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            textBlock =
                    """
                    {}                                                                             | no template, or one without resources
                    {"A":{"Type":"AWS::Kinesis::Brook"}}                                           | A: there is no resource type AWS::Kinesis::Brook
                    {"A":{"Type":"AWS::Kinesis::Stream","Properties":{"Shards":1}}}                | A (AWS::Kinesis::Stream).Shards: there is no such property
                    {"A":{"Type":"AWS::Kinesis::Stream","Properties":{"StreamModeDetails":{"a":1}}}} | StreamModeDetails.a: there is no such property
                    {"A":{"Type":"AWS::Kinesis::Stream","Properties":{"StreamModeDetails":{"a":1}}}} | StreamModeDetails.StreamMode: required, but missing
                    {"A":{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":[1]}}}          | ShardCount: a integer is wanted
                    {"A":{"Type":"AWS::Kinesis::Stream","Properties":{"Tags":{"a":"b"}}}}          | Tags: a list is wanted
                    """)
    void aFaultOfResourcesIsNamed(String resources, String fault) throws Exception {
        Verdict verdict = checkText("{\"Resources\":%s}".formatted(resources));
        assertThat(verdict.code()).isEqualTo(1);
        assertThat(verdict.said()).contains(fault);
    }

    @Test
    void anEmptyTemplateDoesNotPass() throws Exception {
        assertThat(checkText("{}").code()).isEqualTo(1);
    }

    private static Verdict checkText(String template) throws IOException, InterruptedException {
        Path file = Synthesized.scratch().resolve("template.json");
        return check(List.of(Files.writeString(file, template)));
    }
}
