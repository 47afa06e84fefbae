package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.Pseudonym;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.TestCloud;
import dev.freshet.model.BasketContents;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * One person on the local cloud: the first events, the export and the erasure, and afterwards
 * everything that could restore the erased data.
 */
class PersonErasedTest {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final List<String> OTHERS = List.of("bea", "cem", "dee");

    @TempDir private static Path state = Path.of("");

    @Test
    void anErasedPersonStaysErasedAfterReplaysAndOthersKeepTheirData() throws Exception {
        Options options =
                TestCloud.options(state)
                        .withSettings(StackSettings.of(Map.of("catalogue", "open")));
        try (LocalCloud cloud = LocalCloud.start(options);
                FreshetClient client = cloud.client();
                Clients clients = new Clients(cloud.settings())) {
            Settings settings = cloud.settings();
            KinesisClient kinesis = clients.kinesis();
            history(client);
            await(client, "/v1/users/ann/export", body -> items(body).size() == 5);
            JsonNode before = await(client, "/v1/users/ann/export", body -> held(body) == 5);
            assertThat(items(before)).containsExactlyInAnyOrder("i0", "i1", "i2", "i3", "i9");
            assertThat(before.at("/profiles/0/attributes/plan").asText()).isEqualTo("gold");

            ApiResponse erased = client.delete("/v1/users/ann");
            assertThat(erased.status()).as(erased.problem()).isEqualTo(200);
            assertThat(erased.body().path("aliases").asInt()).isEqualTo(1);
            await(
                    client,
                    "/v1/users/ann/erasure",
                    body -> body.at("/steps/forgotten/done").asBoolean());
            assertEmpty(await(client, "/v1/users/ann/export", body -> held(body) == 0));

            FunctionsInPlace.features(kinesis, settings.text(Setting.EVENTS_STREAM), settings);
            settle(client);
            assertEmpty(client.get("/v1/users/ann/export").body());
            assertEmpty(client.get("/v1/users/anon-ann/export").body());

            Model rebuilt = fold(kinesis, settings, List.of());
            Model never = fold(kinesis, settings, List.of("ann", "anon-ann"));
            for (String id : List.of("ann", "anon-ann")) {
                assertThat(BasketContents.of(rebuilt, pseudonym(settings, id))).isEmpty();
            }
            Instant at = Instant.now();
            assertThat(counts(rebuilt, at)).isEqualTo(counts(never, at)).isNotEmpty();
            for (String other : OTHERS) {
                assertThat(BasketContents.of(rebuilt, pseudonym(settings, other)))
                        .isEqualTo(BasketContents.of(never, pseudonym(settings, other)))
                        .hasSize(4);
                assertThat(items(client.get("/v1/users/" + other + "/export").body())).hasSize(4);
            }
        }
    }

    private static void history(FreshetClient client) throws InterruptedException {
        List<ObjectNode> events = new ArrayList<>();
        events.add(
                click("anon-ann", "i9")
                        .<ObjectNode>without("userId")
                        .put("anonymousId", "anon-ann"));
        for (int i = 0; i < 4; i++) {
            events.add(click("ann", "i" + i));
            for (String other : OTHERS) {
                events.add(click(other, "i" + (i + other.charAt(0)) % 6));
            }
        }
        ApiResponse sent = client.post("/v1/events", ApiBodies.events(events));
        assertThat(sent.body().path("accepted").asInt()).as(sent.problem()).isEqualTo(17);
        client.put("/v1/users/ann", ApiBodies.json("{\"attributes\":{\"plan\":\"gold\"}}"));
        await(client, "/v1/users/anon-ann/export", shown -> items(shown).size() == 1);
        JsonNode both = ApiBodies.json("{\"anonymousId\":\"anon-ann\",\"userId\":\"ann\"}");
        ApiResponse alias = client.post("/v1/users/alias", both);
        assertThat(alias.ok()).as(alias.problem()).isTrue();
    }

    private static ObjectNode click(String user, String item) {
        return ApiBodies.event("click", user).put("eventId", user + "-" + item).put("itemId", item);
    }

    /**
     * Sends another person's event and waits for it, because redelivered records are learned with
     * the next example.
     */
    private static void settle(FreshetClient client) throws InterruptedException {
        client.post("/v1/events", ApiBodies.events(List.of(click("zoe", "i0"))));
        await(client, "/v1/users/zoe/export", shown -> held(shown) == 1);
    }

    private static void assertEmpty(JsonNode export) {
        assertThat(export.path("interactions")).isEmpty();
        assertThat(export.path("model")).isEmpty();
        assertThat(export.path("quarantine")).isEmpty();
        assertThat(export.at("/profiles/0/attributes")).isEmpty();
        assertThat(export.at("/profiles/0/aliases")).isEmpty();
        assertThat(export.at("/profiles/0/erasure/erasedAt").asText()).isNotEmpty();
    }

    private static List<String> items(JsonNode export) {
        return export.path("interactions")
                .valueStream()
                .map(row -> row.at("/target/id").asText())
                .toList();
    }

    private static int held(JsonNode export) {
        int held = 0;
        for (JsonNode basket : export.path("model")) {
            held += basket.path("items").size();
        }
        return held;
    }

    /**
     * Returns the model rebuilt from the stream of examples, as a replay does, without these
     * people.
     */
    private static Model fold(KinesisClient kinesis, Settings settings, List<String> without) {
        List<Pseudonym> left = without.stream().map(id -> pseudonym(settings, id)).toList();
        Model model = Model.EMPTY;
        for (var record : StreamRecords.of(kinesis, settings.text(Setting.EXAMPLES_STREAM))) {
            List<Example> examples =
                    ExampleCodec.decode(record.data()).stream()
                            .filter(example -> !isOf(example, left))
                            .toList();
            model = Trainer.train(model, examples).model();
        }
        return model;
    }

    private static boolean isOf(Example example, List<Pseudonym> people) {
        return switch (example) {
            case Example.Interaction interaction -> people.contains(interaction.user());
            case Example.Exposure shown -> people.contains(shown.user());
            case Example.Retraction undone -> people.contains(undone.retracted().user());
            case Example.Merge merge -> people.contains(merge.from());
            case Example.Forget forget -> people.contains(forget.user());
            case Example.ItemChanged changed -> false;
            case Example.Definition changed -> false;
            case Example.Neighbours named -> false;
        };
    }

    private static Map<String, Double> counts(Model model, Instant at) {
        Map<String, Double> counts = new TreeMap<>();
        for (HalfLife halfLife : HalfLife.values()) {
            ItemScores top = model.popularity().top(Scope.ALL, halfLife, at, 50);
            for (int rank = 0; rank < top.size(); rank++) {
                if (top.score(rank) > 0) {
                    counts.put(
                            halfLife + " " + model.items().id(top.item(rank)),
                            Math.rint(top.score(rank) * 1e3));
                }
            }
        }
        return counts;
    }

    private static Pseudonym pseudonym(Settings settings, String id) {
        byte[] secret =
                settings.find(Setting.SECRET).orElseThrow().getBytes(StandardCharsets.UTF_8);
        return new Pseudonyms(new Signer(secret)).of(id);
    }

    private static JsonNode await(FreshetClient client, String path, Predicate<JsonNode> fits)
            throws InterruptedException {
        return TestCloud.await(
                        TIME_LIMIT,
                        () -> client.get(path),
                        answer -> answer.ok() && fits.test(answer.body()))
                .body();
    }
}
