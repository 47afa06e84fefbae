package dev.freshet.functions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TermAnalysisTest {
    private final TermAnalysis analysis = new TermAnalysis();

    private Map<Integer, Integer> terms(
            String language, String title, String text, String... tags) {
        return analysis.terms(
                Item.of(
                        "tea",
                        1,
                        new Item.Content(
                                "article",
                                null,
                                title,
                                text,
                                List.of(tags),
                                null,
                                null,
                                language.isEmpty()
                                        ? Map.of()
                                        : Map.of("language", AttributeValue.of(language)))));
    }

    @Test
    void aLanguageThatIsKnownIsStemmedAndLosesItsStopWords() {
        assertThat(terms("en", "", "The readers are reading"))
                .isEqualTo(terms("en-GB", "", "reader read"));
        assertThat(terms("de", "", "die Häuser")).isEqualTo(terms("de", "", "das Haus"));
        assertThat(terms("pt-BR", "", "os leitores")).isEqualTo(terms("pt", "", "leitor"));
    }

    @Test
    void withoutALanguageWordsAreFoldedInCaseAndAccents() {
        assertThat(terms("", "", "SÃO Paulo")).isEqualTo(terms("tlh", "", "sao paulo"));
        assertThat(terms("", "", "readers")).isNotEqualTo(terms("", "", "reader"));
    }

    @Test
    void theTitleCountsTwiceAndATagThreeTimesApartFromTheWords() {
        assertThat(terms("", "Tea", "").values()).containsExactly(2);
        assertThat(terms("", "", "tea").values()).containsExactly(1);
        assertThat(terms("", "", "", "Tea").values()).containsExactly(3);
        assertThat(terms("", "tea", "tea", "tea").values()).containsExactlyInAnyOrder(3, 3);
    }

    @Test
    void ofManyTermsTheMostFrequentAreKept() {
        String text =
                IntStream.range(0, 400).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

        Map<Integer, Integer> terms = terms("", "often often", text);

        assertThat(terms).hasSize(Example.ItemChanged.MAX_TERMS).containsValue(4);
    }

    @Test
    void hashesStayTheSameBecauseTheyAreKeptInTheModel() {
        assertThat(terms("", "", "tea")).containsOnlyKeys(1_955_911_164);
    }

    @Test
    void anEmptyItemHasNoTerms() {
        assertThat(terms("", "", "")).isEmpty();
        assertThat(terms("en", "", "the of and")).isEmpty();
    }
}
