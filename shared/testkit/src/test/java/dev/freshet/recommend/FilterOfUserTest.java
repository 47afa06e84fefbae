package dev.freshet.recommend;

import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.QueryReader;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Filters that ask about the user whom the list is for. */
class FilterOfUserTest {
    private static final String MY_SIZE =
            "\"filter\":{\"field\":\"attributes.size\",\"is\":{\"user\":\"size\"}}";
    private static final String BOUGHT =
            "{\"interacted\":{\"types\":[\"purchase\"],\"within\":\"P30D\"}}";

    private static Site shop() {
        return new Site()
                .put(
                        article("small", "Shirt").attribute("size", AttributeValue.of("S")),
                        article("large", "Coat").attribute("size", AttributeValue.of("L")),
                        article("any", "Scarf"));
    }

    private static UserProfile profile(String id, Map<String, AttributeValue> attributes) {
        return UserProfile.absent(id).with(new UserProfile.Stated(attributes, null));
    }

    private static StoreUnavailableException down() {
        return new StoreUnavailableException("Users", new IOException("down"));
    }

    @Test
    void aConditionComparesWithTheAttributeOfTheUserWhoAsks() {
        Site site = shop();
        site.profile(profile("ana", Map.of("size", AttributeValue.of("L"))));
        site.profile(profile("ben", Map.of("size", AttributeValue.of("S"))));

        assertThat(ids(site.recommend("{\"userId\":\"ana\"," + MY_SIZE + "}")))
                .containsExactly("large");
        assertThat(ids(site.recommend("{\"userId\":\"ben\"," + MY_SIZE + "}")))
                .containsExactly("small");
    }

    @Test
    void withoutTheAttributeTheConditionDoesNotHoldAndItsNegationDoes() {
        Site site = shop();

        assertThat(ids(site.recommend("{\"userId\":\"new\"," + MY_SIZE + "}"))).isEmpty();
        assertThat(
                        ids(
                                site.recommend(
                                        "{\"userId\":\"new\",\"filter\":{\"not\":{\"field\":\"attributes.size\",\"is\":{\"user\":\"size\"}}}}")))
                .containsExactlyInAnyOrder("small", "large", "any");
    }

    @Test
    void aListOfTheUserMeansAnyOfItsEntries() {
        Site site = shop();
        site.profile(profile("ana", Map.of("sizes", AttributeValue.of(List.of("S", "L")))));

        assertThat(
                        ids(
                                site.recommend(
                                        "{\"userId\":\"ana\",\"filter\":{\"field\":\"attributes.size\",\"in\":{\"user\":\"sizes\"}}}")))
                .containsExactlyInAnyOrder("small", "large");
    }

    @Test
    void aRequestOfNobodySaysThatItsFilterAsksAboutAUser() {
        Recommendations answer = shop().recommend("{" + MY_SIZE + "}");

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).containsExactly("user-unknown");
    }

    @Test
    void aBoostThatAsksAboutTheUserSaysSoToo() {
        Recommendations answer =
                shop().recommend("{\"boost\":[{\"when\":" + BOUGHT + ",\"factor\":2}]}");

        assertThat(answer.items()).hasSize(3);
        assertThat(answer.degradedReasons()).containsExactly("user-unknown");
    }

    @Test
    void aUserWhoRefusesPersonalisationIsNotAskedForAttributes() {
        Site site = shop();
        site.profile(
                UserProfile.absent("ana")
                        .with(
                                new UserProfile.Stated(
                                        Map.of("size", AttributeValue.of("L")),
                                        new Consent(false, true))));

        Recommendations answer = site.recommend("{\"userId\":\"ana\"," + MY_SIZE + "}");

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).containsExactly("user-unknown");
    }

    @Test
    void aLateProfileLeavesAttributesUnknownAndIsNamed() {
        Site site = shop().reads("ana", Duration.ofMinutes(1), "any");
        Recommendations answer =
                site.recommender(
                                site.interactions,
                                new Users() {
                                    @Override
                                    public UserProfile get(String userId) {
                                        throw down();
                                    }

                                    @Override
                                    public Map<String, UserProfile> getAll(Set<String> userIds) {
                                        throw down();
                                    }

                                    @Override
                                    public boolean put(UserProfile changed) {
                                        throw down();
                                    }
                                })
                        .recommend(Site.query("{\"userId\":\"ana\"," + MY_SIZE + "}"));

        assertThat(answer.items()).isEmpty();
        assertThat(answer.degradedReasons()).contains("profile-unavailable");
    }

    @Test
    void whatWasBoughtLatelyIsLeftOutAndComesBackAfterThePeriod() {
        Site site = shop();
        site.does("ana", EventType.PURCHASE, Target.item("small"), Duration.ofDays(29), null);
        site.does("ana", EventType.PURCHASE, Target.item("large"), Duration.ofDays(31), null);
        site.does("ana", EventType.VIEW, Target.item("any"), Duration.ofDays(1), null);

        assertThat(
                        ids(
                                site.recommend(
                                        "{\"userId\":\"ana\",\"repeats\":\"always\",\"filter\":{\"not\":"
                                                + BOUGHT
                                                + "}}")))
                .containsExactlyInAnyOrder("large", "any");
        assertThat(
                        ids(
                                site.recommend(
                                        "{\"userId\":\"ana\",\"repeats\":\"always\",\"filter\":"
                                                + BOUGHT
                                                + "}")))
                .containsExactly("small");
    }

    @Test
    void theSessionOfTheRequestCountsAsInteractions() {
        assertThat(
                        ids(
                                shop().recommend(
                                                "{\"userId\":\"ana\",\"repeats\":\"always\",\"session\":{\"items\":[{\"itemId\":\"any\",\"type\":\"purchase\"}]},\"filter\":"
                                                        + BOUGHT
                                                        + "}")))
                .containsExactly("any");
    }

    @Test
    void similarAndTrendingItemsTakeTheSameFilters() {
        Site site = shop();
        site.profile(profile("ana", Map.of("size", AttributeValue.of("L"))));
        String filter = "{\"field\":\"attributes.size\",\"is\":{\"user\":\"size\"}}";

        assertThat(
                        ids(
                                site.recommender()
                                        .recommend(
                                                QueryReader.similar(
                                                        "any",
                                                        Map.of("userId", "ana", "filter", filter),
                                                        null))))
                .containsExactly("large");
        assertThat(
                        site.recommender()
                                .recommend(
                                        QueryReader.list(
                                                NamedList.TRENDING, Map.of("filter", filter), null))
                                .degradedReasons())
                .containsExactly("user-unknown");
    }
}
