package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.testkit.Site;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list without items says why. */
class EmptyListsTest {
    private static Site site() {
        return new Site()
                .put(
                        article("f1", "Cup final tonight", "football", "cup"),
                        article("f2", "Striker moves north", "football"))
                .reads("ana", MINUTE, "f1", "f2")
                .reads("bea", MINUTE, "f1")
                .does("cem", EventType.HIDE, new Target(Target.Kind.TAG, "football"), MINUTE, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    userId:'dan'                                              | []
                    userId:'ana'                                              | [seen]
                    userId:'cem'                                              | [unwanted]
                    userId:'dan',filter:{field:'tags',contains:'cooking'}     | [request]
                    userId:'bea',filter:{field:'tags',contains:'cup'}         | [seen, request]
                    userId:'dan',minScore:0.999                               | [min-score]
                    """)
    void theFiltersThatWithheldWhatWasFoundAreNamed(String request, String reasons) {
        Recommendations answer = ask(site(), request);

        assertThat(answer.emptyReasons()).hasToString(reasons);
        assertThat(answer.items().isEmpty()).isEqualTo(!reasons.equals("[]"));
        assertThat(answer.degraded()).isFalse();
    }

    @Test
    void anItemThatMayNotBeShownHereIsUnavailable() {
        Site site = new Site().put(article("f1", "Cup").available(Set.of("BR"), null, null));

        assertThat(ask(site, "").emptyReasons()).containsExactly("availability");
    }

    @Test
    void aModelWithoutAVersionAndACatalogueWithoutItemsAreNoMatterOfFilters() {
        Site site = new Site();

        assertThat(ask(site, "").emptyReasons()).containsExactly("model-empty");
        site.catalogue(CatalogueMode.CLOSED).crowdReads(3, MINUTE, "f1");
        assertThat(ask(site, "").emptyReasons()).containsExactly("catalogue-empty");
    }

    @Test
    void aListThatNothingFitsHasNoCandidates() {
        assertThat(named(site(), NamedList.LIKED, Map.of()).emptyReasons())
                .containsExactly("no-candidates");
    }
}
