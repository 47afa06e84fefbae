package dev.freshet.local.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.lake.LakeCommand;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import dev.freshet.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a click to a lake without it, on the local cloud, by the API and the commands. */
class LakeErasureTest {
    @TempDir private Path state = Path.of("");

    private final SettableClock clock = new SettableClock(Instant.now());

    @Test
    void aReceiptNamesTheLakeAndSettlingLeavesNoByteOfTheErasedPerson() throws Exception {
        StackSettings settings =
                StackSettings.of(Map.of("lake", "true", "bulk", "true", "kAnonymity", "1"));
        try (LocalCloud cloud = LocalCloud.start(TestCloud.options(state).withSettings(settings));
                FreshetClient client = cloud.client()) {
            send(client, "ann", "bob");
            TestCloud.await(() -> rows("ann") == 1 && rows("bob") == 1);
            String pseudonym = lake("user", "ann").path("pseudonym").asText();
            assertThat(LakeFiles.with(lakeFolder(), pseudonym)).isNotEmpty();
            assertThat(answer(client).path("code").asText()).isEqualTo("no-answer-yet");
            lake("settle");
            assertThat(answer(client).at("/rows/0/people").asText()).isEqualTo("2");

            JsonNode receipt = client.delete("/v1/users/ann").body();

            Instant erasedAt = Instant.parse(receipt.path("erasedAt").asText());
            assertThat(until(receipt, "lake")).isEqualTo(erasedAt.plus(Duration.ofDays(10)));
            assertThat(until(receipt, "bulk-lists")).isEqualTo(erasedAt.plus(Duration.ofDays(3)));
            TestCloud.await(() -> arrivedErasures() > 0);
            clock.advance(Duration.between(clock.instant(), erasedAt.plus(LakeProgress.LANDING)));
            clock.advance(Duration.ofMillis(-1));
            lake("settle");
            assertThat(LakeFiles.with(lakeFolder(), pseudonym)).isEmpty();
            assertThat(rows("ann")).isZero();
            assertThat(rows("bob")).isEqualTo(1);
            assertThat(answer(client).path("rows").size()).isEqualTo(1);
            assertThat(answer(client).at("/rows/0/people").asText()).isEqualTo("1");
            assertThat(step(client, "lakeDeleted").path("done").asBoolean())
                    .as("rows of before may still be on their way")
                    .isFalse();

            clock.advance(Duration.ofMillis(1));
            assertThat(lake("settle").path("erasuresTold").asBoolean()).isTrue();

            assertThat(step(client, "lakeDeleted").path("done").asBoolean()).isTrue();
            assertThat(step(client, "lakeGone").path("done").asBoolean()).isTrue();
            assertThat(LakeFiles.with(lakeFolder(), pseudonym)).isEmpty();
        }
    }

    private static JsonNode answer(FreshetClient client) {
        return client.get("/v1/insights/lake/events-by-day").body();
    }

    private Path lakeFolder() {
        return state.resolve("lake");
    }

    private static void send(FreshetClient client, String... users) {
        List<ObjectNode> clicks =
                Stream.of(users)
                        .map(user -> ApiBodies.event("click", user).put("itemId", "a"))
                        .toList();
        ApiResponse answer = client.post("/v1/events", ApiBodies.events(clicks));
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(users.length);
    }

    private static Instant until(JsonNode receipt, String place) {
        for (JsonNode one : receipt.path("remaining")) {
            if (one.path("place").asText().equals(place)) {
                return Instant.parse(one.path("until").asText());
            }
        }
        throw new AssertionError("no " + place + " in " + receipt);
    }

    private static JsonNode step(FreshetClient client, String name) {
        return client.get("/v1/users/ann/erasure").body().path("steps").path(name);
    }

    private int rows(String user) throws IOException {
        return lake("user", user).at("/interactions/rows").size();
    }

    private int arrivedErasures() throws IOException {
        return lake("query", "SELECT count(*) AS n FROM arrivals WHERE kind = 'erasure'")
                .at("/rows/0/n")
                .asInt();
    }

    private JsonNode lake(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return CommandRun.of(state, new LakeCommand(clock), all.toArray(String[]::new)).json();
    }
}
