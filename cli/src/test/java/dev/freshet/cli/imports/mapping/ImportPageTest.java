package dev.freshet.cli.imports.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImportPageTest {
    private static final Path PAGE = Path.of("..", "docs", "import.md");

    @Test
    void everyMappingOfThePageCanBeRead() throws IOException {
        Pattern block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

        assertThat(block.matcher(Files.readString(PAGE)).results().map(MatchResult::group).toList())
                .isNotEmpty()
                .allSatisfy(
                        text ->
                                assertThat(
                                                ImportMappingReader.parse(
                                                                "import.md",
                                                                text.replace("```yaml\n", "")
                                                                        .replace("```", ""))
                                                        .parts())
                                        .isNotEmpty());
    }

    @Test
    void thePageNamesEveryMemberOfItems() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(ImportMappingReader.ITEM_MEMBERS)
                .allSatisfy(member -> assertThat(page).contains("`" + member + "`"));
    }
}
