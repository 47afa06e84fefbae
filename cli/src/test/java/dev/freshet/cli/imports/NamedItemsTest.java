package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedItemsTest {
    @TempDir private Path folder = Path.of("");
    private final List<String> asked = new ArrayList<>();

    /** Imports events into a stack whose catalogue has the item {@code tea}. */
    private Ran imported(List<String> events) throws IOException {
        Path file = Files.write(folder.resolve("events.jsonl"), events);
        try (CommandServer server =
                new CommandServer(
                        request -> {
                            if (!request.path().startsWith("/v1/items/")) {
                                return JsonNodeFactory.instance.objectNode();
                            }
                            asked.add(request.path());
                            return request.path().endsWith("/tea")
                                    ? JsonNodeFactory.instance.objectNode()
                                    : null;
                        })) {
            return server.run("import", "jsonl", file.toString(), "--permit", "a-permit");
        }
    }

    @Test
    void itemsThatTheCatalogueLacksAreNamedAfterAnImport() throws Exception {
        Ran ran =
                imported(
                        List.of(
                                "{\"type\":\"click\",\"itemId\":\"tea\"}",
                                "{\"type\":\"impression\",\"items\":[\"tea\",\"cup 1\"]}",
                                "{\"type\":\"like\",\"target\":{\"kind\":\"item\",\"id\":\"pot\"}}",
                                "{\"type\":\"follow\",\"target\":{\"kind\":\"tag\",\"id\":\"mugs\"}}"));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains(
                        "Of the first 3 items that the events name, the catalogue does not have 2:")
                .contains("cup 1, pot.", "catalogue=open");
        assertThat(asked).containsExactly("/v1/items/tea", "/v1/items/cup%201", "/v1/items/pot");
    }

    @Test
    void aCatalogueWithAllOfThemIsNotSpokenOf() throws Exception {
        assertThat(imported(List.of("{\"type\":\"click\",\"itemId\":\"tea\"}")).err())
                .doesNotContain("catalogue");
    }

    @Test
    void noMoreThanAHundredAreAskedForAndFiveNamed() throws Exception {
        Ran ran =
                imported(
                        IntStream.range(0, 300)
                                .mapToObj("{\"type\":\"click\",\"itemId\":\"i%d\"}"::formatted)
                                .toList());

        assertThat(asked).hasSize(NamedItems.MOST);
        assertThat(ran.err()).contains("does not have 100: i0, i1, i2, i3, i4, ….");
    }
}
