package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * cfn-lint, in two regions, over the templates of {@link PairwiseOptions}. Two of its rules are
 * noise here: W3005 objects to a dependency that another property implies, which the CDK writes,
 * and E3601 does not resolve {@code AWS::Partition}, nor expressions within machines.
 */
@EnabledIfSystemProperty(
        named = "freshet.tools",
        matches = "true",
        disabledReason = "runs with ./mvnw verify -Ptools")
class CfnLintTest {
    private static final long SEED = 20261129;
    private static final Predicate<String> NOISE =
            Pattern.compile(":W3005:|:E3601:.*(Partition|\\$atOnce)").asPredicate();

    @Test
    void itFindsNothingInTheTemplateOfAnySetOfOptions(@TempDir Path folder) throws Exception {
        Path cfnLint =
                Toolbox.python(
                                Path.of("target", "tools", "cfn-lint"),
                                Path.of("tools/cfn-lint.txt"))
                        .resolve("cfn-lint");
        List<Map<String, Object>> sets = PairwiseOptions.of(SEED);
        Map<String, String> templates = new LinkedHashMap<>();
        for (Map<String, Object> options : sets) {
            templates.putIfAbsent(
                    Files.readString(Synthesized.with(options).file()), options.toString());
        }
        System.out.printf(
                "%d sets of options, seed %d, %d templates%n", sets.size(), SEED, templates.size());
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> template : templates.entrySet()) {
            Path file = Files.writeString(folder.resolve("template.json"), template.getKey());
            findings(cfnLint, file).forEach(line -> found.add(template.getValue() + ": " + line));
        }
        assertThat(templates).hasSizeGreaterThan(20);
        assertThat(found).isEmpty();
    }

    private static List<String> findings(Path cfnLint, Path template)
            throws IOException, InterruptedException {
        String command = cfnLint + " -r us-east-1 eu-west-1 --format parseable -t " + template;
        Path output = template.resolveSibling("output.txt");
        int code =
                new ProcessBuilder(command.split(" ", -1))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        // Its exit code is a sum of 2 for errors, 4 for warnings and 8 for information.
        assertThat(code % 2 == 0 && code < 16).as("%s", lines).isTrue();
        return lines.stream().filter(line -> !line.isBlank()).filter(NOISE.negate()).toList();
    }
}
