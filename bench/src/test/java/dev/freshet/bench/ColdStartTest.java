package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.CommandException;
import dev.freshet.local.template.FunctionDefinition;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdStartTest {
    private static final FunctionDefinition FUNCTION =
            new FunctionDefinition(
                    "recommend",
                    "dev.freshet.functions.RecommendHandler",
                    Duration.ofSeconds(29),
                    1769,
                    OptionalInt.empty(),
                    true,
                    Map.of());

    @Test
    void theFunctionIsStartedByTheRuntimeInterfaceClientFromJarsAlone() {
        List<String> command =
                ColdStart.command(
                        FUNCTION,
                        List.of(Path.of("functions.jar"), Path.of("client.jar")),
                        List.of("-XX:AOTCache=some.aot"));
        assertThat(command)
                .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:AOTCache=some.aot");
        assertThat(command)
                .endsWith(
                        "-cp",
                        "functions.jar" + File.pathSeparator + "client.jar",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        "dev.freshet.functions.RecommendHandler");
    }

    @Test
    void anUnbuiltCheckoutIsRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> ColdStart.packaged(empty)).isInstanceOf(CommandException.class);
    }
}
