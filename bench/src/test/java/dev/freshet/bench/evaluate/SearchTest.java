package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Search.Tried;
import dev.freshet.model.settings.BasketSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SearchTest {
    /** Returns a figure that grows with the sum of the exponents. */
    private static Entry trial(BasketSettings settings) {
        LinkedHashMap<String, Double> figures = new LinkedHashMap<>();
        figures.put("recall@10", settings.sourceExponent() + settings.targetExponent());
        return new Entry("blend", Scoreboard.Kind.BLEND, figures, new LinkedHashMap<>(), List.of());
    }

    @Test
    void aPointConvertsToItsSettings() {
        assertThat(SearchSpace.at(SearchSpace.of(BasketSettings.DEFAULT)))
                .isEqualTo(BasketSettings.DEFAULT);
    }

    @Test
    void eachParameterIsTheComponentOfItsName() {
        double[] point = DoubleStream.iterate(0.01, value -> value + 0.01).limit(11).toArray();
        point[3] = 4;
        String text = SearchSpace.at(point).toString();
        for (int parameter = 0; parameter < point.length; parameter++) {
            String value = String.valueOf(point[parameter]).replace("4.0", "4");
            assertThat(text)
                    .contains(
                            SearchSpace.ALL.get(parameter).name()
                                    + "="
                                    + value
                                    + (parameter < 10 ? "," : "]"));
        }
    }

    @Test
    void theSearchImprovesAndTriesNoPointTwice() {
        Search search = new Search(SearchTest::trial, "recall@10");
        List<Tried> tried = search.run(BasketSettings.DEFAULT, 60, 1, done -> {});

        assertThat(tried).hasSize(60);
        assertThat(tried.stream().map(one -> Arrays.toString(one.point()))).doesNotHaveDuplicates();
        assertThat(
                        SearchSpace.between(
                                tried.getFirst().point(), SearchSpace.of(BasketSettings.DEFAULT)))
                .isEmpty();
        assertThat(search.best(tried).point()[0]).isEqualTo(0.75);
        assertThat(search.best(tried).point()[1]).isEqualTo(0.4);
    }

    @Test
    void equalSeedsTryEqualPoints() {
        Search search = new Search(SearchTest::trial, "recall@10");

        assertThat(places(search.run(BasketSettings.DEFAULT, 20, 3, done -> {})))
                .isEqualTo(places(search.run(BasketSettings.DEFAULT, 20, 3, done -> {})))
                .isNotEqualTo(places(search.run(BasketSettings.DEFAULT, 20, 4, done -> {})));
    }

    @Test
    void thePresentSettingsAreBestIfNoneIsBetter() {
        Search search =
                new Search(
                        settings ->
                                trial(
                                        settings.equals(BasketSettings.DEFAULT)
                                                ? new BasketSettings(
                                                        2, 2, 1, 1, 1, 0, 0, 0, 1, 0, 1)
                                                : settings),
                        "recall@10");
        List<Tried> tried = search.run(BasketSettings.DEFAULT, 10, 1, done -> {});

        assertThat(search.best(tried)).isSameAs(tried.getFirst());
        assertThat(new Tuning("csv", "On.", tried, search.best(tried), 1).text())
                .contains("The present settings are the best that were tried.");
    }

    private static List<String> places(List<Tried> tried) {
        return tried.stream().map(one -> Arrays.toString(one.point())).toList();
    }
}
