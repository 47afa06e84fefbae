package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.EventTypes;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiRulesTest {
    private static final InputLine LINE = new InputLine(7, "the line");

    private final ApiRules rules =
            new ApiRules(Instant.parse("2026-11-26T20:00:00Z"), EventTypes.BUILT_IN);

    @Test
    void aGoodEventOfAnyAgeIsAcceptedAndItsTokenIsNotJudged() {
        assertThat(event("{'type':'view','occurredAt':'1999-01-31T09:30:00Z','exposure':'x'}"))
                .isEmpty();
    }

    @Test
    void anEventIsRefusedByTheCodeOfTheApi() {
        assertThat(event("{'type':'glance','occurredAt':'2020-01-31T09:30:00Z'}"))
                .contains("unknown-type");
        assertThat(event("{'type':'view','occurredAt':'2030-01-31T09:30:00Z'}"))
                .contains("occurred-at-in-future");
        assertThat(event("{'type':'view','occurredAt':'yesterday'}")).contains("malformed-time");
        String deep = "{'a':".repeat(60) + "1" + "}".repeat(60);
        assertThat(event("{'type':'view','occurredAt':'2020-01-31T09:30:00Z','x':" + deep + "}"))
                .isPresent();
        String large = "'" + "x".repeat(600_000) + "'";
        assertThat(event("{'type':'view','x':" + large + "}")).contains("body-too-large");
    }

    @Test
    void typesOfAnOwnerAreKnownWhereTheyAreNamed() {
        String glance = "{'type':'glance','occurredAt':'2020-01-31T09:30:00Z'%s}";
        ApiRules own =
                new ApiRules(
                        Instant.parse("2026-11-26T20:00:00Z"),
                        EventTypes.parse(
                                "{\"glance\":{\"slot\":1,\"value\":\"seconds\",\"strength\":2}}"));

        assertThat(own.check(entry(glance.formatted(",'value':7")))).isEmpty();
        assertThat(own.check(entry(glance.formatted(",'value':-7")))).isPresent();
        assertThat(rules.check(entry(glance.formatted(",'value':7")))).isPresent();
    }

    @Test
    void itemsAndUsersAreJudgedToo() {
        assertThat(code(new ImportEntry.OfItem(LINE, json("{'title':'x'}"))))
                .contains("missing-item-id");
        assertThat(code(new ImportEntry.OfUser(LINE, "ann", json("{'attributes':{'size':'M'}}"))))
                .isEmpty();
        assertThat(code(new ImportEntry.OfUser(LINE, " ", json("{}")))).contains("malformed-id");
        assertThat(code(new ImportEntry.OfAlias(LINE, "anon-1", "ann"))).isEmpty();
        assertThat(code(new ImportEntry.OfAlias(LINE, "", "ann"))).contains("malformed-id");
        assertThat(code(new ImportEntry.OfUser(LINE, "ann", json("{'attributes':{'size':{}}}"))))
                .isPresent();
    }

    @Test
    void aLineThatCannotBeReadIsRefusedAndOneThatIsLeftOutIsNot() {
        assertThat(rules.check(new ImportEntry.Unreadable(LINE, "It is odd.")))
                .contains(new Refusal(LINE, "unreadable-row", "It is odd."));
        assertThat(rules.check(new ImportEntry.Skipped(LINE, "no event"))).isEmpty();
    }

    private Optional<String> event(String json) {
        return code(entry(json));
    }

    private static ImportEntry entry(String json) {
        ObjectNode event = json(json);
        event.put("eventId", "e-1").put("userId", "ann").put("itemId", "tea");
        return new ImportEntry.OfEvent(LINE, event);
    }

    private Optional<String> code(ImportEntry entry) {
        return rules.check(entry).map(Refusal::code);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
