package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.Clients;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.folder.LocalState;
import dev.freshet.local.MiniStack;
import dev.freshet.local.command.CommandRun;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelArchive.Kind;
import dev.freshet.model.log.ModelArchive.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * {@code freshet recover} on emulated stores. The emulators of the local cloud have no
 * point-in-time recovery, so a test makes the restored table there; MiniStack has one, which
 * restores the table as it is now.
 */
class RecoveryContractTest {
    private static final String MODEL = "recovered";
    private static final String BUCKET = "freshet-recovered";
    private static final String LATER = "4102444800";

    private final Instant at =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    private final String erased = "N " + at.plus(Duration.ofDays(1)).toEpochMilli();

    @TempDir private Path state = Path.of("");

    private final Clients clients = EmulatedAws.clients();
    private final DynamoDbClient tables = clients.dynamoDb();
    private final S3Client s3 = clients.s3();
    private String prefix = "";

    @BeforeEach
    void runsACloudInName() throws IOException {
        prefix = "recover-" + state.getFileName() + "-";
        EmulatedAws.makeTables(prefix);
        Map<String, String> environment = new HashMap<>(EmulatedAws.settings().variables());
        environment.putAll(WorkerScene.tables(prefix));
        environment.put("FRESHET_KEYS_TABLE", prefix + EmulatedAws.KEYS);
        environment.put("FRESHET_MODEL_ID", MODEL);
        environment.put("FRESHET_MODEL_BUCKET", BUCKET);
        Files.writeString(
                state.resolve(LocalState.RUNNING),
                LocalState.note(URI.create("http://127.0.0.1:1"), environment));
    }

    @Test
    void usersGetBackWhatTheyStatedAndKeepWhatCameSince() throws IOException {
        put("Users", user("ann", 7, "personalisation", "BOOL false", "plan", "paid"));
        put("Users", user("bob", 3, "plan", "free"));
        put("Users", user("eve", 2, "plan", "free"));
        put("Users", row("userId", "old", "revision", "N 1", "expiresAt", "N 1"));
        List<String> restored = restored("Users");
        var ann = user("ann", 1, "shownSince", erased, "plan", "other");
        var eve = user("eve", 1, "erasedAt", erased, "erasure", "e1");
        replace("Users", List.of(ann, eve));
        assertThat(run("Users", restored).err()).contains("records of erasures", "--without-users");
        restored.add("--nobody-erased");

        assertThat(recover("Users", restored).path("rows").toString())
                .isEqualTo("{\"copied\":2,\"erased\":1,\"expired\":1}");

        var merged =
                user(
                        "ann",
                        2,
                        "personalisation",
                        "BOOL false",
                        "shownSince",
                        erased,
                        "plan",
                        "other");
        assertThat(rows("Users"))
                .containsExactlyInAnyOrder(merged, user("bob", 3, "plan", "free"), eve);
        assertThat(recover("Users", restored).path("rows").toString())
                .isEqualTo("{\"erased\":1,\"expired\":1,\"present\":2}");
    }

    @Test
    void interactionsOfPeopleWhoWereErasedSinceDoNotReturn() throws IOException {
        var anns = row("userId", "ann", "eventKey", "1#a", "expiresAt", "N " + LATER);
        put("Interactions", anns);
        put("Interactions", row("userId", "eve", "eventKey", "1#b"));
        put("Interactions", row("userId", "eves-phone", "eventKey", "1#c"));
        List<String> restored = restored("Interactions");
        replace("Interactions", List.of());
        var eve = user("eve", 1, "erasedAt", erased, "erasure", "e1");
        Map<String, AttributeValue> withPhone = new HashMap<>(eve);
        withPhone.put(
                "erasedAliases", AttributeValue.fromL(List.of(AttributeValue.fromS("eves-phone"))));
        replace("Users", List.of(withPhone));
        List<String> dry = new ArrayList<>(restored);
        dry.add("--dry-run");

        assertThat(recover("Interactions", dry).at("/rows/copied").asInt()).isOne();
        assertThat(rows("Interactions")).as("after a dry run").isEmpty();
        assertThat(recover("Interactions", restored).at("/rows/erased").asInt()).isEqualTo(2);
        assertThat(rows("Interactions")).containsExactly(anns);
    }

    @Test
    void itemsKeysAndTrendsKeepTheNewerRow() throws IOException {
        put("Users", user("ann", 1));
        put("Items", row("itemId", "a", "version", "N 3"));
        put("Items", row("itemId", "b", "version", "N 5"));
        put("Keys", row("keyId", "k", "revision", "N 1"));
        put("Trends", row("scope", "s", "windowStart", "N 60", "modelVersion", "N 9"));
        List<List<String>> restored =
                List.of(restored("Items"), restored("Keys"), restored("Trends"));
        var newer = row("itemId", "a", "version", "N 4");
        replace("Items", List.of(newer, row("itemId", "b", "version", "N 2")));
        var revoked = row("keyId", "k", "revision", "N 2", "revokedAt", erased);
        replace("Keys", List.of(revoked));
        replace("Trends", List.of());

        recover("Items", restored.get(0));
        recover("Keys", restored.get(1));
        recover("Trends", restored.get(2));

        assertThat(rows("Items"))
                .containsExactlyInAnyOrder(newer, row("itemId", "b", "version", "N 5"));
        assertThat(rows("Keys")).containsExactly(revoked);
        assertThat(rows("Trends")).hasSize(1);
    }

    @Test
    void whereNothingSaysWhoWasErasedNobodyReturns() throws IOException {
        put("Interactions", row("userId", "ann", "eventKey", "1#a"));
        List<String> restored = restored("Interactions");

        CommandRun refused = run("Interactions", restored);

        assertThat(refused.code()).isOne();
        assertThat(refused.err()).contains("no users", "--nobody-erased");
        assertThat(run("Interactions", List.of("--at", "2999-01-01T00:00:00Z")).err())
                .contains("--at");
        assertThat(
                        run(
                                        "Items",
                                        List.of(
                                                "--at",
                                                at.toString(),
                                                "--from-table",
                                                prefix + "Keys"))
                                .err())
                .contains("other keys");
    }

    @Test
    void objectsThatWereDeletedOrOverwrittenComeBackAndSweptOnesAreGone() throws Exception {
        s3.createBucket(r -> r.bucket(BUCKET));
        s3.putBucketVersioning(
                r ->
                        r.bucket(BUCKET)
                                .versioningConfiguration(
                                        v -> v.status(BucketVersioningStatus.ENABLED)));
        ModelArchive archive = new ModelArchive(S3ObjectStore.ofModels(s3, BUCKET, true), MODEL);
        StoredObject swept = archive.put(Kind.DELTAS, 1, bytes("swept"));
        archive.put(Kind.DELTAS, 1, bytes("swept"));
        s3.deleteObject(r -> r.bucket(BUCKET).key(swept.key()));
        archive.put(Kind.DELTAS, 1, bytes("swept"));
        StoredObject deleted = archive.put(Kind.DELTAS, 2, bytes("deleted"));
        StoredObject damaged = archive.put(Kind.SNAPSHOTS, 2, bytes("damaged"));
        StoredObject old = archive.put(Kind.SNAPSHOTS, 1, bytes("old"));
        assertThat(archive.sweep(Kind.DELTAS, 2)).isOne();
        archive.remove(old.key());
        assertThat(versions())
                .extracting(ObjectVersion::key)
                .containsExactlyInAnyOrder(deleted.key(), damaged.key());
        s3.deleteObject(r -> r.bucket(BUCKET).key(deleted.key()));
        overwrite(damaged.key());

        CommandRun run = CommandRun.of(state, "recover", "--bucket", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"restored\":2,\"intact\":0,\"lost\":[]");
        assertThat(archive.read(deleted)).isEqualTo(bytes("deleted"));
        assertThat(archive.read(damaged)).isEqualTo(bytes("damaged"));
        String never = deleted.key().replace("2-", "3-") + "f";
        overwrite(never);
        overwrite(never);
        CommandRun again = CommandRun.of(state, "recover", "--bucket");
        assertThat(again.code()).isOne();
        assertThat(again.out()).contains("0 objects", "2 whole, 1 lost: replay");
    }

    private void overwrite(String key) {
        s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("cut sho"));
    }

    private List<ObjectVersion> versions() {
        return s3.listObjectVersions(r -> r.bucket(BUCKET)).versions();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Has the table restored as it is; returns the options that name that. */
    private List<String> restored(String table) throws IOException {
        if (MiniStack.isWanted()) {
            run(table, List.of("--at", at.toString(), "--dry-run", "--nobody-erased"));
            return new ArrayList<>(List.of("--at", at.toString()));
        }
        EmulatedAws.makeTables(prefix + "restored-");
        rows(table).forEach(row -> put("restored-" + table, row));
        return new ArrayList<>(
                List.of("--at", at.toString(), "--from-table", prefix + "restored-" + table));
    }

    private CommandRun run(String table, List<String> options) {
        List<String> words = new ArrayList<>(List.of("--table", table, "--json"));
        words.addAll(options);
        return CommandRun.of(state, "recover", words.toArray(String[]::new));
    }

    private JsonNode recover(String table, List<String> options) throws IOException {
        CommandRun run = run(table, options);
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private void replace(String table, List<Map<String, AttributeValue>> rows) {
        List<String> keys =
                tables.describeTable(r -> r.tableName(prefix + table)).table().keySchema().stream()
                        .map(key -> key.attributeName())
                        .toList();
        for (Map<String, AttributeValue> row : rows(table)) {
            Map<String, AttributeValue> key = new HashMap<>(row);
            key.keySet().retainAll(keys);
            tables.deleteItem(r -> r.tableName(prefix + table).key(key));
        }
        rows.forEach(row -> put(table, row));
    }

    private void put(String table, Map<String, AttributeValue> row) {
        tables.putItem(r -> r.tableName(prefix + table).item(row));
    }

    private List<Map<String, AttributeValue>> rows(String table) {
        return tables.scan(r -> r.tableName(prefix + table).consistentRead(true)).items();
    }

    private static Map<String, AttributeValue> user(String id, int revision, String... more) {
        Map<String, AttributeValue> user = new HashMap<>(row(more));
        user.putAll(row("userId", id, "revision", "N " + revision, "expiresAt", "N " + LATER));
        return user;
    }

    /** Returns a row of names and values: a text, or {@code N 1}, or {@code BOOL true}. */
    private static Map<String, AttributeValue> row(String... pairs) {
        Map<String, AttributeValue> row = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String value = pairs[i + 1];
            row.put(
                    pairs[i],
                    value.startsWith("N ")
                            ? AttributeValue.fromN(value.substring(2))
                            : value.startsWith("BOOL ")
                                    ? AttributeValue.fromBool(value.endsWith("true"))
                                    : AttributeValue.fromS(value));
        }
        return row;
    }
}
