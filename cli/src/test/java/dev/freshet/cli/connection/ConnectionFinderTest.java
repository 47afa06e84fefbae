package dev.freshet.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.ConnectionFinder.Explicit;
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

    @Test
    void optionsComeFirst() {
        assertIs(
                find("https://option.example.org/prod/", "of-option", null),
                "https://option.example.org/prod",
                "of-option");
    }

    @Test
    void theEnvironmentComesBeforeProfiles() {
        assertIs(find(null, null, null), "https://environment.example.org", "of-environment");
        assertIs(find(null, "of-option", null), "https://environment.example.org", "of-option");
    }

    @Test
    void aProfileThatAnOptionNamesComesBeforeTheEnvironment() {
        assertIs(find(null, null, "default"), "https://default.example.org", "of-default");
    }

    @Test
    void theVariableNamesAProfileWhereNoEndpointIsGiven() {
        environment.remove("FRESHET_ENDPOINT");

        assertIs(find(null, null, null), "https://staging.example.org", "of-staging");
    }

    @Test
    void theRunningLocalCloudComesBeforeTheDefaultProfile() {
        environment.keySet().removeIf(name -> name.startsWith("FRESHET_"));

        StackConnection found = find(null, null, null);

        assertIs(found, LOCAL, "of-the-owner");
        assertThat(found.local()).hasValue(new LocalState(state));
        assertIs(find(null, null, "local"), LOCAL, "of-the-owner");
    }

    @Test
    void theDefaultProfileComesLast() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("FRESHET_"));
        Files.delete(state.resolve(LocalState.RUNNING));

        assertIs(find(null, null, null), "https://default.example.org", "of-default");
    }

    @Test
    void theOwnersKeyIsSentToTheLocalCloudAlone() {
        environment.remove("FRESHET_KEY");

        assertIs(find(LOCAL + "/", null, null), LOCAL, "of-the-owner");
        assertIs(find("http://127.0.0.1:8788", null, null), "http://127.0.0.1:8788", null);
    }

    @Test
    void aProfileWithoutAKeyTakesThatOfTheEnvironment() {
        assertIs(find(null, null, "open"), "https://open.example.org", "of-environment");
    }

    @Test
    void nothingFoundIsASentenceThatNamesEveryPlace() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("FRESHET_"));
        Files.delete(config);
        ConnectionFinder outside =
                new ConnectionFinder(
                        environment, ProfileFile.usual(environment, "/nowhere"), Optional.empty());

        assertThatThrownBy(() -> outside.find(new Explicit(null, null, null)))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll(
                        "not in a checkout",
                        "--endpoint",
                        "--key",
                        "FRESHET_ENDPOINT",
                        "FRESHET_KEY",
                        config.toString());
    }

    @Test
    void endpointAndProfileTogetherAreRefused() {
        assertThatThrownBy(() -> find("https://option.example.org", null, "staging"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("not both");
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

        assertThatThrownBy(() -> find(null, null, null))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("FRESHET_ENDPOINT", endpoint);
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
        assertThatThrownBy(() -> find(null, null, "prod"))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("'prod'", "default, staging, open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aFileWithAKeyThatOthersMayReadOrWriteIsRefused(String permissions) throws IOException {
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> find(null, null, "open"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("chmod 600");

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

        assertThatThrownBy(() -> find(null, null, "default"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Line " + (3 + text.lines().count()) + " of " + config);
    }

    @Test
    void aProfileWithoutAnEndpointIsRefused() throws IOException {
        profiles("[default]\nkey = x\n");

        assertThatThrownBy(() -> find(null, null, "default"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("endpoint = URL");
    }
}
