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

/** Holds docs/rules.md to what the readers take. */
class RulesPageTest {
    private static final Path PAGE = Path.of("../../docs/rules.md");
    private static final Pattern CONDITION = Pattern.compile("(?m)^\\| `(\\{.*?})` \\|");
    private static final Pattern REQUEST = Pattern.compile("(?s)```json\\n(.*?)```");

    private static List<String> examples(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void everyConditionOfTheTablesIsRead() throws IOException, MalformedJsonException {
        List<String> conditions = examples(CONDITION);

        assertThat(conditions).hasSizeGreaterThan(20);
        for (String condition : conditions) {
            JsonNode json = StrictJson.read(condition.getBytes(StandardCharsets.UTF_8));
            assertThatCode(() -> new FilterReader(EventTypes.BUILT_IN).read(json, "filter"))
                    .as(condition)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyRequestOfThePageIsRead() throws IOException {
        List<String> requests = examples(REQUEST);

        assertThat(requests).isNotEmpty();
        for (String request : requests) {
            assertThatCode(() -> QueryReader.recommendation(request, Instant.EPOCH))
                    .as(request)
                    .doesNotThrowAnyException();
        }
    }
}
