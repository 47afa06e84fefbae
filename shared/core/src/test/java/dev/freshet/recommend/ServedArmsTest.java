package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.list;
import static dev.freshet.testkit.Site.NOW;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.ranking.Ranking;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of users who are in experiments. */
class ServedArmsTest {
    private static final ShardPosition RECORD = new ShardPosition("events/0", BigInteger.ONE);
    private static final Enrolments IN_OTHER =
            Enrolments.NONE.shown(
                    List.of(new ListArm("a", "a-1", "other")), RECORD, NOW, List.of());
    private static final ShardPosition AFTER = new ShardPosition("events/0", BigInteger.TEN);
    private static final String ANA = "{\"userId\":\"ana\",\"diversity\":0}";

    /**
     * Football and cooking, each read by its own crowd, cooking by the larger one; ana reads
     * football.
     */
    private static Site newspaper() {
        return SiteFixture.newspaper(3, 4, 12).reads("ana", MINUTE, "f1");
    }

    /** Returns the newspaper with an experiment whose second arm has nearly all users. */
    private static Site newspaper(String arm) {
        return newspaper().experiment(experiment("a", arm));
    }

    /** An experiment in which everybody is in the second arm but for one in a hundred. */
    private static String experiment(String id, String arm) {
        return SiteFixture.experiment(id, "layer-" + id, 0.99, "", arm);
    }

    /** An experiment in whose arms there are as many users. */
    private static String half(String arm) {
        return SiteFixture.experiment("a", "layer", 0.5, "", arm);
    }

    private static final String ONLY_COOKING = ",filter:{field:'tags',contains:'cooking'}";

    @Test
    void anExperimentWhoseArmsChangeNothingLeavesEveryListAsItWas() {
        Site without = newspaper();
        Site with = newspaper().experiment(experiment("a", "")).experiment(experiment("b", ""));

        for (String query : List.of(ANA, "{\"userId\":\"new\"}", "{}", "{\"anonymousId\":\"x\"}")) {
            assertThat(with.recommend(query).items()).isEqualTo(without.recommend(query).items());
        }
    }

    @Test
    void anArmChangesTheListsOfItsUsersAndOfNobodyElse() {
        Site site = newspaper().experiment(half(ONLY_COOKING));
        int cooking = 0;
        for (int i = 0; i < 200; i++) {
            List<String> list = list(site, "userId:'u" + i + "'");
            boolean only = list.stream().allMatch(id -> id.startsWith("c"));
            assertThat(only || list.stream().anyMatch(id -> id.startsWith("f"))).isTrue();
            cooking += only ? 1 : 0;
        }

        assertThat(cooking).isBetween(70, 130);
    }

    @Test
    void theFactorAndTheBoostOfAnArmMoveItsItems() {
        assertThat(ids(newspaper().recommend(ANA)).getFirst()).startsWith("f");

        String boost = "{when:{field:'tags',contains:'cooking'},factor:10}";
        Site boosted = newspaper(",boost:[%s,%s]".formatted(boost, boost));
        assertThat(ids(boosted.recommend(ANA)).getFirst()).startsWith("c");

        Site scaled =
                newspaper(
                        ",weights:{'co-occurrence':0,content:0,'next-item':0,followed:0,factors:0}");
        assertThat(ids(scaled.recommend(ANA)).getFirst()).startsWith("c");
    }

    @Test
    void theTemperatureOfAnArmDrawsItsListsAndTellsThePolicy() {
        Site site = newspaper(",exploration:{policy:'plackett-luce',temperature:1}");
        Recommender recommender = site.recommender();

        List<Recommendations> answers =
                IntStream.range(0, 20)
                        .mapToObj(i -> recommender.recommend(Site.query(ANA)))
                        .toList();

        assertThat(answers).allMatch(answer -> answer.trace().policy().equals("plackett-luce"));
        assertThat(answers.stream().map(Site::ids).distinct()).hasSizeGreaterThan(1);
        assertThat(newspaper().recommend(ANA).trace().policy()).isEqualTo(Ranking.BEST_FIRST);
    }

    @Test
    void theFiltersOfTheRequestAndOfEveryArmHoldTogether() {
        Site site =
                newspaper(ONLY_COOKING)
                        .experiment(experiment("b", ",filter:{not:{field:'itemId',is:'c2'}}"));

        Recommendations answer = ask(site, "userId:'ana',filter:{not:{field:'itemId',is:'c3'}}");

        assertThat(ids(answer)).containsExactly("c1");
    }

    @Test
    void anExperimentIsAboutTheRequestsThatItTargets() {
        String home = "target:{placements:['home']},";
        Site site =
                newspaper().experiment(SiteFixture.experiment("a", "l", 0.99, home, ONLY_COOKING));

        assertThat(list(site, "userId:'ana',placement:'home'")).allMatch(id -> id.startsWith("c"));
        assertThat(list(site, "userId:'ana',placement:'footer'"))
                .anyMatch(id -> id.startsWith("f"));
    }

    @Test
    void theHoldoutGetsPopularItemsThatAreTheSameForAll() {
        Site site =
                newspaper()
                        .experiment(
                                """
                                {"id":"worth","version":1,"status":"running","layer":"holdout",
                                 "salt":"worth-1","plannedUsers":1000,
                                 "arms":[{"id":"personalised","weight":0.95},
                                         {"id":"popular","weight":0.05,"strategy":"popular"}],
                                 "metrics":{"primary":"clicksPerUser"}}
                                """)
                        .experiment(experiment("a", ONLY_COOKING));
        String held =
                IntStream.range(0, 500)
                        .mapToObj(i -> "u" + i)
                        .filter(user -> list(site, "userId:'" + user + "'").contains("f2"))
                        .findFirst()
                        .orElseThrow();
        String question = "{\"userId\":\"" + held + "\",\"itemId\":\"f2\"}";
        List<String> before = ids(site.recommend(question));

        site.reads(held, MINUTE, "f1");

        assertThat(before.subList(0, 3)).containsExactlyInAnyOrder("c1", "c2", "c3");
        assertThat(ids(site.recommend(question)))
                .as("but for the item that was read")
                .isEqualTo(before.stream().filter(id -> !id.equals("f1")).toList());
    }

    @Test
    void anArmOfPopularItemsIsExplainedByItsOrder() {
        Site site = newspaper(",strategy:'popular'");

        RequestExplanation explained =
                site.recommender().explain(new ExplanationQuery(Site.query(ANA), "f2", null));

        assertThat(explained.answer().trace().arms()).containsExactly("a:other");
        assertThat(explained.best().getFirst().itemId()).startsWith("c");
        assertThat(explained.best())
                .allMatch(candidate -> candidate.parts().signals().isEmpty())
                .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        assertThat(Objects.requireNonNull(explained.item()).verdict())
                .isEqualTo(RequestExplanation.Verdict.SHOWN);
    }

    @Test
    void whoRefusesAnalyticsGetsTheControl() {
        Site site = newspaper(ONLY_COOKING);

        assertThat(list(site, "userId:'ana',consent:{analytics:false}"))
                .anyMatch(id -> id.startsWith("f"));
        assertThat(ids(site.recommend(ANA))).allMatch(id -> id.startsWith("c"));

        site.profile("ana", List.of(), new Consent(true, false), null);

        assertThat(ids(site.recommend(ANA))).anyMatch(id -> id.startsWith("f"));
    }

    @Test
    void whoSignsInStaysInTheArmOfTheAnonymousIdWhateverTheHashOfTheUser() {
        Site site = newspaper().experiment(half(ONLY_COOKING));
        String visitor = inArm(site, "anonymousId", "anon-", "other");
        String user = inArm(site, "userId", "user-", "control");
        site.profile(UserProfile.absent(visitor).enrolled(IN_OTHER));
        String both = "userId:'%s',anonymousId:'%s'".formatted(user, visitor);

        assertThat(ask(site, both).trace().arms())
                .as("before the alias is processed")
                .containsExactly("a:other");

        site.profile(
                UserProfile.absent(user)
                        .withAliases(List.of(visitor))
                        .enrolled(Enrolments.NONE.joinedBy(IN_OTHER, AFTER)));
        assertThat(ask(site, "userId:'" + user + "'").trace().arms())
                .as("after it")
                .containsExactly("a:other");
    }

    @Test
    void anIdThatBelongsToAnotherUserLendsNoArm() {
        Site site = newspaper().experiment(half(ONLY_COOKING));
        String user = inArm(site, "userId", "user-", "control");
        site.profile(UserProfile.absent("anon-1").aliasOf("bob").enrolled(IN_OTHER));

        assertThat(ask(site, "userId:'" + user + "',anonymousId:'anon-1'").trace().arms())
                .containsExactly("a:control");
    }

    /** Returns an id that the hash puts into an arm of the experiment {@code a}. */
    private static String inArm(Site site, String member, String prefix, String arm) {
        for (int i = 0; i < 100; i++) {
            String question = "%s:'%s'".formatted(member, prefix + i);
            if (ask(site, question).trace().arms().contains("a:" + arm)) {
                return prefix + i;
            }
        }
        throw new AssertionError("none of 100 ids is in arm " + arm);
    }

    @Test
    void theTokenNamesTheArmsInTheOrderOfTheirExperiments() {
        Site site = newspaper().experiment(experiment("b", "")).experiment(experiment("a", ""));

        Recommendations answer = site.recommend(ANA);

        assertThat(arms(answer))
                .containsExactly(
                        new ListArm("a", "a-1", "other"), new ListArm("b", "b-1", "other"));
        assertThat(answer.trace().arms()).containsExactly("a:other", "b:other");
    }

    @Test
    void theTokenOfWhoRefusesAnalyticsNamesNoArm() {
        Site site = newspaper("");

        Recommendations answer = ask(site, "userId:'ana',consent:{analytics:false}");

        assertThat(arms(answer)).isEmpty();
        assertThat(answer.trace().arms()).isEmpty();
        assertThat(arms(ask(site, ""))).isEmpty();
    }

    private static List<ListArm> arms(Recommendations answer) {
        return ExposureToken.reopen(answer.exposure()).orElseThrow().arms();
    }

    @Test
    void aDefinitionThatCannotBeReadIsLeftOutAndTheOthersAreServed() {
        Site site = newspaper().experiment(experiment("b", ONLY_COOKING));
        site.learn(
                List.of(
                        new Definition(
                                "a",
                                1,
                                new Phase(true, "a-1", 60, null),
                                "{\"of\":\"a later release\"}")));

        assertThat(ids(site.recommend(ANA))).allMatch(id -> id.startsWith("c"));
    }

    @Test
    void nobodyAndWhoRefusesPersonalisationAreInNoExperiment() {
        Site site = newspaper(ONLY_COOKING);

        assertThat(list(site, "")).anyMatch(id -> id.startsWith("f"));
        assertThat(list(site, "userId:'ana',consent:{personalisation:false}"))
                .anyMatch(id -> id.startsWith("f"));
    }
}
