package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds docs/rules.md and docs/recipes.md to what the readers take. */
class RulesPageTest {
    private static final Path PAGES = Path.of("../../docs");
    private static final Pattern CONDITION = Pattern.compile("(?m)^\\| `(\\{.*?})` \\|");
    private static final Pattern REQUEST = Pattern.compile("(?s)```json\\n(.*?)```");

    private static final EventTypes TYPES = EventTypes.BUILT_IN;

    private static JsonNode json(String text) throws MalformedJsonException {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> examples(String page, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGES.resolve(page)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void everyConditionOfTheTablesIsRead() throws IOException {
        List<String> conditions = examples("rules.md", CONDITION);

        assertThat(conditions).hasSizeGreaterThan(20);
        for (String condition : conditions) {
            assertThatCode(() -> new FilterReader(TYPES).read(json(condition), "filter"))
                    .as(condition)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.md", "recipes.md"})
    void everyRequestOfThePageIsRead(String page) throws IOException {
        List<String> requests = examples(page, REQUEST);

        assertThat(requests).isNotEmpty();
        for (String request : requests) {
            assertThatCode(() -> ListRequest.of(json(request), Instant.EPOCH, null, TYPES))
                    .as(request)
                    .doesNotThrowAnyException();
        }
    }
}
