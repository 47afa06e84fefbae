package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.explanation;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.profile.AttributeRules;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.ranking.Exploration;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.Recommender.ReadParts;
import dev.freshet.recommend.RequestExplanation.Candidate;
import dev.freshet.recommend.RequestExplanation.ItemExplanation;
import dev.freshet.recommend.RequestExplanation.Verdict;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final String WHOM = "{\"userId\":\"ana\",\"count\":5}";

    private final Site site = site();

    private static Site site() {
        Site site = new Site();
        for (int i = 0; i < 60; i++) {
            site.put(article("a" + i, "Title " + i, "tag" + i % 5));
        }
        return site.put(
                        article("draft", "Not yet", "tag1").available(Set.of("PT"), null, null),
                        article("twin-1", "Twins", "tag2").group("twins"),
                        article("twin-2", "Twins", "tag2").group("twins"))
                .crowdReads(6, HOUR, "a1", "a2", "twin-1")
                .crowdReads(3, Duration.ofHours(2), "a1", "a3", "twin-2")
                .reads("ana", MINUTE, "a1")
                .does("ana", EventType.HIDE, Target.item("a3"), Duration.ofMinutes(2), null);
    }

    private RequestExplanation explain(String itemId) {
        return explained(site, "{\"request\":" + WHOM + ",\"itemId\":\"" + itemId + "\"}");
    }

    private static RequestExplanation explained(Site site, String question) {
        return site.recommender().explain(explanation(question));
    }

    private ItemExplanation story(String itemId) {
        return Objects.requireNonNull(explain(itemId).item());
    }

    private static Candidate candidate(ItemExplanation item) {
        return Objects.requireNonNull(item.candidate());
    }

    @Test
    void theListIsTheOneThatIsRecommended() {
        Recommendations recommended = site.recommend(WHOM);
        RequestExplanation explained = explain("a2");

        assertThat(explained.answer().items()).isEqualTo(recommended.items());
        assertThat(explained.places()).hasSameSizeAs(recommended.items());
    }

    @Test
    void ofAPagedListTheFirstPageIsExplained() {
        String paged = WHOM.replace("}", ",\"paged\":true}");
        assertThat(explained(site, "{\"request\":" + paged + "}").answer().items())
                .isEqualTo(site.recommend(paged).items())
                .hasSize(5);
    }

    @Test
    void theDrawsOfAListAreRepeatedByItsId() {
        Recommender drawing =
                new Recommender(
                        new ReadParts(
                                new Hydrator(
                                        site.interactions,
                                        site.users,
                                        new Hydrator.Budget(
                                                Duration.ofSeconds(1), Duration.ofSeconds(1)),
                                        () -> Site.NOW),
                                () -> new ServedModel(site.model(), 3, Duration.ZERO, List.of()),
                                new ResponseAssembler(() -> Site.SIGNER, AllowedPlacements.ANY),
                                new StackingStrategy(),
                                new Temperatures(50, Map.of()),
                                FrequencyCap.DEFAULT,
                                AttributeRules.DEFAULT,
                                () -> Site.NOW,
                                () -> 0,
                                new SplittableRandom(11)));
        for (int list = 0; list < 10; list++) {
            Recommendations shown = drawing.recommend(Site.query(WHOM));
            String question =
                    "{\"request\":%s,\"recommendationId\":\"%s\"}"
                            .formatted(WHOM, shown.recommendationId());
            RequestExplanation explained = drawing.explain(explanation(question));

            assertThat(explained.answer().items()).isEqualTo(shown.items());
            assertThat(explained.answer().recommendationId()).isEqualTo(shown.recommendationId());
            assertThat(explained.places())
                    .allMatch(place -> place.kind() != Exploration.Kind.CHOSEN)
                    .allMatch(place -> place.propensity() > 0 && place.propensity() < 1);
        }
    }

    @Test
    void anItemOfTheListHasItsSourcesItsRankAndItsPlace() {
        RequestExplanation explained = explain("a2");
        ItemExplanation story = Objects.requireNonNull(explained.item());

        assertThat(story.verdict()).isEqualTo(Verdict.SHOWN);
        assertThat(candidate(story).position()).isPositive();
        assertThat(explained.answer().items().get(candidate(story).position() - 1).itemId())
                .isEqualTo("a2");
        assertThat(story.found())
                .anyMatch(found -> found.source().wireName().equals("co-occurrence"))
                .allMatch(found -> found.rank() >= 1 && found.rank() <= found.of());
        assertThat(story.sentences().getFirst()).startsWith("It was found by ").contains("at rank");
        assertThat(story.sentences().getLast())
                .startsWith("It has place " + candidate(story).position() + " of 5");
    }

    @Test
    void whatAFilterWithholdsNamesTheFirstThatRefusesIt() {
        assertThat(story("a1").filter()).isEqualTo("seen");
        assertThat(story("a3").filter()).isEqualTo("unwanted");
        assertThat(story("draft").filter()).isEqualTo("availability");
        assertThat(story("a1").verdict()).isEqualTo(Verdict.REMOVED);
        assertThat(story("a1").candidate()).isNull();
        assertThat(story("a1").sentences().getLast())
                .isEqualTo(
                        "The filter seen withholds it: the user interacted with it or is looking at"
                                + " it, and it may not be repeated yet.");
    }

    @Test
    void aVariantOfAnItemInTheListSaysSo() {
        boolean firstShown =
                explain("a2").answer().items().stream()
                        .anyMatch(item -> item.itemId().equals("twin-1"));
        ItemExplanation story = story(firstShown ? "twin-2" : "twin-1");

        assertThat(story.verdict()).isEqualTo(Verdict.NOT_CHOSEN);
        assertThat(story.sentences().getLast())
                .contains("a variant of it, " + (firstShown ? "twin-1" : "twin-2"));
    }

    @Test
    void aCandidateBehindThePoolSaysHowManyThereAre() {
        Candidate last = explain("a2").best().getLast();
        ItemExplanation story = story(last.itemId());

        assertThat(last.rank()).isGreaterThan(30);
        assertThat(story.verdict()).isEqualTo(Verdict.NOT_CHOSEN);
        assertThat(story.sentences().getLast())
                .isEqualTo(
                        "It is not in the list, because the 5 places are filled from the best 30"
                                + " candidates.");
    }

    @Test
    void aCandidateInThePoolSaysWhetherItemsOfALowerScoreCameBeforeIt() {
        RequestExplanation explained = explain("a2");
        Candidate next =
                explained.best().stream()
                        .filter(each -> each.position() == 0 && !each.itemId().startsWith("twin"))
                        .findFirst()
                        .orElseThrow();
        long worse =
                explained.places().stream().filter(place -> place.rank() > next.rank()).count();

        assertThat(story(next.itemId()).sentences().getLast())
                .startsWith("It is among the best 30 candidates")
                .contains(worse == 0 ? "every item in the list has a higher score" : "lower score");
    }

    @Test
    void anItemThatNobodyPutIsUnknown() {
        assertThat(story("no-such-item").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(story("no-such-item").sentences()).hasSize(1);
    }

    @Test
    void aBoostIsToldAsWhatItAdds() {
        RequestExplanation explained =
                explained(
                        site,
                        """
                        {"request":{"userId":"ana","boost":[{"when":{"field":"itemId","is":"a2"},
                         "factor":10}]},"itemId":"a2"}
                        """);

        ItemExplanation story = Objects.requireNonNull(explained.item());
        assertThat(candidate(story).parts().boost()).isCloseTo(Math.log(10), within(0.051));
        assertThat(story.sentences()).anyMatch(each -> each.contains("boosts"));
        assertThat(explained.best())
                .filteredOn(each -> !each.itemId().equals("a2"))
                .allMatch(each -> each.parts().boost() == 0);
    }

    @Test
    void atMostAHundredCandidatesAndAHundredItemsWithheldAreTold() {
        Site large = new Site();
        for (int i = 0; i < 400; i++) {
            large.put(article("i" + i, "Title " + i, i % 2 == 0 ? "even" : "odd"));
        }
        RequestExplanation explained =
                explained(
                        large,
                        """
                        {"request":{"count":100,"filter":{"field":"tags","contains":"even"}}}
                        """);

        assertThat(explained.best()).hasSize(RequestExplanation.MAX_TOLD);
        assertThat(explained.removed()).hasSize(RequestExplanation.MAX_TOLD);
        assertThat(explained.removedItems()).isEqualTo(200);
        assertThat(explained.removed()).allMatch(each -> "request".equals(each.filter()));
        assertThat(explained.item()).isNull();
    }

    @Test
    void aBodyThatBreaksARuleIsRefusedWithASentence() {
        assertThatThrownBy(() -> explanation("{}"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("request is missing");
        assertThatThrownBy(() -> explanation("{\"request\":{},\"recommendationId\":\"xyz\"}"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("32 digits");
        assertThatThrownBy(() -> explanation("{\"request\":{\"count\":0}}"))
                .isInstanceOf(InvalidQueryException.class);
    }
}
