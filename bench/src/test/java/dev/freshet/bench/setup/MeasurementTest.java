package dev.freshet.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.console.Text;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MeasurementTest {
    private final StringWriter out = new StringWriter();

    @SuppressWarnings(
            "UnusedVariable") // picocli sets the options, and the result reads them from it
    @Command(name = "counting", mixinStandardHelpOptions = true)
    private static final class Counting extends Measurement {
        @Option(names = "--warm-up")
        private int warmUp = 5;

        @Option(names = "--rows")
        private int rows = 10;

        @Option(names = "--rps")
        private @Nullable Integer rps;

        @Option(names = "--quick")
        private boolean quick;

        @Option(names = "--key")
        private String key = "sk-1";

        private record Figures(long rows, double perSecond) {}

        @Override
        protected Measured measure() {
            return measured(new Figures(rows - 1, 2.5), new Text().add("counted with %s", key))
                    .lines("{rows} rows after {warmUp}, {perSecond:.1f} a second");
        }
    }

    private void run(String... arguments) {
        CommandLine line = new CommandLine(new Counting());
        line.setOut(new PrintWriter(out, true));
        assertThat(line.execute(arguments)).isZero();
    }

    @Test
    void theResultHasTheNumbersAndSwitchesOfTheCommandLineAndNoTextOfIt()
            throws JsonProcessingException {
        run("--json", "--warm-up", "7");

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.propertyStream().map(member -> member.getKey()))
                .containsExactlyInAnyOrder(
                        "bench", "warmUp", "rows", "quick", "perSecond", "machine");
        assertThat(result.path("bench").asText()).isEqualTo("counting");
        assertThat(result.path("warmUp").asInt()).isEqualTo(7);
        assertThat(result.path("quick").isBoolean()).isTrue();
        assertThat(result.at("/machine/processors").asInt()).isPositive();
    }

    @Test
    void aFigureTakesThePlaceOfAnOptionOfItsName() {
        run("--rows", "20");

        assertThat(out.toString())
                .startsWith("counted with sk-1")
                .contains("19 rows after 5, 2.5 a second", "Machine: ");
    }
}
