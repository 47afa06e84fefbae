package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedColumnsFormatTest {
    private static Format format(String header) {
        return Format.ofHeader(header).orElseThrow(NoSuchElementException::new);
    }

    @Test
    void atomicFilesHaveColumnsInAnyOrderAndOthersAreNotRead() {
        Format format = format("item_id:token\tlabel:token_seq\tuser_id:token\ttimestamp:float");

        ObjectNode event = format.event("e1", "tea\ta b\tann\t1700000000.25");

        assertThat(format.name()).isEqualTo("atomic");
        assertThat(format.hasSessions()).isFalse();
        assertThat(event.toString())
                .isEqualTo(
                        "{\"eventId\":\"e1\",\"type\":\"view\",\"userId\":\"ann\",\"occurredAt\":"
                                + "\"2023-11-14T22:13:20.250Z\",\"target\":{\"kind\":\"item\","
                                + "\"id\":\"tea\"}}");
    }

    @Test
    void aRatingColumnMakesRatingsAndASessionColumnNamesTheSession() {
        Format format =
                format(
                        "user_id:token\titem_id:token\trating:float\ttimestamp:float\tsession_id:token");

        ObjectNode event = format.event("e1", "ann\ttea\t4.5\t1700000000\ts1");

        assertThat(event.path("type").asText()).isEqualTo("rating");
        assertThat(event.path("value").asDouble()).isEqualTo(4.5);
        assertThat(event.path("sessionId").asText()).isEqualTo("s1");
    }

    @Test
    void aSessionIsAUserWithTabsOrCommasAndTimesOfEitherForm() {
        Format tabs = format("SessionId\tItemId\tTime");
        Format commas = format("Time,SessionId,ItemId");

        ObjectNode one = tabs.event("e1", "s1\ttea\t1.7e9");
        ObjectNode other = commas.event("e2", "2023-11-14T22:13:20Z,s1,tea");

        assertThat(tabs.hasSessions()).isTrue();
        assertThat(one.path("userId").asText()).isEqualTo("s1");
        assertThat(one.path("sessionId").asText()).isEqualTo("s1");
        assertThat(one.path("occurredAt").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(other.path("occurredAt").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(commas.isHeader("Time,SessionId,ItemId")).isTrue();
        assertThat(commas.isHeader("1,s1,tea")).isFalse();
    }

    @Test
    void aMissingColumnIsNamed() {
        assertThatThrownBy(() -> Format.ofHeader("user_id:token\titem_id:token"))
                .isInstanceOf(Format.UnreadableRowException.class)
                .hasMessage(
                        "The first line names no column timestamp:float; the file needs"
                                + " user_id:token, item_id:token and timestamp:float.");
        assertThatThrownBy(() -> Format.ofHeader("SessionId,Item,Time"))
                .hasMessageContaining("no column itemid");
    }

    @Test
    void otherFirstLinesNameNoFormat() {
        assertThat(Format.ofHeader("user,item,type,value,time")).isEqualTo(Optional.empty());
        assertThat(Format.ofHeader("ann,tea,view,,1700000000")).isEqualTo(Optional.empty());
        assertThat(Format.ofHeader("")).isEqualTo(Optional.empty());
    }

    @Test
    void linesWithBadTimesRatingsOrColumnsAreUnclear() {
        Format format = format("user_id:token\titem_id:token\trating:float\ttimestamp:float");

        assertThat(format.row(7, "ann\ttea\t4\tnoon"))
                .isEqualTo(new Row.Unclear(7, "The time 'noon' is not a number."));
        assertThat(format.row(8, "ann\ttea\tgood\t1"))
                .isEqualTo(new Row.Unclear(8, "The rating 'good' is not a number."));
        assertThat(format.row(9, "ann\ttea\t1"))
                .isEqualTo(new Row.Unclear(9, "The line has 3 columns instead of 4."));
        assertThat(format.row(10, "ann\ttea\t1\t1e400"))
                .isEqualTo(new Row.Unclear(10, "The time '1e400' is too large."));
        assertThat(format.row(11, "ann\ttea\t1\t1e-2000000000")).isInstanceOf(Row.Unclear.class);
    }
}
