package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.s3.Bucket;

/** Every kind of stack passes the AwsSolutions rules of cdk-nag or explains why not. */
class ReviewTest {
    private static final Set<String> SETTLED = Set.of("Compliant", "Suppressed");

    static List<Synthesized> everyKindOfStack() {
        return Synthesized.kinds();
    }

    @ParameterizedTest
    @MethodSource("everyKindOfStack")
    void nothingIsFoundThatIsNotExplained(Synthesized stack) throws IOException {
        assertThat(Review.findings(stack.folder())).isEmpty();
        assertThat(report(stack))
                .as("rules applied")
                .hasSizeGreaterThan(50)
                .allMatch(line -> SETTLED.contains(line.path("compliance").asText()));
    }

    @Test
    void everyAcknowledgementHasAReasonAndAFinding() throws IOException {
        Set<String> given = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (Synthesized stack : Synthesized.kinds()) {
            for (JsonNode rule : stack.template().findValues("rules_to_suppress")) {
                rule.forEach(one -> given.addAll(asReported(one)));
            }
            for (JsonNode line : report(stack)) {
                if (line.path("compliance").asText().equals("Suppressed")) {
                    String reason = line.path("exceptionReason").asText();
                    used.add(line.path("ruleId").asText() + ": " + reason);
                }
            }
        }
        assertThat(given)
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(60));
        assertThat(used).isEqualTo(given);
    }

    @Test
    void aWildcardIsNeverAcknowledgedWhateverItPointsAt() {
        for (Synthesized stack : Synthesized.kinds()) {
            for (JsonNode rules : stack.template().findValues("rules_to_suppress")) {
                for (JsonNode rule : rules) {
                    if (rule.path("id").asText().startsWith("AwsSolutions-IAM")) {
                        assertThat(rule.path("applies_to")).as(rule.toString()).isNotEmpty();
                    }
                }
            }
        }
    }

    @Test
    void whatNobodyExplainedIsFound() throws IOException {
        Path folder = Synthesized.scratch();
        App app = FreshetApp.app(folder.toString(), Map.of());
        Stack stack =
                new Stack(
                        app,
                        FreshetApp.STACK_ID,
                        StackProps.builder()
                                .synthesizer(
                                        DefaultStackSynthesizer.Builder.create()
                                                .generateBootstrapVersionRule(false)
                                                .build())
                                .build());
        Bucket.Builder.create(stack, "Open").build();
        app.synth();

        String found = "/Freshet/Open/Resource: AwsSolutions-S10";
        assertThat(Review.findings(folder)).anyMatch(finding -> finding.startsWith(found));
    }

    /** An acknowledgement as the report contains it: once for each detail. */
    private static List<String> asReported(JsonNode acknowledged) {
        String rule = acknowledged.path("id").asText() + ": ";
        String reason = acknowledged.path("reason").asText();
        List<String> all = new ArrayList<>();
        acknowledged
                .path("applies_to")
                .forEach(detail -> all.add(rule + "[" + detail.asText() + "] " + reason));
        return all.isEmpty() ? List.of(rule + reason) : all;
    }

    private static List<JsonNode> report(Synthesized stack) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (var reports = Files.list(stack.folder())) {
            for (Path file :
                    reports.filter(path -> path.toString().endsWith("-NagReport.json")).toList()) {
                new ObjectMapper().readTree(file.toFile()).path("lines").forEach(lines::add);
            }
        }
        return lines;
    }
}
