package dev.freshet.recommend;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.testkit.Site;
import org.junit.jupiter.api.Test;

/** Shadows of experiments, which are evaluated on the lists of users of its arms. */
class ServedShadowsTest {
    private static final String QUERY = "{\"userId\":\"ana\",\"count\":4,\"diversity\":0}";

    private static Site newspaper() {
        Site site = new Site();
        for (int i = 0; i < 20; i++) {
            site.put(article("a" + i, "Title " + i, i % 2 == 0 ? "even" : "odd"));
        }
        return site;
    }

    /** An experiment that draws all lists, but for one user in a hundred. */
    private static String experiment(String id, double temperature, String shadows) {
        return """
               {"id":"%s","version":1,"status":"running","layer":"%s","salt":"%s-1",
                "plannedUsers":1000,"shadows":[%s],
                "arms":[{"id":"control","weight":0.01},
                        {"id":"drawn","weight":0.99,
                         "exploration":{"policy":"plackett-luce","temperature":%s}}],
                "metrics":{"primary":"listCtr"}}
               """
                .formatted(id, id, id, shadows, temperature);
    }

    private static String shadow(String id, String change) {
        return "{\"id\":\"" + id + "\"" + change + "}";
    }

    private static final String EVEN = ",\"filter\":{\"field\":\"tags\",\"contains\":\"even\"}";

    private static final String AS_DRAWN =
            ",\"exploration\":{\"policy\":\"plackett-luce\",\"temperature\":0.5}";

    private static ExposureToken token(Site site) {
        return ExposureToken.open(site.recommend(QUERY).exposure(), Site.SIGNER).orElseThrow();
    }

    @Test
    void aDrawnListSaysWhatEachShadowWouldHaveDrawnMoreOften() {
        String shadows = shadow("same", AS_DRAWN) + "," + shadow("even", EVEN);
        ExposureToken token = token(newspaper().experiment(experiment("exp", 0.5, shadows)));

        assertThat(token.shadows())
                .containsExactly(
                        new ListArm("exp", "exp-1", "same"), new ListArm("exp", "exp-1", "even"));
        assertThat(token.items()).hasSize(4).allMatch(ExposureToken.Shown::drawn);
        for (ExposureToken.Shown shown : token.items()) {
            boolean even = Integer.parseInt(shown.itemId().substring(1)) % 2 == 0;
            assertThat(Math.abs(shown.logRatios().get(0))).isLessThan(1e-5f);
            assertThat(Float.isInfinite(shown.logRatios().get(1))).isEqualTo(!even);
        }
    }

    @Test
    void aListThatIsNotDrawnSaysNothingAboutShadows() {
        ExposureToken token =
                token(newspaper().experiment(experiment("exp", 0, shadow("same", AS_DRAWN))));

        assertThat(token.arms()).hasSize(1);
        assertThat(token.shadows()).isEmpty();
        assertThat(token.items()).noneMatch(ExposureToken.Shown::drawn);
    }

    @Test
    void ofMoreShadowsTheFirstTwoAreEvaluated() {
        Site site =
                newspaper()
                        .experiment(experiment("b", 0.5, shadow("x", "") + "," + shadow("y", "")))
                        .experiment(experiment("a", 0.5, shadow("z", "")));

        assertThat(token(site).shadows()).extracting(ListArm::label).containsExactly("a:z", "b:x");
    }

    @Test
    void shadowsDoNotChangeTheList() {
        Site without = newspaper().experiment(experiment("exp", 0.5, ""));
        Site with = newspaper().experiment(experiment("exp", 0.5, shadow("even", EVEN)));

        assertThat(with.recommend(QUERY).items()).isEqualTo(without.recommend(QUERY).items());
    }
}
