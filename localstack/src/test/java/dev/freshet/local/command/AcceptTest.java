package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code freshet accept --local} on the local cloud that tests share. */
class AcceptTest {
    private final LocalCloud cloud = TestCloud.shared();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCheckOfALocalCloudIsWellOrOffAndNothingIsLeft() throws Exception {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

        int code =
                line.execute(
                        "accept", "--local", "--state", cloud.stateFolder().toString(), "--json");

        JsonNode json = new ObjectMapper().readTree(out.toString().lines().toList().getLast());
        assertThat(code).as(err.toString()).isZero();
        assertThat(json.path("failed").asInt()).isZero();
        assertThat(json.path("ok").asInt()).isGreaterThan(30);
        assertThat(json.path("checks").findValuesAsText("id"))
                .contains("lists.outcome", "clean.keys");
    }
}
