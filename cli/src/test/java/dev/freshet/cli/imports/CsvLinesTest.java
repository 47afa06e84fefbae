package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.Input.InputLine;
import org.junit.jupiter.api.Test;

class CsvLinesTest {
    private final LineParser csv = LineParser.of("csv");

    @Test
    void aLineIsAnEventOfItsType() {
        ObjectNode event = understood("ann,\"tea, green\",view,,1700000000");

        assertThat(event.path("userId").asText()).isEqualTo("ann");
        assertThat(event.path("target").path("id").asText()).isEqualTo("tea, green");
        assertThat(event.path("type").asText()).isEqualTo("view");
        assertThat(event.path("occurredAt").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(event.has("value")).isFalse();
    }

    @Test
    void valuesAreNumbersAPriceHasItsCurrencyAndATimeMayBeWrittenOut() {
        assertThat(understood("ann,tea,rating,4.5,1700000000").path("value").asDouble())
                .isEqualTo(4.5);
        assertThat(understood("ann,tea,purchase,9.90 EUR,1700000000").path("value").toString())
                .isEqualTo("{\"amount\":9.9,\"currency\":\"EUR\"}");
        assertThat(understood("ann,tea,view,,2026-01-31T09:30:00Z").path("occurredAt").asText())
                .isEqualTo("2026-01-31T09:30:00Z");
    }

    @Test
    void whatCannotBeReadIsReported() {
        assertThat(unclear("ann,tea,view,")).contains("4 columns instead of 5");
        assertThat(unclear("ann,tea,rating,lots,1700000000")).contains("lots");
        assertThat(unclear("ann,tea,rating,4 EUR,1700000000")).contains("4 EUR");
        assertThat(unclear("{\"user\":\"u-1\",\"item\":\"tea\"}"))
                .isEqualTo("The quotes of the line do not match.");
    }

    @Test
    void onlyALineOfNamesIsAHeader() {
        assertThat(isHeader("user,item,type,value,time")).isTrue();
        assertThat(isHeader("\"User\",\"Item\",type,value,time")).isTrue();
        assertThat(isHeader("ann,tea,view,,1700000000")).isFalse();
    }

    private boolean isHeader(String line) {
        return csv.isHeader(new InputLine(1, line));
    }

    private ObjectNode understood(String line) {
        return ((ImportEntry.OfEvent) entry(line)).json();
    }

    private String unclear(String line) {
        return ((ImportEntry.Unreadable) entry(line)).detail();
    }

    private ImportEntry entry(String line) {
        return csv.entries(new InputLine(1, line)).getFirst();
    }
}
