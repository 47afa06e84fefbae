package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import dev.freshet.console.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemsCommandTest {
    private static final int ROUTE_ACCEPTS = 4 << 20;

    @TempDir private Path folder = Path.of("");
    private final List<JsonNode> requests = new ArrayList<>();

    /** Puts lines to an API that refuses the item {@code old}. */
    private Ran put(List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("items.jsonl"), lines);
        try (CommandServer server = new CommandServer(request -> taken(request.body()))) {
            return server.run("items", "put", file.toString());
        }
    }

    private JsonNode taken(JsonNode body) {
        requests.add(body);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        int old = Text.texts(body.path("items"), "itemId").indexOf("old");
        if (old >= 0) {
            ObjectNode refusal = answer.withArray("rejected").addObject();
            refusal.put("index", old).put("code", "older-version").put("detail", "It is old.");
        }
        return answer;
    }

    private static String item(String text) {
        return JsonNodeFactory.instance.objectNode().put("itemId", "tea").put("text", text) + "";
    }

    @Test
    void badLinesDoNotStopTheOthersAndAreReportedWithNumberAndReason() throws Exception {
        String lines =
                """
                {"itemId":"tea"}
                {itemId:"no"}
                [{"itemId":"a"},{"itemId":"b"}]

                7
                {"itemId":"c"} {"itemId":"d"}
                {"itemId":"old"}
                {"itemId":"cup"}
                """;
        Ran ran = put(lines.lines().toList());

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out())
                .contains("2 items accepted, 5 refused.")
                .contains("4 × unreadable-row (refused)", "1 × older-version (refused)")
                .contains("line 2: The line is not JSON: Unexpected character ('i'")
                .contains("line 3: The line begins a JSON array: write one object a line")
                .contains("line 5: The line is not a JSON object.")
                .contains("line 6: The line goes on after its JSON: write one object a line.")
                .contains("line 7: It is old.")
                .contains("items.jsonl.refused.jsonl");
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().path("items")).hasSize(3);
        assertThat(Files.readAllLines(folder.resolve("items.jsonl.refused.jsonl"))).hasSize(5);
    }

    @Test
    void aRequestOfSmallItemsHasTwoHundred() throws Exception {
        Ran ran = put(Collections.nCopies(401, item("short")));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("401 items accepted, 0 refused.");
        assertThat(requests)
                .extracting(body -> body.path("items").size())
                .containsExactly(200, 200, 1);
    }

    @Test
    void aRequestOfLongTextsOfAnyScriptStaysBelowWhatTheRouteAccepts() throws Exception {
        for (String letter : new String[] {"a", "\"", "\u00e9", "\u8336"}) {
            requests.clear();
            put(Collections.nCopies(61, item(letter.repeat(65_536))));
            assertThat(requests.size()).as(letter).isGreaterThan(1);
            assertThat(requests.getFirst().path("items").size()).as(letter).isBetween(10, 60);
            assertThat(requests.getFirst().toString().getBytes(StandardCharsets.UTF_8))
                    .as(letter)
                    .hasSizeLessThan(ROUTE_ACCEPTS);
        }
    }

    @Test
    void anItemThatIsTooLongForAnyRequestIsRefusedAlone() throws Exception {
        Ran ran = put(List.of(item("x".repeat(5 << 20)), item("short")));

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out())
                .contains("1 items accepted", "line 1: The line has more than 1,048,576");
    }
}
