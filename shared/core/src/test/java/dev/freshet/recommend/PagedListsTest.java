package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.NO_SECRET;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.recommend.SiteFixture.token;
import static dev.freshet.recommend.SiteFixture.view;
import static dev.freshet.testkit.Site.NOW;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.access.ListArm;
import dev.freshet.access.ListCursor;
import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Components;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are asked for page by page. */
class PagedListsTest {
    private static final int USERS = Integer.getInteger("freshet.paging.users", 40);
    private static final Signer CURSORS = Site.SIGNER.derive(Signer.LIST_CURSOR);

    private long sequence;

    /** Items in five sections, each section read by a crowd of its own. */
    private static Site newspaper(int items) {
        Site site = new Site();
        Site.Put[] all = new Site.Put[items];
        for (int i = 0; i < items; i++) {
            all[i] = article("a" + i, "Story " + i + " of section " + i % 5, "section-" + i % 5);
        }
        site.put(all);
        for (int section = 0; section < 5; section++) {
            site.crowdReads(
                    3 + section, HOUR, "a" + section, "a" + (section + 5), "a" + (section + 10));
        }
        return site;
    }

    private static String body(String user, int count, String more) {
        return json("userId:'%s',count:%d%s".formatted(user, count, more));
    }

    private static String paged(String user, int count) {
        return body(user, count, ",paged:true");
    }

    private static String page(String user, int count, Recommendations before) {
        return body(user, count, ",paged:true,page:'" + before.next() + "'");
    }

    private static ListCursor cursor(Recommendations answer) {
        return ListCursor.open(Objects.requireNonNull(answer.next()), CURSORS).orElseThrow();
    }

    @Test
    void tenPagesHaveEachPlaceOnceWhileTheModelMoves() {
        Site site = newspaper(400);
        SplittableRandom random = new SplittableRandom(11);
        Set<String> deleted = new HashSet<>();
        int placesInAll = 0;
        for (int n = 0; n < USERS; n++) {
            String user = "reader-" + n;
            site.reads(user, HOUR, item(random), item(random));
            List<String> list = ids(site.recommender().recommend(Site.query(body(user, 100, ""))));
            Recommendations answer = site.recommend(paged(user, 10));
            List<String> expected = new ArrayList<>(list);
            List<String> got = new ArrayList<>();
            Set<String> hidden = new HashSet<>();
            for (int pages = 1; ; pages++) {
                expected.removeIf(deleted::contains);
                expected.removeIf(hidden::contains);
                List<String> due = expected.subList(0, Math.min(10, expected.size()));
                assertThat(ids(answer)).as("page %d of %s", pages, user).isEqualTo(due);
                assertThat(answer.items().getFirst().position()).isEqualTo(got.size() + 1);
                got.addAll(due);
                due.clear();
                happen(site, random);
                hide(site, user, expected, hidden, random);
                delete(site, expected, deleted, random);
                if (answer.next() == null) {
                    break;
                }
                answer = site.recommend(page(user, 10, answer));
            }
            expected.removeIf(deleted::contains);
            expected.removeIf(hidden::contains);
            assertThat(expected).as("missing from the pages of %s", user).isEmpty();
            assertThat(got).as("twice in the pages of %s", user).doesNotHaveDuplicates();
            placesInAll += got.size();
        }

        assertThat(deleted).isNotEmpty();
        assertThat(placesInAll).isGreaterThan(80 * USERS);
    }

    /** Other users view items: the model moves. */
    private void happen(Site site, SplittableRandom random) {
        List<Example> views = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            views.add(view("events/shardId-1", ++sequence, random.nextInt(200), item(random)));
        }
        site.learn(views);
    }

    private static String item(SplittableRandom random) {
        return "a" + random.nextInt(400);
    }

    private static void hide(
            Site site,
            String user,
            List<String> remaining,
            Set<String> hidden,
            SplittableRandom random) {
        if (!remaining.isEmpty() && random.nextInt(3) == 0) {
            String item = remaining.get(random.nextInt(remaining.size()));
            site.does(user, EventType.HIDE, Target.item(item), Duration.ZERO, null);
            hidden.add(item);
        }
    }

    private static void delete(
            Site site, List<String> remaining, Set<String> deleted, SplittableRandom random) {
        if (!remaining.isEmpty() && deleted.size() < 200 && random.nextInt(20) == 0) {
            String item = remaining.get(random.nextInt(remaining.size()));
            if (deleted.add(item)) {
                site.delete(item);
            }
        }
    }

    @Test
    void aFirstPageIsTheBeginningOfTheListThatWasRankedAsAWhole() {
        Site site = newspaper(60).reads("ana", HOUR, "a1");

        Recommendations whole = site.recommend(body("ana", 60, ""));
        Recommendations first = site.recommend(paged("ana", 7));

        assertThat(first.items()).isEqualTo(whole.items().subList(0, 7));
        assertThat(whole.next()).isNull();
    }

    @Test
    void laterPagesKeepThePlacesThatRulesGaveAndSayWhy() {
        Site site = newspaper(60);
        String rules =
                ",pins:[{itemId:'a57',position:2},{itemId:'a58',position:7}],"
                        + "promotions:[{filter:{field:'tags',contains:'section-4'},share:0.4}]";
        List<String> whole = ids(site.recommend(body("ana", 100, rules)));

        Recommendations first = site.recommend(body("ana", 5, ",paged:true" + rules));
        Recommendations second = site.recommend(page("ana", 5, first));

        assertThat(ids(first)).isEqualTo(whole.subList(0, 5));
        assertThat(ids(second)).isEqualTo(whole.subList(5, 10)).contains("a58");
        assertThat(Site.texts(first, "a57")).containsExactly("Selected by the site");
        assertThat(Site.texts(second, "a58")).containsExactly("Selected by the site");
        assertThat(second.items())
                .filteredOn(item -> Site.texts(second, item.itemId()).contains("Promoted"))
                .as("promoted items say so on later pages too")
                .isNotEmpty();
        assertThat(cursor(first).places().get(1).pinned()).isTrue();
    }

    @Test
    void theFilterOfANamedRuleHoldsOnLaterPagesAndItsPlacesDoNot() {
        Site site = newspaper(60);
        site.rule(
                "section",
                """
                {"filter":{"field":"tags","contains":"section-1"},
                 "pins":[{"itemId":"a56","position":1}]}
                """);
        Recommendations first = site.recommend(paged("ana", 5));
        List<String> rest = cursor(first).places().stream().map(ListCursor.Place::itemId).toList();

        Recommendations second =
                site.recommend(
                        body("ana", 5, ",rules:['section','nothing'],page:'" + first.next() + "'"));

        List<String> ofSection =
                rest.stream().filter(id -> Integer.parseInt(id.substring(1)) % 5 == 1).toList();
        assertThat(ids(second)).isEqualTo(ofSection.subList(0, 5));
        assertThat(second.degradedReasons()).contains("unknown-rule");
    }

    @Test
    void theTokensOfLaterPagesGoOnWithThePositions() {
        Site site = newspaper(60).reads("ana", HOUR, "a1");
        Recommender recommender = site.recommender();
        Recommendations first = recommender.recommend(Site.query(paged("ana", 7)));
        Recommendations second = recommender.recommend(Site.query(page("ana", 5, first)));

        assertThat(second.items())
                .extracting(RecommendedItem::position)
                .containsExactly(8, 9, 10, 11, 12);
        assertThat(token(first).first()).isZero();
        assertThat(token(first).itemIds()).isEqualTo(ids(first));
        assertThat(token(second).first()).isEqualTo(7);
        assertThat(token(second).itemIds()).isEqualTo(ids(second));
        assertThat(token(second).positionOf(ids(second).get(3))).isEqualTo(10);
        assertThat(token(second).recommendationId())
                .isEqualTo(second.recommendationId())
                .isNotEqualTo(first.recommendationId());
    }

    @Test
    void everyItemOfALaterPageHasAReasonAndTheScoreOfItsList() {
        Site site = newspaper(60).reads("ana", HOUR, "a1");
        Recommendations longer = site.recommend(paged("ana", 40));
        Recommendations second = site.recommend(page("ana", 20, site.recommend(paged("ana", 20))));

        assertThat(second.items()).hasSize(20).allMatch(item -> !item.reasons().isEmpty());
        assertThat(second.items())
                .extracting(RecommendedItem::itemId, RecommendedItem::score)
                .containsExactlyElementsOf(
                        longer.items().subList(20, 40).stream()
                                .map(item -> tuple(item.itemId(), item.score()))
                                .toList());
    }

    @Test
    void theArmsOfTheFirstPageAreThoseOfTheOthers() {
        Site site = newspaper(60).experiment(SiteFixture.experiment("exp", "l", 0.5, "", ""));
        Recommendations first = site.recommend(paged("ana", 10));
        List<ListArm> arms = token(first).arms();
        Recommendations second = site.recommend(page("ana", 10, first));
        Recommendations refusing =
                site.recommend(
                        body("ana", 10, ",consent:{analytics:false},page:'" + first.next() + "'"));

        assertThat(arms).hasSize(1);
        assertThat(token(second).arms()).isEqualTo(arms);
        assertThat(second.trace().arms()).isEqualTo(first.trace().arms());
        assertThat(token(refusing).arms()).isEmpty();
    }

    @Test
    void aShorterListHasNoFurtherPage() {
        assertThat(newspaper(15).recommend(paged("ana", 15)).next()).isNull();
    }

    @Test
    void aCursorOfAnotherUserOrPlacementIsRefused() {
        Site site = newspaper(60);
        Recommendations first = site.recommend(paged("ana", 10));

        refused(site, page("bea", 10, first), "page-of-another-list");
        String elsewhere = body("ana", 10, ",placement:'home',page:'" + first.next() + "'");
        refused(site, elsewhere, "page-of-another-list");
        String anonymous = page("ana", 10, first).replace("userId", "anonymousId");
        refused(site, anonymous, "page-of-another-list");
    }

    @Test
    void aCursorThatWasChangedAnywhereIsRefused() {
        Site site = newspaper(60);
        String next = Objects.requireNonNull(site.recommend(paged("ana", 50)).next());

        for (int at = 0; at < next.length(); at++) {
            String other = next.substring(0, at) + (next.charAt(at) == 'A' ? 'Q' : 'A');
            String changed = other + next.substring(at + 1);
            refused(site, body("ana", 10, ",page:'" + changed + "'"), "bad-page");
        }
        refused(site, body("ana", 10, ",page:''"), "bad-page");
        refused(site, body("ana", 10, ",page:'no cursor'"), "bad-page");
        String token = site.recommend(paged("ana", 50)).exposure();
        refused(site, body("ana", 10, ",page:'" + token + "'"), "bad-page");
    }

    @Test
    void aListEndsSixHoursAfterItsFirstPage() {
        Site site = newspaper(60);
        ListCursor list = cursor(site.recommend(paged("ana", 10)));

        assertThat(list.expired(list.issuedAt().plus(ListCursor.VALID_FOR))).isFalse();
        refused(site, pageOf(issuedAt(list, NOW.minus(Duration.ofHours(7)))), "page-expired");
        assertThat(site.recommend(pageOf(issuedAt(list, NOW.minus(Duration.ofHours(5))))).items())
                .hasSize(10);
    }

    private static ListCursor issuedAt(ListCursor list, Instant time) {
        return Components.with(list, "issuedAt", time);
    }

    private static String pageOf(ListCursor list) {
        return body("ana", 10, ",page:'" + list.seal(CURSORS) + "'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListEndsWithTheConsentThatShapedItAndWithTheErasureOfItsUser(boolean erased) {
        Site site = newspaper(60);
        Recommendations first = site.recommend(paged("ana", 10));

        Consent refusal = new Consent(false, true);
        site.profile("ana", List.of(), erased ? null : refusal, erased ? NOW : null);

        refused(site, page("ana", 10, first), "page-withdrawn");
    }

    @Test
    void withoutTheSecretThereIsAFirstPageAndALaterOneIsAskedForAgain() {
        Site site = newspaper(60);
        Recommendations before = site.recommend(paged("ana", 10));
        Recommender without = site.recommender(site.interactions, site.users, NO_SECRET);

        Recommendations first = without.recommend(Site.query(paged("ana", 10)));
        assertThat(first.items()).hasSize(10);
        assertThat(first.next()).isNull();
        assertThat(first.degradedReasons()).contains("paging-unavailable");
        assertThatThrownBy(() -> without.recommend(Site.query(page("ana", 10, before))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static void refused(Site site, String body, String code) {
        assertThatThrownBy(() -> site.recommend(body))
                .isInstanceOfSatisfying(
                        InvalidQueryException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
