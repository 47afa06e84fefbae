package dev.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.model.signal.ReasonMessage;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonLanguagesTest {
    private static final ReasonMessage BOUGHT =
            new ReasonMessage(
                    "co-occurrence.done",
                    "Tea {verb} {title}",
                    new ReasonMessage.Verb("verb.purchase", "bought"),
                    null);

    private static ReasonLanguage language(String tag) {
        return ReasonLanguages.OURS.choose(tag, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|Because you bought Tea {verb} {title}",
                "de|Weil Sie „Tea {verb} {title}“ gekauft haben",
                "fr|Parce que vous avez acheté « Tea {verb} {title} »",
                "es|Porque has comprado «Tea {verb} {title}»",
                "pt|Porque você comprou “Tea {verb} {title}”"
            })
    void aReasonIsWordedInEachLanguageAndATitleIsNoTemplate(String tag, String sentence) {
        assertThat(language(tag).tag()).isEqualTo(tag);
        assertThat(language(tag).text(BOUGHT)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|You bought this 3 weeks ago",
                "de|Das haben Sie vor 3 Wochen gekauft",
                "fr|Vous l’avez acheté il y a 3 semaines",
                "es|Ya lo habías comprado hace 3 semanas",
                "pt|Você comprou isto há 3 semanas"
            })
    void aRepeatSaysInEachLanguageWhatTheUserDidAndWhen(String tag, String sentence) {
        ReasonMessage.Verb bought = new ReasonMessage.Verb("verb.purchase", "bought");
        assertThat(language(tag).text(new ReasonMessage("repeat.weeks", null, bought, "3")))
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "pt"})
    void aLanguageHasEverySentenceAndEveryVerbWithPlacesThatEnglishHas(String tag) {
        Set<String> keys = new TreeSet<>(ReasonLanguage.ENGLISH.keys());
        Stream.of(EventType.values())
                .filter(type -> type.verb().isPresent())
                .forEach(type -> keys.add(ReasonText.verb(type, "").key()));
        Stream.of("article", "video", "song", "product")
                .forEach(item -> keys.add(ReasonText.seen(item).key()));
        keys.add("verb.own");

        assertThat(new TreeSet<>(language(tag).keys())).isEqualTo(keys);
        for (String key : ReasonLanguage.ENGLISH.keys()) {
            String ours = Objects.requireNonNull(language(tag).template(key));
            String english = Objects.requireNonNull(ReasonLanguage.ENGLISH.template(key));
            assertThat(ReasonLanguage.places(english))
                    .as(key)
                    .containsAll(ReasonLanguage.places(ours));
            assertThat(ours).isNotBlank();
        }
    }

    @Test
    void aVerbOfATypeThatTheTextsDoNotKnowIsTakenAsItIs() {
        ReasonMessage own =
                new ReasonMessage(
                        "content.done", "Tea", new ReasonMessage.Verb("verb.brew", "brewed"), null);

        assertThat(language("en").text(own)).isEqualTo("Close to what you brewed: Tea");
        assertThat(language("fr").text(own)).contains("brewed");
    }

    private static ReasonMessage did(String slot) {
        EventType type = EventType.ofWireName(slot).orElseThrow();
        return new ReasonMessage("content.done", "Coat", ReasonText.verb(type, "product"), null);
    }

    @Test
    void aTypeOfTheOwnersIsNamedByItsTextAndElseByAWordOfItsLanguage() {
        ReasonLanguages own =
                ReasonLanguages.parse(
                                "{\"verb.own_3\":\"tried on\",\"de.verb.own_3\":\"anprobiert\"}")
                        .orElseThrow();

        assertThat(own.choose("en", null).text(did("own_3")))
                .isEqualTo("Close to what you tried on: Coat");
        assertThat(own.choose("de", null).text(did("own_3"))).contains("anprobiert");
        assertThat(own.choose("fr", null).text(did("own_3"))).contains("tried on");
        assertThat(own.choose("en", null).text(did("own_4")))
                .isEqualTo("Close to what you chose: Coat");
        assertThat(own.choose("de", null).text(did("own_16"))).contains("gewählt");
        assertThat(own.choose("pt", null).text(did("own_1"))).contains("escolheu");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT,en;q=0.5|de",
                "it,pt-BR;q=0.9,en;q=0.8|pt",
                "it|en",
                "*|en",
                "es;q=0,fr|fr",
                "DE|de",
                "|en",
                ";;;|en",
                "de;q=2|en",
                "\u0000|en"
            })
    void aHeaderIsAnsweredByTheBestLanguageThatThereIs(String header, String tag) {
        assertThat(ReasonLanguages.OURS.choose(null, header).tag()).isEqualTo(tag);
    }

    @Test
    void theLanguageOfTheRequestWinsOverTheHeader() {
        assertThat(ReasonLanguages.OURS.choose("fr", "de").tag()).isEqualTo("fr");
        assertThat(ReasonLanguages.OURS.choose("it", "de").tag()).isEqualTo("en");
    }

    @Test
    void aLongHeaderIsNotRead() {
        assertThat(ReasonLanguages.OURS.choose(null, "de," + "x,".repeat(5_000)).tag())
                .isEqualTo("en");
    }

    @Test
    void anOwnerWordsSomeReasonsForAllLanguagesOrForOne() {
        ReasonLanguages own =
                ReasonLanguages.parse(
                                """
                                {"trending": "Hot", "de.trending": "Gefragt",
                                 "co-occurrence.done": "{title}: you {verb} it",
                                 "verb.purchase": "took"}
                                """)
                        .orElseThrow();

        assertThat(own.choose("en", null).text(ReasonMessage.of("trending"))).isEqualTo("Hot");
        assertThat(own.choose("fr", null).text(ReasonMessage.of("trending"))).isEqualTo("Hot");
        assertThat(own.choose("de", null).text(ReasonMessage.of("trending"))).isEqualTo("Gefragt");
        assertThat(own.choose("en", null).text(BOUGHT))
                .isEqualTo("Tea {verb} {title}: you took it");
        assertThat(own.choose("en", null).text(ReasonMessage.of("new"))).isEqualTo("New");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[]",
                "{\"trendin\":\"Hot\"}", "{\"it.trending\":\"Hot\"}",
                "{\"trending\":\"\"}", "{\"trending\":7}",
                "{\"trending\":\"Hot in {name}\"}", "{\"verb.purchase\":\"took {title}\"}",
                "{\"verb.own_3\":\"took {title}\"}", "{\"verb.own_17\":\"took\"}",
                "{\"trending\":\"two\\nlines\"}", "{\"trending\":\"a\",\"trending\":\"b\"}"
            })
    void textsThatBreakARuleAreRefused(String json) {
        assertThat(ReasonLanguages.parse(json)).isEmpty();
    }
}
