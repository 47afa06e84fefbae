package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The commands that print lists, against a server with three pages of one item each. */
class RecommendCommandTest {
    private final List<CommandServer.Request> requests = new ArrayList<>();

    @AutoClose
    private final CommandServer server =
            new CommandServer(
                    request -> {
                        requests.add(request);
                        return page(request.body());
                    });

    private static JsonNode page(JsonNode body) {
        int number = body.path("page").asInt(1);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("items").addObject().put("itemId", "item-" + number).put("position", number);
        if (body.path("paged").asBoolean() && number < 3) {
            page.put("next", Integer.toString(number + 1));
        }
        return page;
    }

    @Test
    void aListIsRequestedOnceWithoutPages() {
        assertThat(server.succeed("recommend", "--user", "u-1")).contains("item-1");
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().body().has("paged")).isFalse();
    }

    @Test
    void whatHidesOrForgesLinesIsPrintedAsEscapes() throws Exception {
        String hostile = "a\u202eb\u2066c\u001b[2Kd\u009be\rf\u061c";
        try (CommandServer other =
                new CommandServer(
                        _ -> {
                            ObjectNode page = JsonNodeFactory.instance.objectNode();
                            page.putArray("items").addObject().put("itemId", hostile);
                            return page;
                        })) {
            String text = other.succeed("recommend", "--user", "u-1");
            String json = other.succeed("recommend", "--user", "u-1", "--json");

            for (String printed : List.of(text, json)) {
                assertThat(printed.strip().chars().filter(c -> c != '\n'))
                        .noneMatch(
                                c ->
                                        Character.isISOControl(c)
                                                || "\u202e\u2066\u061c".indexOf(c) >= 0);
            }
            assertThat(text).contains("a\\u202eb\\u2066c\\u001b[2Kd\\u009be\\u000df\\u061c");
            assertThat(new ObjectMapper().readTree(json).findValuesAsText("itemId"))
                    .as("JSON says the same")
                    .containsExactly(hostile);
        }
    }

    @Test
    void pagesFollowEachOtherUntilTheListEnds() throws Exception {
        assertThat(server.succeed("recommend", "--user", "u-1", "--pages", "2"))
                .contains("item-1", "item-2")
                .doesNotContain("item-3");

        String json = server.succeed("recommend", "--user", "u-1", "--pages", "9", "--json");
        assertThat(new ObjectMapper().readTree(json).path("pages").findValuesAsText("itemId"))
                .containsExactly("item-1", "item-2", "item-3");
    }

    @Test
    void moreThanTenPagesAreRefusedBeforeTheFirst() {
        CommandServer.Ran ran = server.run("recommend", "--pages", "11");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("--pages takes a number from 1 to 10.");
        assertThat(requests).isEmpty();
    }

    @Test
    void fieldsAndALanguageAreAskedForByEachCommandThatPrintsAList() {
        List<String> form = List.of("--fields", "title,attributes.price", "--language", "pt-BR");
        for (List<String> command : List.of(List.of("recommend"), List.of("rank", "tea"))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(form);
            server.succeed(words.toArray(String[]::new));
            JsonNode body = requests.getLast().body();
            assertThat(body.path("fields").toString())
                    .isEqualTo("[\"title\",\"attributes.price\"]");
            assertThat(body.path("language").asText()).isEqualTo("pt-BR");
        }
        for (List<String> command :
                List.of(
                        List.of("similar", "tea"),
                        List.of("trending"),
                        List.of("lists", "latest"))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(form);
            server.succeed(words.toArray(String[]::new));
            assertThat(requests.getLast().path())
                    .endsWith("?count=10&fields=title%2Cattributes.price&language=pt-BR");
        }
    }
}
