package dev.freshet.infra;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Set<String> templates = new HashSet<>();
        for (int i = 0; i < sets.size(); i++) {
            String template = Files.readString(Synthesized.with(sets.get(i)).file());
            if (templates.add(template)) {
                Files.writeString(folder.resolve(i + ".json"), template);
            }
        }
        System.out.printf(
                "%d sets of options, seed %d, %d templates%n", sets.size(), SEED, templates.size());
        assertThat(templates).hasSizeGreaterThan(20);
        assertThat(findings(cfnLint, folder))
                .as("Each file has the number of its set of %s", sets)
                .isEmpty();
    }

    /**
     * Runs it once for all templates of a folder: half of its time for one is that of its start.
     */
    private static List<String> findings(Path cfnLint, Path folder)
            throws IOException, InterruptedException {
        String command =
                cfnLint + " -r us-east-1 eu-west-1 --format parseable -t " + folder + "/*.json";
        Path output = folder.resolve("output.txt");
        int code =
                new ProcessBuilder(command.split(" ", -1))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        // Its exit code is a sum of 2 for errors, 4 for warnings and 8 for information.
        assertThat(code % 2 == 0 && code < 16).as("%s", lines).isTrue();
        lines.removeIf(String::isBlank);
        System.out.println(
                lines.stream().collect(groupingBy(line -> line.split(":", 7)[5], counting())));
        return lines.stream().filter(NOISE.negate()).toList();
    }
}
