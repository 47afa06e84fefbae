package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.testkit.Site;
import org.junit.jupiter.api.Test;

class DiversifierTest {
    private final Model model =
            new Site()
                    .put(
                            article("a1", "red apple", "fruit"),
                            article("a2", "red apple", "fruit"),
                            article("b", "blue whale", "sea"),
                            article("v1", "green tea", "drink").group("tea"),
                            article("v2", "black tea", "drink").group("tea"))
                    .model();

    @Test
    void withoutDiversityTheOrderIsThatOfTheScores() {
        assertThat(Diversifier.choose(model, ranked("a1", "a2", "b"), 3, 0, ResolvedRules.NONE))
                .containsExactly(0, 1, 2);
    }

    @Test
    void theBestStaysFirstAndItsTwinFallsBehindWhatIsDifferent() {
        assertThat(Diversifier.choose(model, ranked("a1", "a2", "b"), 3, 0.7, ResolvedRules.NONE))
                .containsExactly(0, 2, 1);
    }

    @Test
    void ofAGroupOnlyTheBestIsChosen() {
        assertThat(Diversifier.choose(model, ranked("v2", "v1", "b"), 3, 0, ResolvedRules.NONE))
                .containsExactly(0, 2);
    }

    @Test
    void nothingRankedIsNothingChosen() {
        assertThat(Diversifier.choose(model, ItemScores.NONE, 5, 0.5, ResolvedRules.NONE))
                .isEmpty();
    }

    @Test
    void equalScoresLeaveEverythingInReach() {
        ItemScores equal = new ItemScores(ranked("a1", "b").items(), new float[] {1, 1});

        assertThat(Diversifier.choose(model, equal, 2, 1, ResolvedRules.NONE)).hasSize(2);
    }

    @Test
    void variantsDoNotCostPlacesThatOthersFurtherDownCouldFill() {
        Site site = new Site();
        for (int i = 0; i < 40; i++) {
            site.put(article("v" + i, "tea " + i).group("tea"));
        }
        site.put(article("other", "whale"));
        int size = site.model().items().size();
        int[] items = new int[size];
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            items[i] = i;
            scores[i] = -i;
        }

        int[] chosen =
                Diversifier.choose(
                        site.model(), new ItemScores(items, scores), 2, 0.2, ResolvedRules.NONE);

        assertThat(chosen).containsExactly(0, size - 1);
    }

    @Test
    void likenessIsOneForTheSameWordsAndTagsAndZeroForNothingInCommon() {
        assertThat(DiversePool.likeness(model, index("a1"), index("a2")))
                .isCloseTo(1, within(1e-4f));
        assertThat(DiversePool.likeness(model, index("a1"), index("b"))).isZero();
    }

    private ItemScores ranked(String... ids) {
        int[] items = new int[ids.length];
        float[] scores = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            items[i] = index(ids[i]);
            scores[i] = ids.length - i;
        }
        return new ItemScores(items, scores);
    }

    private int index(String id) {
        return model.items().index(id);
    }
}
