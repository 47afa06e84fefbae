package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.recommend.BulkRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of users to a click on a mail that counts, on the local cloud. */
class BulkCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USERS = 700;

    @TempDir private Path temporary = Path.of("");

    @Test
    void listsAreMadeForAllAndCountWhenAMailIsOpenedAndClicked() throws Exception {
        Path state = temporary.resolve("state");
        try (LocalCloud cloud =
                        LocalCloud.start(
                                TestCloud.options(state)
                                        .withSettings(StackSettings.of(Map.of("bulk", "true"))));
                FreshetClient client = cloud.client();
                Clients clients = new Clients(cloud.settings())) {
            assertThat(client.post("/v1/items", catalogue(12)).status()).isEqualTo(200);
            TestCloud.await(() -> list(client, "nobody", 12).path("items").size() == 12);
            view(client, "user-1", "item-3");
            TestCloud.await(() -> list(client, "user-1", 5).at("/reflects/events").asInt() == 1);

            CommandRun ran = bulk(state, "--count", "5", "--placement", "mail");

            assertThat(ran.code()).as(ran.err()).isZero();
            JsonNode told = ran.last();
            assertThat(told.path("lists").asInt()).isEqualTo(USERS);
            assertThat(told.path("refused").asInt()).isEqualTo(2);
            assertThat(told.path("without").asInt()).isZero();
            assertThat(
                            clients.s3()
                                    .listObjectsV2(
                                            request ->
                                                    request.bucket(
                                                                    cloud.settings()
                                                                            .text(
                                                                                    Setting
                                                                                            .MODEL_BUCKET))
                                                            .prefix(BulkRun.PREFIX))
                                    .contents())
                    .as("what is in the folder is no more in the bucket")
                    .isEmpty();
            List<JsonNode> lists = lists();
            JsonNode mail = lists.getFirst();
            assertThat(mail.path("userId").asText()).isEqualTo("user-1");
            assertThat(mail.at("/reflects/events").asInt()).isEqualTo(1);
            assertThat(itemIds(mail)).isEqualTo(itemIds(list(client, "user-1", 5)));
            assertThat(listsOfMails(client)).as("a list made is no list shown").isZero();

            open(client, mail);

            TestCloud.await(() -> listsOfMails(client) == 1);
            JsonNode row = outcomes(client);
            assertThat(row.path("clicks").asInt()).isEqualTo(1);

            CommandRun again = bulk(state, "--count", "5", "--placement", "mail");
            assertThat(again.last().path("run")).isEqualTo(told.path("run"));
            assertThat(lists()).isEqualTo(lists);
            CommandRun refused = bulk(state, "--count", "101");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("--out");
        }
    }

    private static ObjectNode catalogue(int count) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        for (int i = 0; i < count; i++) {
            items.addObject()
                    .put("itemId", "item-" + i)
                    .put("title", "Title " + i)
                    .put("publishedAt", Instant.now().minus(Duration.ofDays(2)).toString());
        }
        return body;
    }

    private static JsonNode list(FreshetClient client, String user, int count) {
        return client.post(
                        "/v1/recommendations",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("userId", user)
                                .put("count", count))
                .body();
    }

    private static List<String> itemIds(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("items").forEach(item -> ids.add(item.path("itemId").asText()));
        ids.sort(null);
        return ids;
    }

    private static void view(FreshetClient client, String user, String item) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        event(body.putArray("events"), "view", user).put("itemId", item);
        assertThat(client.post("/v1/events", body).body().path("accepted").asInt()).isEqualTo(1);
    }

    /** Sends what a site sends when a mail is opened, and one of its items is clicked. */
    private static void open(FreshetClient client, JsonNode mail) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode events = body.putArray("events");
        String user = mail.path("userId").asText();
        String token = mail.path("exposure").asText();
        event(events, "impression", user).put("exposure", token);
        event(events, "click", user)
                .put("exposure", token)
                .put("itemId", mail.at("/items/2/itemId").asText());
        assertThat(client.post("/v1/events", body).body().path("accepted").asInt()).isEqualTo(2);
    }

    private static ObjectNode event(ArrayNode events, String type, String user) {
        return events.addObject()
                .put("eventId", type + "-of-" + user)
                .put("type", type)
                .put("userId", user)
                .put("occurredAt", Instant.now().toString());
    }

    private static JsonNode outcomes(FreshetClient client) {
        for (JsonNode row : client.get("/v1/insights/outcomes?by=placement").body().path("rows")) {
            if (row.toString().contains("\"mail\"")) {
                return row;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static int listsOfMails(FreshetClient client) {
        return outcomes(client).path("lists").asInt();
    }

    private List<JsonNode> lists() throws IOException {
        List<JsonNode> lists = new ArrayList<>();
        try (Stream<Path> files = Files.list(temporary.resolve("out"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".gz")).sorted().toList()) {
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
                    for (String line : lines.lines().toList()) {
                        lists.add(JSON.readTree(line));
                    }
                }
            }
        }
        return lists;
    }

    private CommandRun bulk(Path state, String... options) throws IOException {
        Path users =
                Files.writeString(
                        temporary.resolve("users.txt"),
                        IntStream.rangeClosed(1, USERS)
                                .mapToObj(user -> "user-" + user)
                                .collect(
                                        Collectors.joining(
                                                "\n", "", "\n{\"userId\":\"\"}\n{broken\n")));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "bulk",
                                "--users",
                                users.toString(),
                                "--out",
                                temporary.resolve("out").toString(),
                                "--state",
                                state.toString(),
                                "--json"));
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray(String[]::new));
    }
}
