package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code freshet rules}, against a server that keeps rules without checks. */
class RulesCommandTest {
    @TempDir Path folder = Path.of("");

    private final TreeMap<String, JsonNode> stored = new TreeMap<>();

    @AutoClose
    private final CommandServer server =
            CommandServer.keeping(
                    "/v1/rules",
                    stored,
                    list -> {
                        stored.forEach(
                                (name, rule) ->
                                        list.withArray("rules")
                                                .addObject()
                                                .put("name", name)
                                                .set("rule", rule));
                        return list;
                    });

    private static String check(int exit, String file, String... more) {
        CommandServer.Ran ran =
                CommandServer.alone(
                        Stream.concat(Stream.of("rules", "check", file), Stream.of(more))
                                .toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isEqualTo(exit);
        return ran.out() + ran.err();
    }

    private String file(String rule) throws IOException {
        return Files.writeString(folder.resolve("rule.json"), rule).toString();
    }

    @Test
    void aRuleIsPutListedShownAndDeleted() throws IOException {
        String file = file("{\"minScore\": 0.4}");

        assertThat(server.succeed("rules", "put", "sure", file)).contains("sure is stored");
        assertThat(server.succeed("rules", "list")).contains("sure", "0.4");
        assertThat(server.succeed("rules", "show", "sure")).contains("\"minScore\" : 0.4");
        assertThat(server.succeed("rules", "delete", "sure")).contains("no rule sure any more");
        assertThat(server.succeed("rules", "list")).contains("There are no rules.");
    }

    @Test
    void aRuleIsCheckedWithoutAStack() throws IOException {
        assertThat(check(0, file("{\"filter\":{\"field\":\"type\",\"is\":\"a\"}}")))
                .contains("1 conditions");
        assertThat(check(1, file("{\"minScore\":2}"))).contains("minScore");
        assertThat(check(1, folder.resolve("none").toString())).contains("no readable file");
        assertThat(stored).isEmpty();
    }

    @Test
    void aRuleThatNamesTypesOfTheOwnerIsCheckedWithThem() throws IOException {
        String rule = file("{\"filter\":{\"interacted\":{\"types\":[\"try-on\"]}}}");
        Path types = folder.resolve("types.json");
        Files.writeString(types, "{\"try-on\":{\"slot\":2,\"strength\":2}}");

        assertThat(check(1, rule)).contains("no event type", "try-on");
        assertThat(check(0, rule, "--event-types", types.toString())).contains("1 conditions");

        Files.write(types, new byte[] {'{', (byte) 0xff, '}'});
        assertThat(check(1, rule, "--event-types", types.toString())).contains("text in UTF-8");
    }

    @Test
    void whatIsNoJsonOrTooLargeIsNotSent() throws IOException {
        assertThat(server.run("rules", "put", "x", file("{\"minScore\":")).err())
                .contains("is not JSON");
        assertThat(server.run("rules", "put", "x", file(" ".repeat(17_000))).err())
                .contains("more than 16,384 bytes");
        assertThat(stored).isEmpty();
    }
}
