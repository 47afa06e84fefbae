package dev.freshet.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.client.FreshetClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedKeyTest {
    private static final byte[] PROBLEM =
            "{\"code\":\"unauthorized\",\"detail\":\"Send the header Authorization.\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer api =
            CommandServer.serving(
                    exchange -> {
                        exchange.sendResponseHeaders(401, PROBLEM.length);
                        exchange.getResponseBody().write(PROBLEM);
                        exchange.close();
                    });

    @TempDir private Path home = Path.of("");

    @AfterEach
    void stop() {
        api.stop(0);
    }

    private String problem(Map<String, String> environment, @Nullable String key) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOME", home.toString());
        all.putIfAbsent("FRESHET_ENDPOINT", CommandServer.address(api).toString());
        StackConnection found =
                new ConnectionFinder(all, ProfileFile.usual(all, "/nowhere"), Optional.empty())
                        .find(
                                new ConnectionFinder.Explicit(
                                        null, key, environment.get("PROFILE_OPTION")));
        try (FreshetClient client = found.client()) {
            return client.get("/v1/trending").problem();
        }
    }

    @Test
    void theSentenceNamesTheOptionTheProfileOrTheVariableThatGaveTheKey() throws Exception {
        Path profiles = home.resolve(".config/freshet/config");
        Files.createDirectories(profiles.getParent());
        Files.writeString(
                profiles, "[shop]\nendpoint = %s\nkey = k\n".formatted(CommandServer.address(api)));
        Files.setPosixFilePermissions(profiles, PosixFilePermissions.fromString("rw-------"));

        assertThat(problem(Map.of(), "wrong"))
                .contains("does not accept the key of --key: it is misspelt")
                .doesNotContain("Authorization", "wrong");
        assertThat(problem(Map.of("FRESHET_KEY", "k"), null)).contains("the key of FRESHET_KEY:");
        assertThat(problem(Map.of("PROFILE_OPTION", "shop"), null))
                .contains("the key of the profile 'shop':");
        assertThat(problem(Map.of(), null)).contains("needs a key: give --key, FRESHET_KEY");
    }
}
