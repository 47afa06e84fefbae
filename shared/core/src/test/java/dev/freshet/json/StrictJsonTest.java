package dev.freshet.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    null                             | null
                    {'a':{'b':{'c':null,'d':0}}}     | {'a':{'b':{'d':0}}}
                    [[{'a':null}],null,{'b':[null]}] | [[{}],null,{'b':[null]}]
                    {'a':1,'a':2}                    | not-json
                    {} {}                            | not-json
                    \\0{\\0}                         | not-json
                    %s0                              | json-out-of-bounds
                    """)
    void membersThatAreNullAreLeftOutAtAnyDepthAndWhatIsNotJsonIsRefused(String text, String read) {
        String json = text.formatted("[".repeat(201)).replace('\'', '"').translateEscapes();

        assertThat(read(json.getBytes(UTF_8))).isEqualTo(read.replace('\'', '"'));
    }

    private static String read(byte[] body) {
        try {
            return StrictJson.read(body).toString();
        } catch (MalformedJsonException refused) {
            return refused.code();
        }
    }
}
