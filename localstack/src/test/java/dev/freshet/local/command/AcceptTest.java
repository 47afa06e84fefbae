package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.TestCloud;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code freshet accept --local} on the local cloud that tests share. */
public class AcceptTest {
    /** Asserts that no check of the cloud on a state folder fails, and prints their lines. */
    public static void assertAccepted(Path state) throws Exception {
        CommandRun run = CommandRun.of(state, "accept", "--local", "--json");

        System.out.print(run.err());
        JsonNode json = run.json();
        assertThat(json.path("failed").asInt()).isZero();
        assertThat(json.path("ok").asInt()).isGreaterThan(30);
        assertThat(json.path("checks").findValuesAsText("id"))
                .contains("lists.outcome", "clean.keys");
    }

    @Test
    void everyCheckOfALocalCloudIsWellOrOffAndNothingIsLeft() throws Exception {
        assertAccepted(TestCloud.shared().stateFolder());
    }
}
