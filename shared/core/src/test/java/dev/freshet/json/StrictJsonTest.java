package dev.freshet.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    @ParameterizedTest
    @CsvSource({
        "null, null",
        "{'a':{'b':{'c':null;'d':0}}}, {'a':{'b':{'d':0}}}",
        "[[{'a':null}];null;{'b':[null]}], [[{}];null;{'b':[null]}]"
    })
    void membersThatAreNullAreLeftOutAtAnyDepth(String text, String read) throws Exception {
        byte[] body = text.replace('\'', '"').replace(';', ',').getBytes(UTF_8);
        assertThat(StrictJson.read(body).toString().replace('"', '\'').replace(',', ';'))
                .isEqualTo(read);
    }
}
