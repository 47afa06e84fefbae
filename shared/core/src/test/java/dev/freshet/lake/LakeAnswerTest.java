package dev.freshet.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lake.LakeAnswers.LakeAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LakeAnswerTest {
    private static final Instant NIGHT = Instant.parse("2026-03-01T02:14:09Z");

    private static byte[] bytes(String csv) {
        return csv.getBytes(StandardCharsets.UTF_8);
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ResultCsv.line(List.of("item-" + i, "é")) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void valuesAreThoseThatWereWritten() {
        List<String> odd = Arrays.asList("1", null, "", "x,y", "say \"so\"", "two\nlines");
        String names = ResultCsv.line(List.of("a", "b", "c", "d", "e", "f"));

        LakeAnswer answer =
                LakeAnswer.read(NIGHT, bytes(names + "\n" + ResultCsv.line(odd) + "\n"), true);

        assertThat(answer)
                .isEqualTo(
                        new LakeAnswer(
                                NIGHT, List.of("a", "b", "c", "d", "e", "f"), List.of(odd), true));
    }

    @Test
    void ofAResultThatIsCutTheLastRowIsLeftOut() {
        byte[] whole = bytes("\"item\",\"name\"\n" + rows(3));

        for (int length = whole.length - 1; length > whole.length - 12; length--) {
            LakeAnswer answer = LakeAnswer.read(NIGHT, Arrays.copyOf(whole, length), false);

            assertThat(answer.isWhole()).isFalse();
            assertThat(answer.rows())
                    .as("the first %s bytes of %s", length, whole.length)
                    .containsExactly(List.of("item-0", "é"), List.of("item-1", "é"));
        }
    }

    @Test
    void ofMoreRowsThanAnAnswerHasTheFirstAreGiven() {
        byte[] csv = bytes("\"item\",\"name\"\n" + rows(LakeAnswer.MAX_ROWS + 1));

        LakeAnswer answer = LakeAnswer.read(NIGHT, csv, true);

        assertThat(answer.rows()).hasSize(LakeAnswer.MAX_ROWS);
        assertThat(answer.isWhole()).isFalse();
        assertThat(LakeAnswer.read(NIGHT, bytes("\"a\",\"b\"\n" + rows(1_000)), true).isWhole())
                .isTrue();
    }

    @Test
    void aResultWithoutRowsHasItsColumns() {
        LakeAnswer answer = LakeAnswer.read(NIGHT, bytes("\"day\",\"events\"\n"), true);

        assertThat(answer.columns()).containsExactly("day", "events");
        assertThat(answer.rows()).isEmpty();
        assertThat(answer.isWhole()).isTrue();
    }

    @Test
    void aNightAsksWhatNeedsNothingButDays() {
        assertThat(LakeAnswers.QUERIES).hasSize(8).doesNotContain(NamedQuery.CHOSEN_AFTER);
        assertThat(LakeAnswers.QUERIES)
                .allSatisfy(
                        query ->
                                assertThat(LakeAnswers.sql(query, 3))
                                        .doesNotContain("{")
                                        .doesNotContain("DATE '"));
    }
}
