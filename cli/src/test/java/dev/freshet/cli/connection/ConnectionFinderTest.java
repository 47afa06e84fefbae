package dev.freshet.cli.connection;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.connection.ConnectionFinder.Explicit;
import dev.freshet.folder.LocalState;
import dev.freshet.folder.OwnerKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which the places that may name a stack are looked at. */
class ConnectionFinderTest {
    private static final String LOCAL = "http://127.0.0.1:8787";

    @TempDir private Path home = Path.of("");
    private Path state = Path.of("");
    private Path config = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void everyPlaceNamesAStack() throws IOException {
        state = Files.createDirectories(home.resolve("checkout").resolve(LocalState.FOLDER));
        Files.writeString(
                state.resolve(LocalState.RUNNING), LocalState.note(URI.create(LOCAL), Map.of()));
        Files.writeString(
                state.resolve(OwnerKeys.FILE), new OwnerKeys("of-pages", "of-the-owner").toJson());
        config = home.resolve(".config/freshet/config");
        Files.createDirectories(config.getParent());
        profiles(
                """
                [default]
                endpoint = https://default.example.org
                key = of-default
                [staging]
                endpoint = https://staging.example.org
                key = of-staging
                [open]
                endpoint = https://open.example.org
                """);
        environment.put("HOME", home.toString());
        environment.put("FRESHET_ENDPOINT", "https://environment.example.org");
        environment.put("FRESHET_KEY", "of-environment");
        environment.put("FRESHET_PROFILE", "staging");
    }

    private void profiles(String text) throws IOException {
        Files.writeString(config, text);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    }

    private StackConnection find(
            @Nullable String endpoint, @Nullable String key, @Nullable String profile) {
        return new ConnectionFinder(
                        environment,
                        ProfileFile.usual(environment, "/nowhere"),
                        Optional.of(new LocalState(state)))
                .find(new Explicit(endpoint == null ? null : URI.create(endpoint), key, profile));
    }

    private static void assertIs(StackConnection found, String endpoint, @Nullable String key) {
        assertThat(found.endpoint()).isEqualTo(URI.create(endpoint));
        assertThat(found.key()).isEqualTo(Optional.ofNullable(key));
        assertThat(found.toString()).doesNotContain("of-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "options come first | - | https://option.example.org/prod/ | of-option | | https://option.example.org/prod | of-option",
                "the environment comes before profiles | - | | | | https://environment.example.org | of-environment",
                "an option may name the key alone | - | | of-option | | https://environment.example.org | of-option",
                "a profile of an option comes before the environment | - | | | default | https://default.example.org | of-default",
                "the variable names a profile where there is no endpoint | FRESHET_ENDPOINT | | | | https://staging.example.org | of-staging",
                "the running local cloud comes before the default profile | FRESHET_.* | | | | http://127.0.0.1:8787 | of-the-owner",
                "the local cloud is a profile | FRESHET_.* | | | local | http://127.0.0.1:8787 | of-the-owner",
                "the default profile comes last | FRESHET_.*,running | | | | https://default.example.org | of-default",
                "the owner's key is sent to the local cloud | FRESHET_KEY | http://127.0.0.1:8787/ | | | http://127.0.0.1:8787 | of-the-owner",
                "the owner's key is sent nowhere else | FRESHET_KEY | http://127.0.0.1:8788 | | | http://127.0.0.1:8788 |",
                "a profile without a key takes that of the environment | - | | | open | https://open.example.org | of-environment"
            })
    void placesAreLookedAtInTheirOrder(
            String rule,
            String without,
            @Nullable String endpoint,
            @Nullable String key,
            @Nullable String profile,
            String found,
            @Nullable String foundKey)
            throws IOException {
        environment.keySet().removeIf(name -> name.matches(without.replace(",running", "")));
        if (without.endsWith("running")) {
            Files.delete(state.resolve(LocalState.RUNNING));
        }

        StackConnection connection = find(endpoint, key, profile);

        assertIs(connection, found, foundKey);
        assertThat(connection.local())
                .as(rule)
                .isEqualTo(Optional.of(new LocalState(state)).filter(_ -> found.equals(LOCAL)));
    }

    @Test
    void nothingFoundIsASentenceThatNamesEveryPlace() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("FRESHET_"));
        Files.delete(config);
        ConnectionFinder outside =
                new ConnectionFinder(
                        environment, ProfileFile.usual(environment, "/nowhere"), Optional.empty());

        assertRefused(
                () -> outside.find(new Explicit(null, null, null)),
                "not in a checkout",
                "--endpoint",
                "--key",
                "FRESHET_ENDPOINT",
                "FRESHET_KEY",
                config.toString());
    }

    @Test
    void endpointAndProfileTogetherAreRefused() {
        assertRefused(() -> find("https://option.example.org", null, "staging"), "not both");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.org",
                "ftp://api.example.org",
                "https:///prod",
                "https://api.example.org/?stage=prod",
                "https://api.example.org/#prod",
                "not an address"
            })
    void whatIsNoAddressIsRefused(String endpoint) {
        environment.put("FRESHET_ENDPOINT", endpoint);

        assertRefused(() -> find(null, null, null), "FRESHET_ENDPOINT", endpoint);
    }

    @Test
    void profilesAreLookedForWhereXdgSays() {
        assertThat(ProfileFile.usual(Map.of("XDG_CONFIG_HOME", "/xdg", "HOME", "/home/ann"), "/u"))
                .isEqualTo(new ProfileFile(Path.of("/xdg/freshet/config")));
        assertThat(ProfileFile.usual(Map.of("HOME", "/home/ann"), "/u"))
                .isEqualTo(new ProfileFile(Path.of("/home/ann/.config/freshet/config")));
        assertThat(ProfileFile.usual(Map.of(), "/u"))
                .isEqualTo(new ProfileFile(Path.of("/u/.config/freshet/config")));
    }

    @Test
    void anUnknownProfileIsRefusedWithThoseThatThereAre() {
        assertRefused(() -> find(null, null, "prod"), "'prod'", "default, staging, open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aFileWithAKeyThatOthersMayReadOrWriteIsRefused(String permissions) throws IOException {
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString(permissions));

        assertRefused(() -> find(null, null, "open"), "chmod 600");

        Files.writeString(config, "[open]\nendpoint = https://open.example.org\n");
        assertIs(find(null, null, "open"), "https://open.example.org", "of-environment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint = https://a.example.org",
                "[a]\nkey",
                "[a]\nkey =",
                "[a]\nsecret = x",
                "[a]\nkey = x\nkey = y",
                "[a]\n[a]",
                "[local]",
                "[]",
                "[a b]"
            })
    void aLineThatIsNotUnderstoodIsNamed(String text) throws IOException {
        profiles("# a comment\n\n; another\n" + text + "\n");

        assertRefused(
                () -> find(null, null, "default"),
                "Line " + (3 + text.lines().count()) + " of " + config);
    }

    @Test
    void aProfileWithoutAnEndpointIsRefused() throws IOException {
        profiles("[default]\nkey = x\n");

        assertRefused(() -> find(null, null, "default"), "endpoint = URL");
    }

    @Test
    void aKeyIsKnownByTheOptionTheProfileOrTheVariableThatGaveIt() {
        assertThat(find(null, "k", "staging").keySource()).isEqualTo("--key");
        assertThat(find(null, null, "staging").keySource()).isEqualTo("the profile 'staging'");
        assertThat(find(null, null, "open").keySource()).isEqualTo("FRESHET_KEY");
        environment.remove("FRESHET_KEY");
        assertThat(find(null, null, "open").keySource()).isEmpty();
    }
}
