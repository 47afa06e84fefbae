package dev.freshet.aws.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsFileTest {
    @TempDir private Path folder;

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("freshet.json"), json);
    }

    @Test
    void textsNumbersFlagsAndObjectsAreTheTextsOfOptions() throws Exception {
        String json =
                "{\"stage\":\"prod\",\"eventShards\":4,\"lake\":true,\"strengths\":{\"like\":3}}";

        assertThat(OptionsFile.read(file(json)))
                .isEqualTo(
                        Map.of(
                                "stage", "prod",
                                "eventShards", "4",
                                "lake", "true",
                                "strengths", "{\"like\":3}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            textBlock =
                    """
                    {"stge":"prod"}             | : Unknown option 'stge'. Did you mean 'stage'?
                    {"stage":"pord"}            | : stage must be dev or prod, not 'pord'.
                    {"eventShards":0}           | : eventShards must be 1 to 500, not '0'.
                    {"eventShards":1.5}         | : eventShards must be 1 to 500, not '1.5'.
                    {"lake":null}               | : lake must be true or false, not 'null'.
                    {"placements":["a","b"]}    | : placements must be at most 32 names separated by commas, not '["a","b"]'.
                    ["lake"]                    | : it must be one JSON object, such as {"stage": "prod"}.
                    {"lake":true,"lake":false}  | : Duplicate field 'lake'
                    {"lake":true} {}            | : Trailing token
                    {"lake":                    | : Unexpected end-of-input
                    """)
    void whatIsNotAllowedIsRefusedByFileAndMember(String json, String sentence) throws Exception {
        Path file = file(json);

        assertThatThrownBy(() -> OptionsFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + sentence);
    }
}
