package dev.freshet.cli.imports.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.entry.ApiRules;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.input.InputLine;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedParserTest {
    private static final String SHOP =
            """
            format: csv
            events:
              user: {from: visitor, prefix: "u-"}
              item: product
              type: action
              types: {view: view, basket: cart, order: purchase, error: skip}
              time: at
              timeFormat: epoch-millis
              value: price
              currency: {constant: EUR}
              session: visit
              context: {country: land, localHour: hour}
              properties: {campaign: campaign}
              consent: {personalisation: agreed}
            """;
    private static final String COLUMNS =
            "visitor,product,action,at,price,visit,land,hour,campaign,agreed";

    @Test
    void aRowOfATableIsAnEvent() {
        ObjectNode event =
                event(
                        SHOP,
                        COLUMNS,
                        "7,\"tea, green\",order,1700000000123,9.90,s-1,DE,8,spring,yes");

        assertThat(event.path("userId").asText()).isEqualTo("u-7");
        assertThat(event.path("itemId").asText()).isEqualTo("tea, green");
        assertThat(event.path("type").asText()).isEqualTo("purchase");
        assertThat(event.path("occurredAt").asText()).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(event.path("value").toString())
                .isEqualTo("{\"amount\":9.9,\"currency\":\"EUR\"}");
        assertThat(event.path("sessionId").asText()).isEqualTo("s-1");
        assertThat(event.path("context").toString())
                .isEqualTo("{\"country\":\"DE\",\"localHour\":8}");
        assertThat(event.path("properties").toString()).isEqualTo("{\"campaign\":\"spring\"}");
        assertThat(event.path("consent").path("analytics").asBoolean()).isTrue();
    }

    @Test
    void aTypeWithoutAValueGetsNoneAndBlankCellsAreLeftOut() {
        ObjectNode event = event(SHOP, COLUMNS, "7,tea,view,1700000000123,9.90,,,,,");

        assertThat(event.has("value")).isFalse();
        assertThat(event.has("context")).isFalse();
        assertThat(event.has("consent")).isFalse();
    }

    @Test
    void aTypeMayBeSkippedAndOneThatTheTableLacksIsRefusedWithItsLine() {
        assertThat(entry(SHOP, COLUMNS, "7,tea,error,1700000000123,,,,,,"))
                .isInstanceOf(ImportEntry.Skipped.class);
        assertThat(detail(SHOP, COLUMNS, "7,tea,refund,1700000000123,,,,,,"))
                .isEqualTo(
                        "The type 'refund' is not in the table of types: view, basket, order, error.");
    }

    @Test
    void whatDoesNotHaveItsFormIsRefusedInASentence() {
        assertThat(detail(SHOP, COLUMNS, "7,tea,order,soon,9.90,,,,,"))
                .isEqualTo("The time 'soon' is not of the form epoch-millis.");
        assertThat(detail(SHOP, COLUMNS, "7,tea,order,1700000000123,cheap,,,,,"))
                .isEqualTo("The field 'price' holds 'cheap', which is not a number.");
        assertThat(detail(SHOP, COLUMNS, "7,tea"))
                .isEqualTo("The line has 2 columns instead of 10.");
        assertThat(detail(SHOP, COLUMNS, "7,\"tea")).contains("quotes");
        assertThat(detail(SHOP, COLUMNS, "7,tea,order,1700000000123,9.90,,,,,perhaps"))
                .contains("not true or false");
    }

    @Test
    void membersOfJsonLinesAreNamedByTheirPaths() {
        String mapping =
                """
                format: jsonl
                users:
                  id: who.id
                  attributes: {age: {from: who.age, as: number}, plan: {from: who.plan, default: free}}
                items:
                  id: things[0].sku
                  title: things[0].name
                  tags: {from: "things[0].path", separator: ">"}
                  publishedAt: day
                  timeFormat: dd.MM.yyyy
                  zone: Europe/Berlin
                  attributes: {price: "things[0].price"}
                """;
        String line =
                """
                {"who":{"id":7,"age":"41"},"things":[{"sku":"t-1","name":"Tea","path":"food > tea",
                "price":9.5}],"day":"31.01.2026"}"""
                        .replace("\n", "");

        List<ImportEntry> entries =
                new MappedParser(ImportMappingReader.parse("m", mapping))
                        .entries(new InputLine(1, line));

        assertThat(entries).hasSize(2);
        assertThat(((ImportEntry.OfItem) entries.getFirst()).json().toString())
                .isEqualTo(
                        "{'itemId':'t-1','title':'Tea','tags':['food','tea'],'publishedAt':'2026-01-30T23:00:00Z','attributes':{'price':9.5}}"
                                .replace('\'', '"'));
        ImportEntry.OfUser user = (ImportEntry.OfUser) entries.getLast();
        assertThat(user.userId()).isEqualTo("7");
        assertThat(user.json().toString())
                .isEqualTo("{\"attributes\":{\"age\":41,\"plan\":\"free\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch-seconds | UTC | 1700000000 | 2023-11-14T22:13:20Z",
                "epoch-seconds | UTC | 1700000000.5 | 2023-11-14T22:13:20.500Z",
                "epoch-micros | UTC | 1700000000000001 | 2023-11-14T22:13:20.000001Z",
                "iso | Europe/Berlin | 2026-07-01T10:00:00 | 2026-07-01T08:00:00Z",
                "iso | Europe/Berlin | 2026-07-01 10:00:00 | 2026-07-01T08:00:00Z",
                "iso | Europe/Berlin | 2026-07-01T10:00:00Z | 2026-07-01T10:00:00Z",
                "iso | UTC | 2019-10-01 00:00:00 UTC | 2019-10-01T00:00:00Z",
                "iso | UTC | 2026-07-01 | 2026-07-01T00:00:00Z",
                "M/d/yyyy h:mm:ss a | UTC | 11/11/2019 9:05:58 AM | 2019-11-11T09:05:58Z",
                "dd.MM.yyyy HH:mm | +02:00 | 01.07.2026 10:00 | 2026-07-01T08:00:00Z",
            })
    void timesHaveTheFormThatTheMappingSays(String format, String zone, String text, Instant time) {
        String mapping =
                "format: csv%nevents: {user: u, item: i, type: {constant: view}, time: t, timeFormat: '%s', zone: '%s'}"
                        .formatted(format, zone);

        assertThat(event(mapping, "u,i,t", "ann,tea," + text).path("occurredAt").asText())
                .isEqualTo(time.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: xml | line 1, column 1: There is no format 'xml'.",
                "format: csv | line 1, column 1: A mapping needs one of events, items and users.",
                "{format: csv, evnts: {}} | There is no setting 'evnts'. Did you mean 'events'?",
                "{format: csv, events: {item: i}} | line 1, column 23: Events need a user",
                "{format: csv, events: {user: u, type: t}} | 'time' is missing here.",
                "{format: csv, events: {user: u, type: t, time: t, timeFormat: soon!}} | is no form of a time",
                "{format: csv, events: {user: u, type: t, time: t, timeFormat: HppyM}} | is no form of a time",
                "!%f | is not YAML",
                "{format: csv, events: {user: u, type: t, time: t, zone: Mars}} | A zone is a name",
                "{format: csv, users: {id: {from: a, constant: b}}} | needs either from or constant",
                "{format: csv, users: {id: {from: a, as: numbr}}} | Did you mean 'number'?",
                "{format: csv, users: {id: a, id: b}} | 'id' occurs twice.",
                "{format: csv, users: [a]} | has to be a map of names and values",
                "{format: csv, users: {id: [a]}} | has to be a text or a number",
                "{format: csv | line 1, column",
                "? | ",
                "&a {format: *a} | ",
                "!!java.io.File [x] | tag is not allowed",
            })
    void aMappingThatIsNotOneIsRefusedWithItsPlace(String text, String sentence) {
        assertThatThrownBy(() -> ImportMappingReader.parse("m.yaml", text))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("m.yaml")
                .hasMessageContaining(sentence == null ? "" : sentence);
    }

    @Test
    void aColumnThatTheFileDoesNotHaveIsReportedWithTheNearest() {
        MappedParser parser = new MappedParser(ImportMappingReader.parse("m.yaml", SHOP));

        assertThatThrownBy(
                        () ->
                                parser.isHeader(
                                        new InputLine(1, COLUMNS.replace("product", "produkt"))))
                .hasMessage(
                        "m.yaml line 4, column 9: The file has no column 'product'. Did you mean"
                                + " 'produkt'?");
    }

    @Test
    void noLineHoweverBrokenEndsAnImport() {
        Random random = new Random(5);
        ApiRules rules = new ApiRules(Instant.parse("2026-11-26T20:00:00Z"));
        String good = "7,\"tea, green\",order,1700000000123,9.90,s-1,DE,8,spring,yes";
        String json = "{\"u\":{\"id\":7},\"t\":1.7e9,\"p\":[1,{\"x\":null}]}";
        MappedParser table = new MappedParser(ImportMappingReader.parse("m", SHOP));
        table.isHeader(new InputLine(1, COLUMNS));
        MappedParser objects =
                new MappedParser(
                        ImportMappingReader.parse(
                                "m",
                                "{format: jsonl, events: {user: u.id, item: 'p[1].x', type: {constant: view}, time: t, timeFormat: epoch-seconds, value: p}}"));
        for (int i = 0; i < 50_000; i++) {
            boolean first = i % 2 == 0;
            String text = mutated(first ? good : json, random);
            List<ImportEntry> entries =
                    (first ? table : objects).entries(new InputLine(i + 1, text));
            assertThat(entries).hasSize(1);
            rules.check(entries.getFirst());
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int changes = random.nextInt(6); changes >= 0; changes--) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(4)) {
                case 0 -> mutant.deleteCharAt(at);
                case 1 -> mutant.insert(at, (char) random.nextInt(0x10000));
                case 2 -> mutant.insert(at, "9e999");
                default -> mutant.setCharAt(at, "\",{}[]:\\\n0-.eE".charAt(random.nextInt(14)));
            }
            if (mutant.isEmpty()) {
                return "";
            }
        }
        return mutant.toString();
    }

    private static ImportEntry entry(String mapping, String header, String line) {
        MappedParser parser = new MappedParser(ImportMappingReader.parse("m.yaml", mapping));
        assertThat(parser.isHeader(new InputLine(1, header))).isTrue();
        return parser.entries(new InputLine(2, line)).getFirst();
    }

    private static ObjectNode event(String mapping, String header, String line) {
        return ((ImportEntry.OfEvent) entry(mapping, header, line)).json();
    }

    private static String detail(String mapping, String header, String line) {
        return ((ImportEntry.Unreadable) entry(mapping, header, line)).detail();
    }
}
