package dev.freshet.aws.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OptionRecordTest {
    private static OptionRecord of(Map<String, String> given) {
        return OptionRecord.of(StackSettings.of(given));
    }

    private static OptionRecord read(OptionRecord record) throws IOException {
        return OptionRecord.in(
                        Map.of(
                                OptionRecord.VALUES_OUTPUT, record.text(),
                                OptionRecord.HASH_OUTPUT, record.hash()))
                .orElseThrow();
    }

    @Test
    void itKeepsWhatIsNotTheDefaultAndEveryValueThatCannotBeChangedBack() throws Exception {
        OptionRecord record =
                of(Map.of("eventShards", "2", "lakeDays", "400", "alarmEmail", "a@b.example"));

        assertThat(record.text())
                .isEqualTo(
                        """
                        {"alarmEmail":"a@b.example","catalogue":"closed","customerKey":"false","entrance":"rest",\
                        "eventShards":"2","idSecretArn":"none","kAnonymity":"3","lake":"false","lakeDays":"400",\
                        "logDays":"7","modelId":"main","protection":"false","pseudonymiseIds":"false",\
                        "quarantineDays":"14","secretArn":"none","signedApi":"false","site":"false"}""");
        assertThat(read(record)).isEqualTo(record);
    }

    @Test
    void itStaysWithinAParameterAndInAsciiWhateverTheValues() {
        Map<String, String> longest = new TreeMap<>();
        StackOptions.all().forEach(option -> longest.put(option.name(), longest(option.type())));
        longest.put("reasonTexts", "{\"de.new\":\"Schön\"}");

        String text = OptionRecord.of(new StackSettings(longest)).text();

        System.out.printf("options of an output: %,d of 4,096 characters%n", text.length());
        assertThat(text).hasSizeBetween(1_000, 4_096).matches("\\p{ASCII}*").contains("sha256:");
        assertThat(text).contains("Sch\\u00F6n");
    }

    private static <T> String longest(OptionType<T> type) {
        return type.borders().stream()
                .map(type::write)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    @Test
    void aLongValueThatIsTheSameIsNoChangeAndAnotherOneIs() throws Exception {
        String types =
                "{\"try-on\":{\"slot\":1,\"strength\":3},\"sent-back\":{\"slot\":2,\"strength\":-4}}";
        OptionRecord record = read(of(Map.of("eventTypes", types)));

        assertThat(record.changes(StackSettings.of(Map.of("eventTypes", types)))).isEmpty();
        assertThat(record.changes(StackSettings.of(Map.of())))
                .singleElement()
                .asString()
                .startsWith("eventTypes sha256:")
                .contains("→ none. Events of a type that is left out are refused");
    }

    @Test
    void theDefaultsOfOtherOptionsAreThoseOfTheDeployment() throws Exception {
        OptionRecord record = read(of(Map.of("stage", "prod", "requestRate", "50")));

        assertThat(record.changes(StackSettings.of(Map.of("stage", "prod"))))
                .hasToString("[requestRate 50 → 1000., secretRate 50 → 1000.]");
    }
}
