package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.command.StatusCommand.StatusText;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private final ObjectNode status = JsonNodeFactory.instance.objectNode();

    @Test
    void eventsThatWaitForTheCatalogueAreReportedWithWhatToDo() {
        status.put("waitingForCatalogue", 1_200);

        assertThat(StatusText.ofLocal(status))
                .contains("1,200 events wait", "put the items", "--catalogue open");
    }

    @Test
    void nothingIsSaidOfTheCatalogueWhereNoEventWaits() {
        status.put("waitingForCatalogue", 0);

        assertThat(StatusText.ofLocal(status)).doesNotContain("catalogue");
    }

    @Test
    void whatDidNotFitIntoTheModelIsReportedOfAnyStack() {
        assertThat(StatusText.of(status)).doesNotContain("left out");
        assertThat(StatusText.ofLocal(status)).doesNotContain("left out");

        status.put("beyondBounds", 4_321);

        assertThat(StatusText.of(status)).contains("4,321 items and events were left out");
        assertThat(StatusText.ofLocal(status)).contains("4,321 items and events were left out");
    }
}
