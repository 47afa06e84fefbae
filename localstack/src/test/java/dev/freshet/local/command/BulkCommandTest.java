package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.recommend.BulkRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertThat(client.post("/v1/items", ApiBodies.items(12)).status()).isEqualTo(200);
            TestCloud.await(() -> list(client, "nobody", 12).path("items").size() == 12);
            send(client, ApiBodies.event("view", "user-1").put("itemId", "item-3"));
            TestCloud.await(() -> list(client, "user-1", 5).at("/reflects/events").asInt() == 1);

            CommandRun ran = bulk(state, "--count", "5", "--placement", "mail");

            assertThat(ran.code()).as(ran.err()).isZero();
            JsonNode told = ran.last();
            assertThat(told.path("lists").asInt()).isEqualTo(USERS);
            assertThat(told.path("refused").asInt()).isEqualTo(2);
            assertThat(told.path("without").asInt()).isZero();
            String bucket = cloud.settings().text(Setting.MODEL_BUCKET);
            assertThat(
                            clients.s3()
                                    .listObjectsV2(r -> r.bucket(bucket).prefix(BulkRun.PREFIX))
                                    .contents())
                    .as("what is in the folder is no more in the bucket")
                    .isEmpty();
            List<JsonNode> lists = lists();
            JsonNode mail = lists.getFirst();
            assertThat(mail.path("userId").asText()).isEqualTo("user-1");
            assertThat(mail.at("/reflects/events").asInt()).isEqualTo(1);
            assertThat(ApiBodies.itemIds(mail))
                    .containsExactlyInAnyOrderElementsOf(
                            ApiBodies.itemIds(list(client, "user-1", 5)));
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

    private static JsonNode list(FreshetClient client, String user, int count) {
        return client.post("/v1/recommendations", ApiBodies.request(user, count)).body();
    }

    private static void send(FreshetClient client, ObjectNode... events) {
        ApiResponse answer = client.post("/v1/events", ApiBodies.events(List.of(events)));
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(events.length);
    }

    /** Sends what a site sends when a mail is opened, and one of its items is clicked. */
    private static void open(FreshetClient client, JsonNode mail) {
        String user = mail.path("userId").asText();
        String token = mail.path("exposure").asText();
        send(
                client,
                ApiBodies.event("impression", user).put("exposure", token),
                ApiBodies.event("click", user)
                        .put("exposure", token)
                        .put("itemId", mail.at("/items/2/itemId").asText()));
    }

    private static JsonNode outcomes(FreshetClient client) {
        return client.get("/v1/insights/outcomes").body().at("/rows/0");
    }

    private static int listsOfMails(FreshetClient client) {
        return outcomes(client).path("lists").asInt();
    }

    private List<JsonNode> lists() throws IOException {
        List<JsonNode> lists = new ArrayList<>();
        try (Stream<Path> files = Files.list(temporary.resolve("out"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".gz")).sorted().toList()) {
                try (InputStream lines = new GZIPInputStream(Files.newInputStream(file))) {
                    new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(ApiBodies::json)
                            .forEach(lists::add);
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
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("--json", "--users=" + users, "--out=" + temporary.resolve("out")));
        return CommandRun.of(state, "bulk", words.toArray(String[]::new));
    }
}
