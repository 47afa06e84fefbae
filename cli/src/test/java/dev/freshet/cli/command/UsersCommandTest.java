package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersCommandTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void usersArePutBeforeTheirAliasesAreLinkedAndALineWithoutAnIdIsRefused() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("users.jsonl"),
                        """
                        {"userId":"ann","attributes":{"plan":"gold"},"aliases":["anon-1"]}
                        {"attributes":{}}
                        {"userId":"ben","aliases":["anon-2"]}
                        """);
        List<String> requests = new ArrayList<>();
        try (CommandServer server =
                new CommandServer(
                        request -> {
                            requests.add(
                                    "%s %s %s"
                                            .formatted(
                                                    request.method(),
                                                    request.path(),
                                                    request.body()));
                            return JsonNodeFactory.instance.objectNode();
                        })) {
            CommandServer.Ran ran = server.run("users", "put", file.toString());
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.out())
                    .contains("2 users accepted, 1 refused.", "line 2: The line needs a userId");
        }
        assertThat(requests)
                .containsExactly(
                        "PUT /v1/users/ann {\"attributes\":{\"plan\":\"gold\"}}",
                        "POST /v1/users/alias {\"anonymousId\":\"anon-1\",\"userId\":\"ann\"}",
                        "POST /v1/users/alias {\"anonymousId\":\"anon-2\",\"userId\":\"ben\"}");
    }
}
