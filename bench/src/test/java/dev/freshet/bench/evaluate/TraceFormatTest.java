package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class TraceFormatTest {
    @Test
    void atomicFilesHaveColumnsInAnyOrderAndOthersAreNotRead() {
        TraceFormat format =
                TraceFormat.of("item_id:token\tlabel:token_seq\tuser_id:token\ttimestamp:float");

        ObjectNode event = format.event(2, "tea\ta b\tann\t1700000000.25");

        assertThat(format.name()).isEqualTo("atomic");
        assertThat(format.hasSessions()).isFalse();
        assertThat(event.toString())
                .isEqualTo(
                        "{\"eventId\":\"atomic-2\",\"type\":\"view\",\"userId\":\"ann\",\"occurredAt\":"
                                + "\"2023-11-14T22:13:20.250Z\",\"target\":{\"kind\":\"item\","
                                + "\"id\":\"tea\"}}");
    }

    @Test
    void aRatingColumnMakesRatingsAndASessionColumnNamesTheSession() {
        TraceFormat format =
                TraceFormat.of(
                        "user_id:token\titem_id:token\trating:float\ttimestamp:float\tsession_id:token");

        ObjectNode event = format.event(2, "ann\ttea\t4.5\t1700000000\ts1");

        assertThat(event.path("type").asText()).isEqualTo("rating");
        assertThat(event.path("value").asDouble()).isEqualTo(4.5);
        assertThat(event.path("sessionId").asText()).isEqualTo("s1");
    }

    @Test
    void aSessionIsAUserWithTabsOrCommasAndTimesOfEitherForm() {
        TraceFormat tabs = TraceFormat.of("SessionId\tItemId\tTime");
        TraceFormat commas = TraceFormat.of("Time,SessionId,ItemId");

        ObjectNode one = tabs.event(2, "s1\ttea\t1.7e9");
        ObjectNode other = commas.event(2, "2023-11-14T22:13:20Z,s1,tea");

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
        assertThatThrownBy(() -> TraceFormat.of("user_id:token\titem_id:token"))
                .isInstanceOf(TraceFormat.UnreadableLineException.class)
                .hasMessage(
                        "The first line names no column timestamp:float; the file needs"
                                + " user_id:token, item_id:token and timestamp:float.");
        assertThatThrownBy(() -> TraceFormat.of("SessionId,Item,Time"))
                .hasMessageContaining("no column itemid");
    }

    @Test
    void otherFirstLinesAreOfCsv() {
        assertThat(TraceFormat.of("user,item,type,value,time")).isSameAs(TraceFormat.CSV);
        assertThat(TraceFormat.of("ann,tea,view,,1700000000")).isSameAs(TraceFormat.CSV);
        assertThat(TraceFormat.of("")).isSameAs(TraceFormat.CSV);
        assertThat(TraceFormat.CSV.isHeader("\"user\",\"item\",\"type\",value,time")).isTrue();
        assertThat(TraceFormat.CSV.isHeader("ann,tea,view,,1700000000")).isFalse();
    }

    @Test
    void valuesOfCsvAreNumbersOrAmountsOfMoney() {
        JsonNode seconds = TraceFormat.CSV.event(1, "ann,tea,Dwell,42,1700000000");
        JsonNode money =
                TraceFormat.CSV.event(2, "ann,\"tea, black\",purchase,9.90 EUR,1700000000");

        assertThat(seconds.path("type").asText()).isEqualTo("dwell");
        assertThat(seconds.path("value").asDouble()).isEqualTo(42);
        assertThat(money.at("/target/id").asText()).isEqualTo("tea, black");
        assertThat(money.at("/value/amount").asDouble()).isEqualTo(9.9);
        assertThat(money.at("/value/currency").asText()).isEqualTo("EUR");
        assertUnreadable(
                TraceFormat.CSV, "ann,tea,purchase,9.90 EUR gross,1", "amount and a currency");
    }

    @Test
    void deskdropHasTypesSessionsAndWhereARequestCameFrom() {
        String header =
                "timestamp,eventType,contentId,personId,sessionId,userAgent,userRegion,userCountry";

        TraceFormat format = TraceFormat.of(header);

        JsonNode event =
                format.event(
                        2, "1700000000,COMMENT CREATED,-12,-34,56,\"Mozilla/5.0 (A, B)\",SP,BR");
        JsonNode bare = format.event(3, "1700000000,VIEW,-12,-34,56,,?,");

        assertThat(format.isHeader(header)).isTrue();
        assertThat(event.path("type").asText()).isEqualTo("comment");
        assertThat(event.path("sessionId").asText()).isEqualTo("56");
        assertThat(event.at("/context/userAgent").asText()).isEqualTo("Mozilla/5.0 (A, B)");
        assertThat(event.at("/context/region").asText()).isEqualTo("SP");
        assertThat(event.at("/context/country").asText()).isEqualTo("BR");
        assertThat(bare.path("context").toString()).isEqualTo("{\"region\":\"?\"}");
    }

    @Test
    void linesWithBadTimesRatingsOrColumnsAreUnreadable() {
        TraceFormat format =
                TraceFormat.of("user_id:token\titem_id:token\trating:float\ttimestamp:float");

        assertUnreadable(format, "ann\ttea\t4\tnoon", "The time 'noon' is not a number.");
        assertUnreadable(format, "ann\ttea\tgood\t1", "The value 'good' is not a number.");
        assertUnreadable(format, "ann\ttea\t1", "The line has 3 columns instead of 4.");
        assertUnreadable(format, "ann\ttea\t1\t1e400", "The time '1e400' is too large.");
        assertUnreadable(format, "ann\ttea\t1\t1e-2000000000", "is too large.");
        assertUnreadable(format, "\"ann\ttea\t1\t1", "The ");
    }

    private static void assertUnreadable(TraceFormat format, String line, String why) {
        assertThatThrownBy(() -> format.event(1, line))
                .isInstanceOf(TraceFormat.UnreadableLineException.class)
                .hasMessageContaining(why);
    }
}
