package dev.freshet.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckExperimentsCommandTest {
    private static final String GOOD =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "salt":"home-1","plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aGoodDefinitionIsDescribedWithTheArmOfAUser() throws IOException {
        int exit =
                run("experiments", "check", file("a.json", GOOD), "--user", "reader-2", "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/experiments/home/share").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/experiments/home/arms/wide").asDouble()).isEqualTo(0.25);
        assertThat(json.path("assigned").isObject()).isTrue();
    }

    @Test
    void aBadDefinitionIsRefusedInASentence() throws IOException {
        String file = file("a.json", GOOD.replace("listCtr", "ctr"));

        assertThat(run("experiments", "check", file)).isEqualTo(1);
        assertThat(err.toString())
                .contains("metrics.primary is one of listCtr", "(unknown-metric)")
                .doesNotContain("\tat ");
    }

    @Test
    void definitionsThatDisturbEachOtherAreRefused() throws IOException {
        String one = file("a.json", GOOD);
        String other = file("b.json", GOOD.replace("\"home", "\"search"));

        assertThat(run("experiments", "check", one, other)).isEqualTo(1);
        assertThat(err.toString()).contains("(slots-taken)");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("experiments", "check", "nowhere.json")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no readable file nowhere.json.");
        assertThat(run("experiments")).isEqualTo(1);
    }
}
