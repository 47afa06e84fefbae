package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.folder.LocalState;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.TestCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A site that is exported, wiped and restored by the commands alone. Its secret stays: pseudonyms,
 * by which the model draws what it learns by chance, are made with it. {@code
 * -Dfreshet.restore.users=1000} has as many users as the figure in docs/operate.md.
 */
class SiteRestoreTest {
    private static final int USERS = Integer.getInteger("freshet.restore.users", 30);
    private static final int EVENTS_EACH = 8;
    private static final int ITEMS = 120;
    private static final int SECTIONS = 6;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES =
            List.of("view", "click", "like", "cart", "purchase", "dislike");

    @TempDir private Path folder = Path.of("");

    @Test
    void everyUserGetsTheSameListAfterExportWipeAndRestore() throws Exception {
        Instant now = Instant.now();
        Path export = folder.resolve("export");
        List<List<String>> before;
        try (LocalCloud first = start("first");
                FreshetClient client = first.client()) {
            putItems(client, now);
            putUsers(client);
            Path history = Files.write(folder.resolve("history.jsonl"), history(now));
            CommandRun imported =
                    CommandRun.of(state("first"), "import", "jsonl", history.toString());
            assertThat(imported.code()).as(imported.err()).isZero();
            before = lists(client);

            CommandRun exported =
                    CommandRun.of(state("first"), "export", export.toString(), "--json");
            assertThat(exported.code()).as(exported.err()).isZero();
            assertThat(exported.json().at("/files/events.jsonl/lines").asInt())
                    .isEqualTo(USERS * EVENTS_EACH);
            assertThat(export.toFile().list())
                    .containsExactlyInAnyOrder(
                            "manifest.json", "items.jsonl", "users.jsonl", "events.jsonl");
        }

        Files.createDirectories(state("second"));
        Files.copy(
                state("first").resolve(LocalState.SECRET),
                state("second").resolve(LocalState.SECRET));
        try (LocalCloud second = start("second");
                FreshetClient client = second.client()) {
            CommandRun unsure = restore(export);
            assertThat(unsure.code()).isEqualTo(1);
            assertThat(unsure.err()).contains("no users").contains("--nobody-erased");

            CommandRun restored = restore(export, "--nobody-erased", "--json");

            assertThat(restored.code()).as(restored.err() + restored.out()).isZero();
            assertThat(restored.json().path("items").asInt()).isEqualTo(ITEMS);
            assertThat(restored.json().path("users").asInt()).isEqualTo(USERS);
            assertThat(restored.json().path("events").asInt()).isEqualTo(USERS * EVENTS_EACH);
            List<List<String>> after = lists(client);
            assertThat(after).as("lists of %d users", USERS).isEqualTo(before);
            assertThat(new HashSet<>(after)).hasSizeGreaterThan(USERS / 2);

            leavesOutWhoWasErased(client, export);
        }
    }

    /**
     * The runbook of recovery. Two tables are deleted and come back from copies, such as DynamoDB
     * restores; then the objects of the model log are deleted, once so that their versions are
     * left, and once for good. The stack starts again after both. A replay stands for the objects
     * in the last case. It learns the catalogue first and in another order, so that other items are
     * drawn as negatives of the ranking: what a user's own events lead to stays, the ends of lists
     * differ. Of 20 items, 19 to 20 were the same on average, and 16 in the worst list of five
     * runs.
     */
    @Test
    void everyUserGetsTheSameListAfterTablesAndObjectsWereDeletedAndRecovered() throws Exception {
        List<List<String>> before;
        try (LocalCloud cloud = start("first");
                FreshetClient client = cloud.client();
                LostStores stores = new LostStores(cloud.settings())) {
            stores.keepVersions();
            Instant now = Instant.now();
            putItems(client, now);
            putUsers(client);
            Path history = Files.write(folder.resolve("history.jsonl"), history(now));
            CommandRun imported =
                    CommandRun.of(state("first"), "import", "jsonl", history.toString());
            assertThat(imported.code()).as(imported.err()).isZero();
            List.of("interactions", "items").forEach(stores::copy);
            Instant copied = Instant.now();
            assertThat(client.delete("/v1/users/u0").ok()).isTrue();
            before = lists(client);
            for (String table : List.of("interactions", "items")) {
                var rows = stores.rows(table);
                assertThat(rows).as(table).hasSizeGreaterThanOrEqualTo(ITEMS);
                stores.deleteAndMakeAnew(table);
                assertThat(stores.rows(table)).as(table).isEmpty();
                String from = "--from-table=" + stores.nameOfCopy(table);
                succeeded("recover", "--table=" + table, "--at=" + copied, from, "--rate=10000");
                assertThat(stores.rows(table)).as(table).isEqualTo(rows);
            }
            int objects = stores.deleteObjects(false);
            assertThat(objects).isGreaterThan(1);
            assertThat(succeeded("recover", "--bucket").json().path("restored").asInt())
                    .isGreaterThanOrEqualTo(objects);
        }
        try (LocalCloud again = start("first");
                FreshetClient client = again.client();
                LostStores stores = new LostStores(again.settings())) {
            assertThat(lists(client)).as("after tables and bucket").isEqualTo(before);
            assertThat(client.get("/v1/users/u0/interactions").body().path("interactions"))
                    .isEmpty();
            stores.deleteObjects(true);
            assertThat(succeeded("recover", "--bucket").json().path("restored").asInt()).isZero();
            succeeded("replay");
        }
        try (LocalCloud last = start("first");
                FreshetClient client = last.client()) {
            List<List<String>> after = lists(client);
            for (int user = 0; user < USERS; user++) {
                assertThat(after.get(user).subList(0, 10))
                        .as("the first items of user %d after a replay", user)
                        .filteredOn(before.get(user).subList(0, 12)::contains)
                        .hasSizeGreaterThanOrEqualTo(9);
                assertThat(after.get(user))
                        .as("the list of user %d after a replay", user)
                        .filteredOn(before.get(user)::contains)
                        .hasSizeGreaterThanOrEqualTo(14);
            }
        }
    }

    private CommandRun succeeded(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        long started = System.nanoTime();
        CommandRun run = CommandRun.of(state("first"), command, all.toArray(String[]::new));
        long ms = (System.nanoTime() - started) / 1_000_000;
        System.out.printf("%s %s in %d ms: %s%n", command, all, ms, run.out().strip());
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        return run;
    }

    /** Erases a user and an alias of another, and restores the older export over the stack. */
    private void leavesOutWhoWasErased(FreshetClient client, Path export) throws Exception {
        assertThat(client.delete("/v1/users/u0").ok()).isTrue();

        CommandRun again = restore(export, "--json");

        assertThat(again.code()).as(again.err() + again.out()).isZero();
        assertThat(again.json().path("linesOfErasedUsers").asInt()).isEqualTo(1 + EVENTS_EACH);
        assertThat(client.get("/v1/users/u0/interactions").body().path("interactions")).isEmpty();
        assertThat(client.get("/v1/users/u1/interactions").body().path("interactions"))
                .hasSize(EVENTS_EACH);
    }

    private LocalCloud start(String name) {
        return LocalCloud.start(
                TestCloud.options(state(name))
                        .withMessages(_ -> {})
                        .with(Options.Switch.PLANS_LIFTED));
    }

    private CommandRun restore(Path export, String... options) {
        List<String> words = new ArrayList<>(List.of(export.toString()));
        words.addAll(List.of(options));
        return CommandRun.of(state("second"), "restore", words.toArray(String[]::new));
    }

    private Path state(String name) {
        return folder.resolve(name);
    }

    private static void putItems(FreshetClient client, Instant now) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (int i = 0; i < ITEMS; i++) {
            ObjectNode item =
                    items.addObject()
                            .put("itemId", "a" + i)
                            .put("title", "Story " + i)
                            .put("publishedAt", now.minus(Duration.ofHours(3_000 - i)).toString());
            item.putArray("tags").add("section-" + i % SECTIONS);
        }
        ApiResponse answer = client.post("/v1/items", body);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(ITEMS);
    }

    private static void putUsers(FreshetClient client) {
        for (int user = 0; user < USERS; user++) {
            ObjectNode body = JSON.createObjectNode();
            body.putObject("attributes").put("plan", user % 2 == 0 ? "free" : "paid");
            assertThat(client.put("/v1/users/u" + user, body).ok()).isTrue();
        }
    }

    private static List<String> history(Instant now) {
        SplittableRandom random = new SplittableRandom(20261126);
        Instant at = now.minus(Duration.ofDays(60));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < USERS * EVENTS_EACH; i++) {
            at = at.plusMillis(1 + random.nextInt(2_000));
            int user = i % USERS;
            int item = user % SECTIONS + SECTIONS * random.nextInt(ITEMS / SECTIONS);
            events.add(
                    """
                    {"eventId":"e%d","type":"%s","userId":"u%d","itemId":"a%d","occurredAt":"%s"}\
                    """
                            .formatted(i, TYPES.get(random.nextInt(TYPES.size())), user, item, at));
        }
        return events;
    }

    /** Returns the list of each user by the newest model, however slow the machine is. */
    private static List<List<String>> lists(FreshetClient client) throws InterruptedException {
        awaitTheLastVersion(client);
        List<List<String>> lists = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            JsonNode answer = recommendation(client, user);
            for (int look = 0; look < 300 && isBehind(answer); look++) {
                Thread.sleep(100);
                answer = recommendation(client, user);
            }
            assertThat(isBehind(answer)).as(answer.toString()).isFalse();
            assertThat(answer.path("items")).hasSize(20);
            lists.add(ApiBodies.itemIds(answer));
        }
        return lists;
    }

    /**
     * Waits until the model has learned everything that was accepted: no version came for three
     * seconds.
     */
    private static void awaitTheLastVersion(FreshetClient client) throws InterruptedException {
        long version = -1;
        for (int looks = 0, same = 0; same < 30; looks++) {
            assertThat(looks).as("looks until the model rests").isLessThan(1_200);
            long newest = recommendation(client, 0).at("/model/version").asLong();
            same = newest == version && newest > 0 ? same + 1 : 0;
            version = newest;
            Thread.sleep(100);
        }
    }

    private static boolean isBehind(JsonNode answer) {
        return answer.path("degraded").asBoolean()
                || answer.at("/model/version").asLong() == 0
                || answer.path("items").isEmpty();
    }

    private static JsonNode recommendation(FreshetClient client, int user) {
        ApiResponse answer = client.post("/v1/recommendations", ApiBodies.request("u" + user, 20));
        assertThat(answer.ok()).as(answer.problem()).isTrue();
        return answer.body();
    }
}
