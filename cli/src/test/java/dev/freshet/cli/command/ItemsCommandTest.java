package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.command.ItemsCommand.Upload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemsCommandTest {
    private static final int ROUTE_ACCEPTS = 4 << 20;

    private static ObjectNode item(String text) {
        return JsonNodeFactory.instance.objectNode().put("itemId", "tea").put("text", text);
    }

    /** Uploads an item many times, and returns the bodies of the requests. */
    private static List<ObjectNode> requests(int times, ObjectNode item) {
        List<ObjectNode> requests = new ArrayList<>();
        Upload upload =
                new Upload(
                        body -> {
                            requests.add(body);
                            return JsonNodeFactory.instance.objectNode();
                        });
        for (int i = 1; i <= times; i++) {
            upload.add(i, item.toString(), item);
        }
        upload.send();
        return requests;
    }

    @Test
    void aRequestOfSmallItemsHasTwoHundred() {
        assertThat(requests(401, item("short")))
                .extracting(body -> body.path("items").size())
                .containsExactly(Upload.MAX_ITEMS, Upload.MAX_ITEMS, 1);
    }

    @Test
    void aRequestOfLongTextsOfAnyScriptStaysBelowWhatTheRouteAccepts() {
        for (String letter : new String[] {"a", "\"", "\u00e9", "\u8336"}) {
            List<ObjectNode> requests = requests(61, item(letter.repeat(65_536)));
            assertThat(requests.size()).as(letter).isGreaterThan(1);
            assertThat(requests.getFirst().path("items").size()).as(letter).isBetween(10, 60);
            assertThat(requests.getFirst().toString().getBytes(StandardCharsets.UTF_8))
                    .as(letter)
                    .hasSizeLessThan(ROUTE_ACCEPTS);
        }
    }

    @Test
    void anItemThatIsTooLongForAnyRequestIsSentAloneAndRefusedThere() {
        assertThat(requests(2, item("x".repeat(5 << 20))))
                .extracting(body -> body.path("items").size())
                .containsExactly(1, 1);
    }
}
