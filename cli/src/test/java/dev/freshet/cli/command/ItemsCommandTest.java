package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.command.ItemsCommand.Batch;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ItemsCommandTest {
    private static final int ROUTE_ACCEPTS = 4 << 20;

    private static ObjectNode item(String text) {
        return JsonNodeFactory.instance.objectNode().put("itemId", "tea").put("text", text);
    }

    /** Adds items until there is no room, and returns how many there were. */
    private static int fill(Batch batch, ObjectNode item) {
        int added = 0;
        for (; batch.hasRoomFor(item.toString()); added++) {
            batch.add(item.toString(), item);
        }
        return added;
    }

    @Test
    void aBatchOfSmallItemsHasTwoHundred() {
        assertThat(fill(new Batch(), item("short"))).isEqualTo(Batch.MAX_ITEMS);
    }

    @Test
    void aBatchOfLongTextsOfAnyScriptStaysBelowWhatTheRouteAccepts() {
        for (String letter : new String[] {"a", "\"", "\u00e9", "\u8336"}) {
            Batch batch = new Batch();

            assertThat(fill(batch, item(letter.repeat(65_536)))).as(letter).isBetween(10, 60);

            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("items", batch.items());
            assertThat(body.toString().getBytes(StandardCharsets.UTF_8))
                    .as(letter)
                    .hasSizeLessThan(ROUTE_ACCEPTS);
        }
    }

    @Test
    void anItemThatIsTooLongForAnyBatchIsSentAloneAndRefusedThere() {
        Batch batch = new Batch();

        assertThat(fill(batch, item("x".repeat(5 << 20)))).isEqualTo(1);
    }
}
