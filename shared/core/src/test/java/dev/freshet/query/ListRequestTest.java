package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.EventTypes;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListQuery.Period;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void withoutAListTheRequestIsForTheUser() {
        for (String body : new String[] {"{\"count\":3}", "{\"count\":3,\"list\":\"for-you\"}"}) {
            assertThat(read(body))
                    .isInstanceOfSatisfying(
                            ListRequest.ForYou.class,
                            forYou -> assertThat(forYou.query().count()).isEqualTo(3));
        }
    }

    @Test
    void similarComparesWithTheItemOfTheRequest() {
        assertThat(read("{\"list\":\"similar\",\"itemId\":\"a\",\"session\":{\"items\":[]}}"))
                .isInstanceOfSatisfying(
                        ListRequest.Similar.class,
                        similar -> assertThat(similar.query().itemId()).isEqualTo("a"));
        assertThat(refusal("{\"list\":\"similar\"}").code()).isEqualTo("missing-field");
    }

    @Test
    void aNamedListHasItsPeriodAndItsTag() {
        assertThat(read("{\"list\":\"popular\",\"period\":\"day\",\"tag\":\"a\"}"))
                .isInstanceOfSatisfying(
                        ListQuery.class,
                        named -> {
                            assertThat(named.list()).isEqualTo(NamedList.POPULAR);
                            assertThat(named.period()).isEqualTo(Period.DAY);
                            assertThat(named.tag()).isEqualTo("a");
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown-list|{\"list\":\"best\"}",
                "wrong-type|{\"list\":7}",
                "unknown-period|{\"list\":\"popular\",\"period\":\"year\"}",
                "not-for-list|{\"list\":\"latest\",\"period\":\"day\"}",
                "not-for-list|{\"list\":\"latest\",\"diversity\":0.5}",
                "not-for-list|{\"list\":\"trending\",\"itemId\":\"a\"}",
                "not-for-list|{\"list\":\"similar\",\"itemId\":\"a\",\"limits\":[{\"field\":\"type\",\"max\":1}]}",
                "not-for-list|{\"list\":\"latest\",\"minScore\":0.5}",
                "not-for-list|{\"list\":\"popular\",\"paged\":true}",
                "not-for-list|{\"list\":\"popular\",\"page\":\"a\"}",
                "not-for-list|{\"tag\":\"a\"}",
                "unknown-field|{\"lists\":\"latest\"}",
                "wrong-type|[]"
            })
    void aBadListIsRefusedWithItsCode(String code, String body) {
        assertThat(refusal(body).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"for-you", "similar", "latest", "popular", "trending"})
    void whatALeftOutMemberMeansMayBeWritten(String list) {
        String named = "{\"list\":\"%s\",\"itemId\":%s".formatted(list, item(list));
        String usual =
                """
                ,"count":20,"diversity":0.2,"repeats":"by-item","paged":false,"boost":[],
                 "period":"week","predictedRating":false,"fields":[],"rules":[],"limits":[],
                 "pins":[],"promotions":[],"minScore":0,"tag":null,"page":null}
                """;

        assertThat(read(named + usual)).isEqualTo(read(named + "}"));
    }

    private static String item(String list) {
        return list.equals("similar") ? "\"a\"" : "null";
    }

    @Test
    void aLaterPageMayBeAskedForWithPagedFalse() {
        assertThat(read("{\"page\":\"a\",\"paged\":false}")).isEqualTo(read("{\"page\":\"a\"}"));
    }

    private static ListRequest read(String body) {
        return ListRequest.of(json(body), NOW, null, EventTypes.BUILT_IN);
    }

    private static JsonNode json(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidQueryException refusal(String body) {
        return catchThrowableOfType(InvalidQueryException.class, () -> read(body));
    }
}
