package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.UserTokens;
import dev.freshet.api.FreshetClient;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by the commands alone, and what each of them opens. */
class KeysCommandsTest {
    private static final String TRENDING = "/v1/trending?count=1";

    private final LocalCloud cloud = TestCloud.shared();
    private final Path state = cloud.stateFolder();

    private CommandRun run(String... arguments) {
        return command("keys", arguments);
    }

    private CommandRun command(String name, String... arguments) {
        return CommandRun.of(state, name, arguments);
    }

    private int status(String key) {
        return status(key, TRENDING);
    }

    private int status(String key, String path) {
        try (FreshetClient client = new FreshetClient(cloud.apiUri(), Optional.of(key))) {
            return client.get(path).status();
        }
    }

    @Test
    void aCreatedKeyOpensTheApiAndItsSecretIsShownNowhereAgain() throws Exception {
        JsonNode made = run("create", "secret", "--name", "backend", "--json").json();
        String key = made.path("key").asText();

        assertThat(status(key)).isEqualTo(200);
        CommandRun listed = run("list", "--json");
        assertThat(listed.out()).contains(made.path("keyId").asText()).contains("backend");
        assertThat(listed.out()).doesNotContain(key.substring(key.lastIndexOf('_') + 1));
        assertThat(run("list").out())
                .contains("…" + made.path("keyId").asText().substring(8))
                .doesNotContain(made.path("keyId").asText());
    }

    @Test
    void theDashboardGetsAKeyForHalfADayThatReadsInsightsAndNothingElse() throws Exception {
        Instant before = Instant.now();
        JsonNode made = command("dashboard", "--json").json();
        String key = made.path("key").asText();

        assertThat(key).startsWith("fik_");
        assertThat(made.path("address").asText())
                .isEqualTo(cloud.apiUri() + "/dashboard/#key=" + key);
        assertThat(Instant.parse(made.path("expiresAt").asText()))
                .isBetween(
                        before.plus(Duration.ofHours(12)).truncatedTo(ChronoUnit.SECONDS),
                        Instant.now().plus(Duration.ofHours(12)));
        assertThat(status(key, "/v1/insights/overview")).isEqualTo(200);
        assertThat(status(key)).isEqualTo(403);
    }

    @Test
    void theAddressOfTheDashboardIsPrintedWithoutItsKeyOnWish() throws Exception {
        String text = command("dashboard", "--apart").out();

        assertThat(text.lines().skip(1).toList())
                .hasSize(2)
                .first()
                .isEqualTo(cloud.apiUri() + "/dashboard/");
        assertThat(status(text.lines().toList().getLast(), "/v1/insights/overview")).isEqualTo(200);
    }

    @Test
    void aKeyThatThePlaygroundIsHandedReadsInsightsForAnHourAndIsHandedAgain() throws Exception {
        String key = cloud.dashboardKey().orElseThrow();

        assertThat(key).startsWith("fik_").isEqualTo(cloud.dashboardKey().orElseThrow());
        assertThat(status(key, "/v1/insights/overview")).isEqualTo(200);
        assertThat(status(key)).isEqualTo(403);
    }

    @Test
    void theDashboardGetsAKeyForAnHourThatChangesExperimentsAndNothingElse() throws Exception {
        Instant before = Instant.now();
        JsonNode made = command("dashboard", "--experiments", "--name", "ann", "--json").json();
        String key = made.path("key").asText();

        assertThat(key).startsWith("fek_");
        assertThat(Instant.parse(made.path("expiresAt").asText()))
                .isBetween(
                        before.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS),
                        Instant.now().plus(Duration.ofHours(1)));
        String path = "/v1/experiments/of-ann";
        try (FreshetClient client = new FreshetClient(cloud.apiUri(), Optional.of(key))) {
            JsonNode draft =
                    ApiBodies.json(
                            """
                            {"id":"of-ann","version":1,"status":"draft","layer":"l","salt":"s",
                             "plannedUsers":1000,
                             "arms":[{"id":"a","weight":0.5},{"id":"b","weight":0.5}],
                             "metrics":{"primary":"listCtr"}}\
                            """);
            assertThat(client.put(path, draft).status()).isEqualTo(200);
            JsonNode log = client.get("/v1/insights/experiments/of-ann/changes").body();
            assertThat(log.at("/changes/0/by").asText())
                    .isEqualTo(made.path("keyId").asText() + " ann");
            assertThat(client.put("/v1/rules/of-ann", ApiBodies.json("{}")).status())
                    .isEqualTo(403);
            assertThat(client.delete(path).status()).isEqualTo(403);
            assertThat(client.delete("/v1/users/somebody").status()).isEqualTo(403);
        }
        assertThat(run("rotate", made.path("keyId").asText(), "--json").json().path("kind"))
                .hasToString("\"experiments\"");
    }

    @Test
    void aKeyForExperimentsThatExpiredOpensNothing() throws Exception {
        JsonNode made =
                command("dashboard", "--experiments", "--expires-in", "1s", "--json").json();

        TestCloud.await(
                () -> Instant.now().isAfter(Instant.parse(made.path("expiresAt").asText())));

        assertThat(status(made.path("key").asText(), "/v1/experiments")).isEqualTo(401);
        CommandRun longer = command("dashboard", "--experiments", "--expires-in", "25h");
        assertThat(longer.code()).isEqualTo(1);
        assertThat(longer.err()).contains("within a day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://stats.example.org",
                "stats.example.org",
                "https://",
                "https://stats.example.org/#key=x",
                "not an address"
            })
    void theDashboardIsOpenedAtAnAddressThatKeepsItsKeyPrivate(String page) {
        CommandRun refused = command("dashboard", "--page", page);

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err().strip().lines()).hasSize(1);
        assertThat(refused.err()).contains("https://");
    }

    @Test
    void aRevokedKeyThatNobodyShowedBeforeOpensNothing() throws Exception {
        String key = run("create", "secret", "--json").json().path("key").asText();

        JsonNode revoked = run("revoke", key, "--json").json();

        assertThat(revoked.path("valid").asBoolean()).isFalse();
        assertThat(status(key)).isEqualTo(401);
        assertThat(run("revoke", key).code()).as("again changes nothing").isZero();
        assertThat(run("list", "--valid", "--json").out())
                .doesNotContain(revoked.path("keyId").asText());
    }

    @Test
    void aRotatedKeyAndItsSuccessorBothOpenForAWhile() throws Exception {
        String origin = "https://www.example.org";
        JsonNode old = run("create", "publishable", "--origin", origin, "--json").json();
        JsonNode fresh = run("rotate", old.path("keyId").asText(), "--json").json();
        assertThat(fresh.path("origins").path(0).asText()).isEqualTo(origin);
        assertThat(fresh.path("replaces").path("keyId").asText())
                .isEqualTo(old.path("keyId").asText());
        assertThat(fresh.path("replaces").path("valid").asBoolean()).isTrue();
        JsonNode over =
                run("rotate", fresh.path("keyId").asText(), "--overlap", "0s", "--json").json();
        assertThat(over.path("replaces").path("valid").asBoolean()).isFalse();
    }

    @Test
    void aUserTokenForTryingOutSpeaksForItsUser() throws Exception {
        JsonNode made = run("create", "user-tokens", "--json").json();
        assertThat(made.path("signingSecret").asText()).hasSize(52);
        assertThat(made.path("audience").asText()).isEqualTo(cloud.settings().audience());

        String token =
                run("token", "--user", "u-1", "--key", made.path("keyId").asText()).out().strip();

        assertThat(token.length()).isLessThan(UserTokens.MAX_LENGTH);
        assertThat(status(token)).isEqualTo(200);
        assertThat(status(token, "/v1/users/u-1")).isIn(200, 404);
        assertThat(status(token, "/v1/users/u-2")).isEqualTo(403);
    }

    @Test
    void aPublicKeyVouchesAndCannotBeSignedWithHere(@TempDir Path folder) throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        Path pem = folder.resolve("public.pem");
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pairs.generateKeyPair().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        JsonNode made =
                run("create", "user-tokens", "--public-key", pem.toString(), "--json").json();

        assertThat(made.path("algorithm").asText()).isEqualTo("ES256");
        assertThat(made.has("signingSecret")).isFalse();
        CommandRun token = run("token", "--user", "u-1", "--key", made.path("keyId").asText());
        assertThat(token.code()).isEqualTo(1);
        assertThat(token.err()).contains("HS256");
        assertThat(run("rotate", made.path("keyId").asText()).err()).contains("--public-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "create nonsense",
                "create publishable",
                "create publishable --any-origin --origin https://www.example.org",
                "create publishable --origin http://www.example.org",
                "create publishable --origin https://www.example.org/path",
                "create publishable --origin null",
                "create secret --any-origin",
                "create secret --algorithm HS256",
                "create secret --expires-in tomorrow",
                "create secret --expires-in 0s",
                "create user-tokens --algorithm none",
                "create user-tokens --algorithm ES256",
                "create user-tokens --public-key nowhere.pem",
                "rotate",
                "rotate nobody",
                "rotate nobody --overlap -1h",
                "revoke abc",
                "token --user u",
                "token --user u --key nobody --minutes 61"
            })
    void whatCannotBeIsRefusedWithASentence(String arguments) {
        CommandRun ran = run(arguments.split(" "));

        assertThat(ran.code()).isIn(1, 2);
        assertThat(ran.err().strip()).isNotEmpty().doesNotContain("unexpectedly", "\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void theOwnersPairIsKeptForTheOwnersEyesAlone() throws Exception {
        OwnerKeys own = cloud.ownerKeys().orElseThrow();

        assertThat(OwnerKeys.in(state)).hasValue(own);
        assertThat(status(own.publishable())).isEqualTo(200);
        assertThat(status(own.secret())).isEqualTo(200);
        for (String file : new String[] {"keys.json", "secret"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(state.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(Files.readString(state.resolve("running.json")))
                .doesNotContain(own.secret(), own.publishable());
    }
}
