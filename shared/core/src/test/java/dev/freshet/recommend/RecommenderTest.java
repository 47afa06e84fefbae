package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.NO_SECRET;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.list;
import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.recommend.SiteFixture.similar;
import static dev.freshet.recommend.SiteFixture.stating;
import static dev.freshet.recommend.SiteFixture.token;
import static dev.freshet.testkit.Site.NOW;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static dev.freshet.testkit.Site.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.access.ExposureToken;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.model.signal.CoOccurrenceSignals;
import dev.freshet.model.signal.ContentSignals;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.ranking.Reason;
import dev.freshet.recommend.Recommendations.HistorySummary;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.recommend.Recommender.UnknownItemException;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios of the whole read flow, on a small site in memory. */
class RecommenderTest {
    /**
     * Two topics, each read by its own crowd; c1 and f1 to f4 also by everybody's measure equal.
     */
    private static Site newspaper() {
        return SiteFixture.newspaper(4, 6, 6);
    }

    @Test
    void someoneWhoReadOfFootballGetsFootballFirstAndIsReportedWhy() {
        Site site = newspaper().reads("ana", MINUTE, "f1", "f2");

        Recommendations answer = ask(site, "userId:'ana',diversity:0");

        assertThat(ids(answer).subList(0, 2)).containsExactlyInAnyOrder("f3", "f4");
        assertThat(texts(answer, "f3")).anyMatch(text -> text.startsWith("Because you read "));
    }

    @Test
    void theItemThatMovedAnotherMostIsNamedByTitleAndId() {
        Site site = newspaper().reads("ana", MINUTE, "f1");

        Recommendations answer = ask(site, "userId:'ana'");

        assertThat(answer.items().getFirst().reasons())
                .filteredOn(Reason::source, CoOccurrenceSignals.SOURCE)
                .extracting(Reason::text, Reason::because)
                .containsExactly(tuple("Because you read Cup final tonight", "f1"));
    }

    @Test
    void theEventThatMovedAnItemIsNamedWithWhatItWasAndWhen() {
        Site site = newspaper().reads("ana", Duration.ofMinutes(3), "c1");
        site.does("ana", EventType.LIKE, Target.item("f1"), MINUTE, null);

        Recommendations answer = ask(site, "userId:'ana',diversity:0");
        RecommendedItem item = item(answer, "f3");

        assertThat(item.movedBy()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
        Moved most = item.movedBy().getFirst();
        assertThat(most.action().eventId()).isEqualTo(site.latestEventId());
        assertThat(most.action().type()).isEqualTo(EventType.LIKE);
        assertThat(most.action().target()).isEqualTo(Target.item("f1"));
        assertThat(most.action().at()).isEqualTo(NOW.minus(MINUTE));
        assertThat(most.lift()).isPositive();
        assertThat(item.movedBy().stream().mapToDouble(Moved::part).sum())
                .isLessThanOrEqualTo(1 + 1e-9);
        assertThat(item.reasons())
                .filteredOn(Reason::source, ContentSignals.SOURCE)
                .singleElement()
                .matches(reason -> reason.contribution() > 0 && reason.event() != null)
                .matches(reason -> reason.text().contains("liked"));
    }

    @Test
    void whatOnlyTheRequestReportsIsNamedWithoutAnEventId() {
        Recommendations answer =
                ask(newspaper(), "userId:'new',diversity:0,session:{items:[{itemId:'c1'}]}");

        Moved most = item(answer, "c2").movedBy().getFirst();
        assertThat(most.action().eventId()).isNull();
        assertThat(most.action().target()).isEqualTo(Target.item("c1"));
        assertThat(most.part()).isEqualTo(1);
    }

    @Test
    void ofTwoEventsThatDoTheSameOneIsNamedAlthoughNeitherIsMissed() {
        Site site = newspaper().reads("ana", MINUTE, "f1", "f2");

        RecommendedItem item = item(ask(site, "userId:'ana',diversity:0"), "f3");

        assertThat(item.reasons())
                .filteredOn(Reason::source, CoOccurrenceSignals.SOURCE)
                .singleElement()
                .matches(reason -> List.of("f1", "f2").contains(reason.because()));
    }

    @Test
    void nobodyAndWhoIsNewAreMovedByNothingOfTheirOwn() {
        assertThat(ask(newspaper(), "").items())
                .isNotEmpty()
                .allMatch(item -> item.movedBy().isEmpty());
    }

    @Test
    void anItemIsRaisedByOnesEventsOnlyWhereOneOfItsReasonsIsOnesOwnAndByAsMuchAsIsShown() {
        Site site = newspaper().reads("ana", MINUTE, "f1").reads("bob", MINUTE, "f1", "c1", "f2");
        Recommendations answer = ask(site, "userId:'ana',count:20");

        Map<Boolean, List<RecommendedItem>> byOwn =
                answer.items().stream()
                        .collect(
                                Collectors.partitioningBy(
                                        item ->
                                                item.reasons().stream()
                                                        .anyMatch(one -> one.because() != null)));
        assertThat(byOwn.get(false)).isNotEmpty().allMatch(item -> item.movedBy().isEmpty());
        assertThat(byOwn.get(true)).anyMatch(item -> !item.movedBy().isEmpty());
        for (RecommendedItem item : ask(site, "userId:'bob',count:20").items()) {
            for (Moved one : item.movedBy()) {
                Moved most = item.movedBy().getFirst();
                assertThat((most.lift() + 0.05) * one.part() / most.part()).isGreaterThan(0.04);
            }
        }
    }

    private static RecommendedItem item(Recommendations answer, String itemId) {
        return answer.items().stream()
                .filter(item -> item.itemId().equals(itemId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneMoreClickChangesTheList() {
        Site site = newspaper().reads("ana", Duration.ofMinutes(9), "f1");
        List<String> before = list(site, "userId:'ana',diversity:0");

        site.reads("ana", MINUTE, "c1", "c2");
        List<String> after = list(site, "userId:'ana',diversity:0");

        assertThat(before.getFirst()).startsWith("f");
        assertThat(after.getFirst()).startsWith("c");
    }

    @Test
    void sharesOfAnItemsReasonsSumToOneAndFall() {
        Site site = newspaper().reads("ana", MINUTE, "f1");

        for (RecommendedItem item : ask(site, "userId:'ana'").items()) {
            assertThat(item.reasons()).isNotEmpty();
            assertThat(item.reasons().stream().mapToDouble(Reason::share).sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(item.reasons())
                    .isSortedAccordingTo((a, b) -> Double.compare(b.share(), a.share()));
        }
    }

    @Test
    void whatWasDoneInThisSessionCountsBeforeItIsIngested() {
        Site site = newspaper();

        Recommendations answer =
                ask(site, "userId:'new',diversity:0,session:{items:[{itemId:'c1'}]}");

        assertThat(ids(answer).getFirst()).startsWith("c");
        assertThat(ids(answer)).doesNotContain("c1");
        assertThat(answer.reflects()).isEqualTo(HistorySummary.NOTHING);
    }

    @Test
    void nobodyGetsWhatIsPopularAndIsReportedSo() {
        Recommendations answer = ask(newspaper().crowdReads(8, Duration.ofMinutes(5), "c3"), "");

        assertThat(ids(answer).getFirst()).isEqualTo("c3");
        assertThat(answer.degraded()).isFalse();
        assertThat(texts(answer, "c3")).containsAnyOf("Trending now", "Popular this week");
    }

    @Test
    void anUnknownUserIsAnsweredByCountry() {
        Site site = newspaper();
        for (int i = 0; i < 5; i++) {
            site.does("br" + i, EventType.VIEW, Target.item("f4"), Duration.ofMinutes(5), "BR");
            site.does("pt" + i, EventType.VIEW, Target.item("c4"), Duration.ofMinutes(5), "PT");
        }

        Recommendations inBrazil = ask(site, "userId:'new',context:{country:'BR'}");
        Recommendations inPortugal = ask(site, "userId:'new',context:{country:'PT'}");

        assertThat(ids(inBrazil).indexOf("f4")).isLessThan(ids(inBrazil).indexOf("c4"));
        assertThat(ids(inPortugal).indexOf("c4")).isLessThan(ids(inPortugal).indexOf("f4"));
        assertThat(texts(inBrazil, "f4")).contains("Trending in BR");
    }

    @Test
    void whoStatesAnInterestAndDidNothingYetGetsItemsOfItAndIsReportedWhy() {
        Site site =
                new Site()
                        .put(
                                article("football", "Derby drawn", "football"),
                                article("chess", "Opening refuted", "chess"),
                                article("shirt", "A shirt", "clothes")
                                        .attribute("brand", AttributeValue.of("Acme")))
                        .attributes(new AttributeRules(List.of(), List.of("interests", "brand")));
        site.users.put(
                stating("ann", Map.of("interests", AttributeValue.of(List.of("chess"))), null));
        site.users.put(stating("bob", Map.of("brand", AttributeValue.of("Acme")), null));

        RecommendedItem ann = ask(site, "userId:'ann'").items().getFirst();
        RecommendedItem bob = ask(site, "userId:'bob'").items().getFirst();

        assertThat(ann.itemId()).isEqualTo("chess");
        assertThat(ann.reasons().getFirst().text())
                .isEqualTo("Because you are interested in chess");
        assertThat(bob.itemId()).isEqualTo("shirt");
        assertThat(bob.reasons().getFirst().text()).isEqualTo("Because you are interested in Acme");
    }

    @Test
    void aLaterPageReportsTheInterestsThatTheStackKnowsToo() {
        Site site =
                new Site()
                        .put(
                                article("shirt", "A shirt", "clothes")
                                        .attribute("brand", AttributeValue.of("Acme")),
                                article("hat", "A hat", "clothes")
                                        .attribute("brand", AttributeValue.of("Acme")),
                                article("tea", "Tea", "food"),
                                article("bread", "Bread", "food"))
                        .attributes(new AttributeRules(List.of(), List.of("brand")));
        site.users.put(stating("bob", Map.of("brand", AttributeValue.of("Acme")), null));

        String asked = "{\"userId\":\"bob\",\"count\":1,\"paged\":true";
        String next = site.recommend(asked + "}").next();
        RecommendedItem second =
                site.recommend(asked + ",\"page\":\"" + next + "\"}").items().getFirst();

        assertThat(second.reasons().getFirst().text())
                .isEqualTo("Because you are interested in Acme");
    }

    @Test
    void anItemWithoutEventsGetsAPlaceAndSaysThatItIsNew() {
        Site site = newspaper().reads("ana", MINUTE, "f1");
        site.put(article("n1", "Goalkeeper joins club", "football"));

        Recommendations answer = ask(site, "userId:'ana',count:5");

        assertThat(ids(answer)).hasSize(5).contains("n1");
        assertThat(texts(answer, "n1")).contains("New in football");
    }

    @Test
    void aSiteWithoutAnyEventShowsItsNewestItems() {
        Site site = new Site().put(article("a", "One", "x"), article("b", "Two", "y"));

        Recommendations answer = ask(site, "");

        assertThat(ids(answer)).containsExactlyInAnyOrder("a", "b");
        assertThat(texts(answer, "a")).containsExactly("New in x");
    }

    @Test
    void aSiteWithoutItemsAnswersWithAnEmptyList() {
        assertThat(ask(new Site(), "userId:'ana'").items()).isEmpty();
    }

    @Test
    void itemsThatOnlyEventsKnowAreRecommendedById() {
        Site site = new Site().crowdReads(3, HOUR, "x1", "x2").reads("ana", HOUR, "x1");

        Recommendations answer = ask(site, "userId:'ana'");

        assertThat(ids(answer)).containsExactly("x2");
        assertThat(texts(answer, "x2")).contains("Because you read x1");
    }

    @Test
    void anItemThatComesBackIsNotSaidToBeLikeItself() {
        Site site = newspaper().reads("ana", MINUTE, "f1");

        Recommendations answer = ask(site, "userId:'ana',repeats:'always'");

        assertThat(texts(answer, "f1")).isNotEmpty().noneMatch(text -> text.contains("Cup final"));
        assertThat(texts(answer, "f2")).anyMatch(text -> text.contains("Cup final"));
    }

    @Test
    void whatWasSeenComesBackByTheItemsOwnRule() {
        Site site =
                new Site()
                        .put(
                                article("never", "A", "x"),
                                article("always", "B", "x").repeat(RepeatRule.ALWAYS),
                                article("rested", "C", "x")
                                        .repeat(new RepeatRule.After(Duration.ofMinutes(30))),
                                article("resting", "D", "x")
                                        .repeat(new RepeatRule.After(Duration.ofHours(3))));
        site.reads("ana", HOUR, "never", "always", "rested", "resting");

        assertThat(list(site, "userId:'ana'")).containsExactlyInAnyOrder("always", "rested");
        assertThat(list(site, "userId:'ana',repeats:'never'")).isEmpty();
        assertThat(list(site, "userId:'ana',repeats:'always'")).hasSize(4);
    }

    @Test
    void whatIsShownAgainSaysWhatTheUserDidAndWhen() {
        Site site =
                new Site()
                        .put(
                                article("bread", "Bread").type("product").repeat(RepeatRule.ALWAYS),
                                article("report", "Report").repeat(RepeatRule.ALWAYS),
                                article("x", "X"),
                                article("y", "Y"));
        site.does("ana", EventType.PURCHASE, Target.item("bread"), HOUR, null);
        site.reads("bob", HOUR, "report");

        assertThat(texts(ask(site, "userId:'ana'"), "bread")).contains("You bought this today");
        String atMidnight = "{\"userId\":\"bob\",\"context\":{\"localHour\":0}}";
        assertThat(texts(site.recommend(atMidnight), "report")).contains("You read this yesterday");
    }

    @Test
    void whatIsRepeatedAsItIsLearnedComesBackWhereUsersComeBack() {
        Site.Put oats = article("oats", "Oats").repeat(RepeatRule.LEARNED);
        Site back = new Site().put(oats, article("x", "X"));
        Site on = new Site().put(oats, article("x", "X"), article("y", "Y"));
        for (int user = 0; user < 300; user++) {
            back.reads("back" + user, HOUR.multipliedBy(2), "oats")
                    .reads("back" + user, HOUR, "oats");
            on.reads("on" + user, HOUR, "oats").reads("on" + user, HOUR, "x", "y");
        }
        String asked = "{\"userId\":\"ana\"}";
        assertThat(ids(back.reads("ana", HOUR, "oats").recommend(asked))).contains("oats");
        assertThat(ids(on.reads("ana", HOUR, "oats").recommend(asked))).doesNotContain("oats");
        String learned = "{\"userId\":\"ana\",\"repeats\":\"learned\"}";
        assertThat(ids(on.recommend(learned))).doesNotContain("oats");
        assertThat(list(on, "userId:'ana',repeats:'always'")).contains("oats");
    }

    @Test
    void whatMayNotBeShownHereAndNowIsHeldBack() {
        Site site =
                new Site()
                        .put(
                                article("everywhere", "A"),
                                article("br", "B").available(Set.of("BR"), null, null),
                                article("sp", "C").available(Set.of("BR-SP"), null, null),
                                article("past", "D").available(Set.of(), null, NOW),
                                article("future", "E")
                                        .available(Set.of(), NOW.plusSeconds(1), null),
                                article("since", "F").available(Set.of(), NOW, NOW.plusSeconds(1)));

        assertThat(list(site, "")).containsExactlyInAnyOrder("everywhere", "since");
        assertThat(list(site, "context:{country:'PT'}"))
                .containsExactlyInAnyOrder("everywhere", "since");
        assertThat(list(site, "context:{country:'BR',region:'SP'}"))
                .containsExactlyInAnyOrder("everywhere", "since", "br", "sp");
    }

    @Test
    void aDeletedItemIsNeverShown() {
        assertThat(list(newspaper().delete("c3"), "")).doesNotContain("c3").hasSize(7);
    }

    @Test
    void whatWasDislikedOrHiddenStaysAwayAlsoByAuthorAndTag() {
        Site site =
                new Site()
                        .put(
                                article("a", "A", "x"),
                                article("b", "B", "x").author("Eve"),
                                article("c", "C", "gossip"),
                                article("d", "D", "x"));
        site.does("ana", EventType.DISLIKE, Target.item("a"), HOUR, null);
        site.does("ana", EventType.HIDE, new Target(Target.Kind.AUTHOR, "Eve"), HOUR, null);
        site.does("ana", EventType.HIDE, new Target(Target.Kind.TAG, "gossip"), HOUR, null);

        assertThat(list(site, "userId:'ana',repeats:'always'")).containsExactly("d");
    }

    @Test
    void aRetractedHideBringsTheItemBack() {
        Site site = new Site().put(article("a", "A", "x"));
        site.does("ana", EventType.HIDE, Target.item("a"), HOUR, null);
        site.retracts("ana", site.latestEventId(), EventType.HIDE, Target.item("a"));

        assertThat(list(site, "userId:'ana'")).containsExactly("a");
    }

    @Test
    void whatWasShownTooOftenRestsForADayUnlessPlacesWouldStayEmpty() {
        Site site = newspaper();
        Shown often = new Shown(4, NOW.minus(Duration.ofHours(20)), NOW.minus(HOUR));
        Shown longAgo =
                new Shown(9, NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofHours(25)));
        Shown inFifteenMinutes = new Shown(40, NOW.minusSeconds(900), NOW.minusSeconds(1));
        Map<String, Shown> shown = Map.of("c3", often, "c4", longAgo, "f4", inFifteenMinutes);
        site.profile(UserProfile.absent("ana").shown(shown, null));

        assertThat(list(site, "userId:'ana',count:7")).doesNotContain("c3").contains("c4", "f4");
        assertThat(list(site, "userId:'ana',count:8")).contains("c3");
    }

    @Test
    void howOftenAnItemIsShownAndHowLongItRestsIsASetting() {
        Site site = newspaper();
        Shown twice = new Shown(2, NOW.minus(HOUR.multipliedBy(2)), NOW.minus(HOUR));
        Shown often = new Shown(90, NOW.minus(HOUR), NOW.minusSeconds(1));
        site.profile(UserProfile.absent("ana").shown(Map.of("c3", twice, "c4", often), null));
        String body = "{\"userId\":\"ana\",\"count\":6}";
        Duration longer = HOUR.plusSeconds(1);

        site.cap(new FrequencyCap(2, longer));
        assertThat(ids(site.recommend(body))).doesNotContain("c3", "c4");
        site.cap(new FrequencyCap(3, longer));
        assertThat(ids(site.recommend(body.replace("6", "7")))).contains("c3").doesNotContain("c4");
        site.cap(new FrequencyCap(2, HOUR));
        assertThat(ids(site.recommend(body.replace("6", "7")))).contains("c3").doesNotContain("c4");
        site.cap(new FrequencyCap(0, longer));
        assertThat(site.recommend(body).trace().candidates().removed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"101, PT1H", "4, PT25H"})
    void aCapBeyondWhatIsCountedIsRefused(int times, Duration rest) {
        assertThatThrownBy(() -> new FrequencyCap(times, rest))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlacementThatIsNotToldApartIsNamedAmongOthersInTheToken() {
        Site site = newspaper().placements(AllowedPlacements.of("home,article page"));

        assertThat(placement(ask(site, "placement:'article page'"))).isEqualTo("article page");
        assertThat(placement(ask(site, "placement:'invented-4711'"))).isEqualTo("(others)");
        assertThat(placement(ask(site, ""))).isEqualTo("(others)");
        site.placements(AllowedPlacements.ANY);
        assertThat(placement(ask(site, "placement:'invented-4711'"))).isEqualTo("invented-4711");
    }

    private static String placement(Recommendations answer) {
        return token(answer).placement();
    }

    @Test
    void namesOfPlacementsAreAtMost32AndNoneIsBlank() {
        assertThat(List.of("home", "home,list of a day")).allMatch(AllowedPlacements::areNames);
        assertThat(List.of("", ",", "home,", "home, ", "a".repeat(129), "p,".repeat(32) + "p"))
                .noneMatch(AllowedPlacements::areNames);
        assertThat(List.of("others", "home,(others)")).noneMatch(AllowedPlacements::areNames);
        assertThat(Event.Impression.RESERVED_PLACEMENTS).contains(OutcomePair.OTHERS);
        assertThat(AllowedPlacements.areNames("p,".repeat(31) + "p")).isTrue();
        assertThat(AllowedPlacements.areNames(("p".repeat(40) + ",").repeat(25) + "p")).isFalse();
    }

    @Test
    void theRequestsFilterHoldsForEveryItem() {
        Site site =
                newspaper()
                        .put(
                                article("v1", "Goals of the week", "football")
                                        .type("video")
                                        .attribute("paid", AttributeValue.of("no")),
                                article("v2", "Soup in a minute", "cooking")
                                        .type("video")
                                        .attribute("paid", AttributeValue.of("yes")));

        assertThat(list(site, "filter:{field:'type',is:'video'}"))
                .containsExactlyInAnyOrder("v1", "v2");
        String free = "{not:{field:'attributes.paid',is:'yes'}}";
        assertThat(list(site, "filter:{all:[{field:'type',is:'video'}," + free + "]}"))
                .containsExactly("v1");
        assertThat(list(site, "filter:{field:'tags',contains:'cooking'}"))
                .containsExactlyInAnyOrder("v2", "c1", "c2", "c3", "c4");
    }

    @Test
    void aNarrowFilterFindsWhatNoSourceWouldHaveNamed() {
        Site site = new Site();
        for (int i = 0; i < 700; i++) {
            site.put(article("a" + i, "Article " + i));
        }
        site.crowdReads(3, HOUR, "a650", "a651", "a652");

        assertThat(list(site, "filter:{field:'itemId',is:'a7'}")).containsExactly("a7");
    }

    @Test
    void aFilterThatTakesMoreThanItsStepsEndsTheSearchAndTheAnswerSaysSo() {
        String[] tags = IntStream.range(0, 50).mapToObj(i -> "tag-" + i).toArray(String[]::new);
        Site site = new Site();
        for (int i = 0; i < 4_000; i++) {
            site.put(article("a" + i, "Article", tags));
        }
        String pair = "{all:[{field:'tags',contains:'x'},{field:'type',is:'x'}]}";
        String group = "{any:[" + String.join(",", Collections.nCopies(16, pair)) + "]}";
        String costly = "{any:[" + String.join(",", Collections.nCopies(5, group)) + "]}";

        Recommendations answer = ask(site, "filter:" + costly);

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).contains("filter-limit");
        assertThat(ask(site, "filter:" + pair).degradedReasons()).doesNotContain("filter-limit");
    }

    @Test
    void aBoostLiftsWhatMatchesAndLeavesTheRestInOrder() {
        Site site = newspaper().reads("ana", MINUTE, "f1");
        String four = "userId:'ana',diversity:0,count:4";
        String boost = "{when:{field:'itemId',is:'c4'},factor:10}";
        List<String> boosts = Collections.nCopies(3, boost);

        assertThat(list(site, four).getFirst()).isNotEqualTo("c4");
        assertThat(list(site, four + ",boost:[" + String.join(",", boosts) + "]").getFirst())
                .isEqualTo("c4");
    }

    @Test
    void ofVariantsOnlyOneIsShown() {
        Site site =
                new Site()
                        .put(
                                article("hd", "Film", "x").group("film"),
                                article("uhd", "Film", "x").group("film"),
                                article("other", "Other", "x"));

        assertThat(list(site, "")).hasSize(2).contains("other");
    }

    @Test
    void moreDiversityMixesTopics() {
        Site site = newspaper().reads("ana", MINUTE, "f1");

        List<String> alike = list(site, "userId:'ana',count:3,diversity:0");
        List<String> mixed = list(site, "userId:'ana',count:3,diversity:0.8");

        assertThat(alike).allMatch(id -> id.startsWith("f"));
        assertThat(mixed).anyMatch(id -> id.startsWith("c"));
        assertThat(mixed.getFirst()).isEqualTo(alike.getFirst());
    }

    @Test
    void theItemBeingLookedAtSteersAndIsNotRepeated() {
        Site site = newspaper().reads("ana", MINUTE, "c1");

        Recommendations answer = ask(site, "userId:'ana',itemId:'f1',diversity:0");

        assertThat(ids(answer).getFirst()).startsWith("f").isNotEqualTo("f1");
        assertThat(ids(answer)).doesNotContain("f1");
        assertThat(texts(answer, ids(answer).getFirst())).contains("Goes with Cup final tonight");
    }

    @Test
    void lookingAtAnUnknownItemIsAnsweredWithoutItAndSaysSo() {
        Recommendations answer = ask(newspaper(), "itemId:'nope'");

        assertThat(answer.items()).hasSize(8);
        assertThat(answer.degradedReasons()).containsExactly("unknown-item");
    }

    @Test
    void whatAnAnonymousVisitorDidCountsOnceTheProfileKnowsTheAlias() {
        Site site = newspaper().reads("visitor", MINUTE, "f1", "f2");
        site.profile("ana", List.of("visitor"), null, null);

        Recommendations answer = ask(site, "userId:'ana',diversity:0");

        assertThat(ids(answer)).doesNotContain("f1", "f2");
        assertThat(answer.reflects().events()).isEqualTo(2);
    }

    @Test
    void bothIdsOfARequestCountBeforeAnyAliasIsKnown() {
        Site site = newspaper().reads("visitor", MINUTE, "f1").reads("ana", HOUR, "f2");

        assertThat(list(site, "userId:'ana',anonymousId:'visitor'")).doesNotContain("f1", "f2");
    }

    @Test
    void whoRefusesPersonalisationIsAnsweredAsNobody() {
        Site site = newspaper().reads("ana", MINUTE, "f1", "f2");
        site.profile("ana", List.of(), new Consent(false, true), null);

        Recommendations answer = ask(site, "userId:'ana'");

        assertThat(answer.reflects()).isEqualTo(HistorySummary.NOTHING);
        assertThat(ids(answer)).contains("f1", "f2");
        assertThat(answer.degraded()).isFalse();
    }

    @Test
    void anErasedUserIsAnsweredAsNobody() {
        Site site = newspaper().reads("ana", MINUTE, "f1", "f2");
        site.profile("ana", List.of(), null, NOW);

        assertThat(list(site, "userId:'ana'")).contains("f1", "f2");
    }

    @Test
    void theAnswerSaysWhatItKnowsAndByWhichModel() {
        Site site = newspaper().reads("ana", Duration.ofMinutes(2), "f1", "f2");

        Recommendations answer = ask(site, "userId:'ana',placement:'home'");

        Instant latest = NOW.minus(Duration.ofMinutes(2));
        assertThat(answer.reflects())
                .isEqualTo(new HistorySummary(2, site.latestEventId(), latest));
        assertThat(answer.modelVersion()).isEqualTo(3);
        assertThat(answer.modelAge()).isEqualTo(Duration.ofMillis(5));
        assertThat(answer.recommendationId()).matches("[0-9a-f]{32}");
        assertThat(answer.items().getFirst().position()).isEqualTo(1);
    }

    @Test
    void theTokenReportsWhatWasShownAndCannotBeForged() {
        Site site = newspaper().put(article("n1", "Goalkeeper joins club", "football"));

        Recommendations answer = ask(site, "userId:'ana',count:5,placement:'home'");
        ExposureToken token = token(answer);

        assertThat(token.itemIds()).isEqualTo(ids(answer));
        assertThat(token.placement()).isEqualTo("home");
        assertThat(token.recommendationId()).isEqualTo(answer.recommendationId());
        assertThat(token.modelVersion()).isEqualTo(3);
        assertThat(token.items()).allMatch(shown -> shown.propensity() > 0 && shown.sources() != 0);
        assertThat(ExposureToken.open("x" + answer.exposure().substring(1), Site.SIGNER)).isEmpty();
    }

    @Test
    void withoutTheSecretTheListGoesWithoutATokenAndSaysSo() {
        Site site = newspaper();

        Recommendations answer =
                site.recommender(site.interactions, site.users, NO_SECRET)
                        .recommend(Site.query("{}"));

        assertThat(answer.exposure()).isEmpty();
        assertThat(answer.degradedReasons()).containsExactly("exposure-unavailable");
        assertThat(answer.items()).hasSize(8);
    }

    @Test
    void countIsTheMostThatIsShown() {
        assertThat(ask(newspaper(), "count:3").items()).hasSize(3);
        assertThat(ask(newspaper(), "count:100").items()).hasSize(8);
    }

    @Test
    void similarItemsAreThoseReadTogetherAndThoseThatReadAlike() {
        Site site = newspaper().put(article("n1", "Cup final replay", "football"));

        Recommendations answer = similar(site, "f1", Map.of("count", "4"));

        assertThat(ids(answer)).containsExactlyInAnyOrder("f2", "f3", "f4", "n1");
        assertThat(texts(answer, "n1")).contains("Goes with Cup final tonight");
    }

    @Test
    void similarToAnUnknownOrDeletedItemIsAQuestionAboutNothing() {
        Site site = newspaper().delete("f2");

        for (String item : List.of("nope", "f2")) {
            assertThatThrownBy(() -> similar(site, item, Map.of()))
                    .isInstanceOf(UnknownItemException.class);
        }
    }

    @Test
    void trendingBeginsWithWhatRisesAndGoesOnWithWhatIsPopular() {
        Site site = newspaper().crowdReads(9, Duration.ofMinutes(3), "c4");

        Recommendations answer = named(site, NamedList.TRENDING, Map.of());

        assertThat(ids(answer).getFirst()).isEqualTo("c4");
        assertThat(texts(answer, "c4")).containsExactly("Trending now");
        assertThat(ids(answer)).hasSize(8);
    }

    @Test
    void trendingByTagHoldsToTheTag() {
        Recommendations answer = named(newspaper(), NamedList.TRENDING, Map.of("tag", "football"));

        assertThat(ids(answer)).containsExactlyInAnyOrder("f1", "f2", "f3", "f4");
        assertThat(texts(answer, "f1")).containsExactly("Trending in football");
    }

    @Test
    void trendingByCountrySaysSoAndGoesOnWithTheRestOfTheWorld() {
        Site site = newspaper();
        for (int i = 0; i < 4; i++) {
            site.does("br" + i, EventType.VIEW, Target.item("c2"), Duration.ofMinutes(5), "BR");
        }

        Recommendations answer = named(site, NamedList.TRENDING, Map.of("country", "BR"));

        assertThat(ids(answer).getFirst()).isEqualTo("c2");
        assertThat(texts(answer, "c2")).containsExactly("Trending in BR");
        assertThat(ids(answer)).hasSize(8);
    }
}
