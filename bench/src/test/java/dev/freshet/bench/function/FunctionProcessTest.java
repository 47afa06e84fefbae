package dev.freshet.bench.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.console.CommandException;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionProcessTest {
    private static final FunctionPackage CODE =
            new FunctionPackage(
                    Path.of("task"), List.of(Path.of("client.jar"), Path.of("core.jar")));

    private static FunctionDefinition function(boolean snapStart, Map<String, String> variables) {
        return new FunctionDefinition(
                "recommend",
                "dev.freshet.functions.RecommendHandler",
                Duration.ofSeconds(29),
                2000,
                OptionalInt.empty(),
                snapStart,
                variables);
    }

    private static List<String> command(boolean snapStart, Map<String, String> variables) {
        return FunctionProcess.command(
                function(snapStart, variables), CODE, List.of("-XX:AOTCache=some.aot"));
    }

    @Test
    void theFunctionIsStartedByTheRuntimeInterfaceClientWithLambdasOptions() {
        List<String> command = command(false, Map.of());

        assertThat(command)
                .contains(
                        "-Xmx1700m", "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", "-XX:AOTCache=some.aot");
        assertThat(command)
                .endsWith(
                        "-cp",
                        "client.jar" + File.pathSeparator + "core.jar",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        "dev.freshet.functions.RecommendHandler");
    }

    @Test
    void snapStartAndALevelOfTheFunctionsOwnLeaveTheChoiceOfCompilersToTheJvm() {
        assertThat(command(true, Map.of())).doesNotContain("-XX:TieredStopAtLevel=1");
        assertThat(command(false, Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=4")))
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void anUnbuiltCheckoutIsRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> FunctionPackage.asInLambda(empty, empty))
                .isInstanceOf(CommandException.class);
        assertThatThrownBy(() -> FunctionPackage.onOneClassPath(empty, empty))
                .isInstanceOf(CommandException.class);
    }
}
