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
    void whatAFileStatesOfUsersIsPutBeforeTheirAliasesAreLinked() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("users.jsonl"),
                        """
                        {"userId":"ann","attributes":{"plan":"gold"},"aliases":["anon-1"]}
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
            assertThat(server.succeed("users", "put", file.toString()))
                    .contains("2 users accepted, 0 refused.");
        }
        assertThat(requests)
                .containsExactly(
                        "PUT /v1/users/ann {\"attributes\":{\"plan\":\"gold\"}}",
                        "POST /v1/users/alias {\"anonymousId\":\"anon-1\",\"userId\":\"ann\"}",
                        "POST /v1/users/alias {\"anonymousId\":\"anon-2\",\"userId\":\"ben\"}");
    }

    @Test
    void aUserWithoutAnIdIsRefusedWithItsLineAndTheOthersArePut() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("users.jsonl"),
                        "{\"attributes\":{}}\n{\"userId\":\"ann\",\"attributes\":{}}\n");
        try (CommandServer server = new CommandServer(_ -> JsonNodeFactory.instance.objectNode())) {
            CommandServer.Ran ran = server.run("users", "put", file.toString());
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.out())
                    .contains("1 users accepted, 1 refused.", "line 1: The line needs a userId");
        }
    }
}
