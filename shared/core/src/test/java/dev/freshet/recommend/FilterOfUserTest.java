package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.down;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.recommend.SiteFixture.list;
import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.recommend.SiteFixture.similar;
import static dev.freshet.recommend.SiteFixture.stating;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.profile.Users;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Filters that ask about the user whom the list is for. */
class FilterOfUserTest {
    private static final String MY_SIZE = "filter:{field:'attributes.size',is:{user:'size'}}";
    private static final String BOUGHT = "{interacted:{types:['purchase'],within:'P30D'}}";

    private static Site shop() {
        return new Site()
                .put(
                        article("small", "Shirt").attribute("size", AttributeValue.of("S")),
                        article("large", "Coat").attribute("size", AttributeValue.of("L")),
                        article("any", "Scarf"));
    }

    @Test
    void aConditionComparesWithTheAttributeOfTheUserWhoAsks() {
        Site site = shop();
        site.profile(stating("ana", Map.of("size", AttributeValue.of("L")), null));
        site.profile(stating("ben", Map.of("size", AttributeValue.of("S")), null));

        assertThat(list(site, "userId:'ana'," + MY_SIZE)).containsExactly("large");
        assertThat(list(site, "userId:'ben'," + MY_SIZE)).containsExactly("small");
    }

    @Test
    void withoutTheAttributeTheConditionDoesNotHoldAndItsNegationDoes() {
        Site site = shop();

        assertThat(list(site, "userId:'new'," + MY_SIZE)).isEmpty();
        String others = "filter:{not:{field:'attributes.size',is:{user:'size'}}}";
        assertThat(list(site, "userId:'new'," + others))
                .containsExactlyInAnyOrder("small", "large", "any");
    }

    @Test
    void aListOfTheUserMeansAnyOfItsEntries() {
        Site site = shop();
        site.profile(stating("ana", Map.of("sizes", AttributeValue.of(List.of("S", "L"))), null));

        assertThat(list(site, "userId:'ana',filter:{field:'attributes.size',in:{user:'sizes'}}"))
                .containsExactlyInAnyOrder("small", "large");
    }

    @Test
    void aRequestOfNobodySaysThatItsFilterAsksAboutAUser() {
        Recommendations answer = ask(shop(), MY_SIZE);

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).containsExactly("user-unknown");
    }

    @Test
    void aBoostThatAsksAboutTheUserSaysSoToo() {
        Recommendations answer = ask(shop(), "boost:[{when:" + BOUGHT + ",factor:2}]");

        assertThat(answer.items()).hasSize(3);
        assertThat(answer.degradedReasons()).containsExactly("user-unknown");
    }

    @Test
    void aUserWhoRefusesPersonalisationIsNotAskedForAttributes() {
        Site site = shop();
        site.profile(
                stating("ana", Map.of("size", AttributeValue.of("L")), new Consent(false, true)));

        Recommendations answer = ask(site, "userId:'ana'," + MY_SIZE);

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).containsExactly("user-unknown");
    }

    @Test
    void aLateProfileLeavesAttributesUnknownAndIsNamed() {
        Site site = shop().reads("ana", MINUTE, "any");
        Recommendations answer =
                site.recommender(site.interactions, down(Users.class, site.users))
                        .recommend(Site.query(json("userId:'ana'," + MY_SIZE)));

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).contains("profile-unavailable");
    }

    @Test
    void whatWasBoughtLatelyIsLeftOutAndComesBackAfterThePeriod() {
        Site site = shop();
        site.does("ana", EventType.PURCHASE, Target.item("small"), Duration.ofDays(29), null);
        site.does("ana", EventType.PURCHASE, Target.item("large"), Duration.ofDays(31), null);
        site.does("ana", EventType.VIEW, Target.item("any"), Duration.ofDays(1), null);

        assertThat(list(site, "userId:'ana',repeats:'always',filter:{not:" + BOUGHT + "}"))
                .containsExactlyInAnyOrder("large", "any");
        assertThat(list(site, "userId:'ana',repeats:'always',filter:" + BOUGHT))
                .containsExactly("small");
    }

    @Test
    void theSessionOfTheRequestCountsAsInteractions() {
        String session = "session:{items:[{itemId:'any',type:'purchase'}]}";
        String question = "userId:'ana',repeats:'always'," + session + ",filter:" + BOUGHT;
        assertThat(list(shop(), question)).containsExactly("any");
    }

    @Test
    void similarAndTrendingItemsTakeTheSameFilters() {
        Site site = shop();
        site.profile(stating("ana", Map.of("size", AttributeValue.of("L")), null));
        String filter = "{\"field\":\"attributes.size\",\"is\":{\"user\":\"size\"}}";

        assertThat(ids(similar(site, "any", Map.of("userId", "ana", "filter", filter))))
                .containsExactly("large");
        assertThat(named(site, NamedList.TRENDING, Map.of("filter", filter)).degradedReasons())
                .containsExactly("user-unknown");
    }
}
