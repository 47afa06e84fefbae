package dev.freshet.cli.imports;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedItemsTest {
    @TempDir private Path folder = Path.of("");
    private final List<String> asked = new ArrayList<>();

    /** Imports events into a stack whose catalogue has the item {@code tea}, and returns notes. */
    private String imported(String events) throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), events.replace('\'', '"'));
        try (CommandServer server = new CommandServer(request -> answer(request.path()))) {
            return server.run("import", "jsonl", file.toString(), "--permit", "p").err();
        }
    }

    private @Nullable JsonNode answer(String path) {
        boolean item = path.startsWith("/v1/items/");
        if (item) {
            asked.add(path);
        }
        return item && !path.endsWith("/tea") ? null : JsonNodeFactory.instance.objectNode();
    }

    @Test
    void itemsThatTheCatalogueLacksAreNamedAfterAnImport() throws Exception {
        assertThat(
                        imported(
                                """
                                {'type':'click','itemId':'tea'}
                                {'type':'impression','items':['tea','cup 1']}
                                {'type':'like','target':{'kind':'item','id':'pot'}}
                                {'type':'follow','target':{'kind':'tag','id':'mugs'}}
                                """))
                .contains("does not have 2 of the first 3 items that the events name: cup 1, pot.")
                .contains("catalogue=open");
        assertThat(asked).containsExactly("/v1/items/tea", "/v1/items/cup%201", "/v1/items/pot");
        assertThat(imported("{'type':'click','itemId':'tea'}")).isEmpty();
    }

    @Test
    void noMoreThanAHundredAreAskedForAndFiveNamed() throws Exception {
        String event = "{'type':'click','itemId':'i%d'}";
        String events = IntStream.range(0, 300).mapToObj(event::formatted).collect(joining("\n"));

        assertThat(imported(events))
                .contains("have 100 of the first 100 items", ": i0, i1, i2, i3, i4, ….");
        assertThat(asked).hasSize(NamedItems.MOST);
    }
}
