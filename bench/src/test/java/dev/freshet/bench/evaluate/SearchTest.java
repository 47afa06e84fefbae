package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.evaluate.Search.Tried;
import dev.freshet.model.settings.BasketSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTest {
    /** Returns a figure that grows with the sum of the exponents. */
    private static Entry trial(BasketSettings settings) {
        LinkedHashMap<String, Double> figures = new LinkedHashMap<>();
        figures.put("recall@10", settings.sourceExponent() + settings.targetExponent());
        return new Entry("blend", Method.Kind.BLEND, figures, new LinkedHashMap<>(), List.of());
    }

    @Test
    void aPointHasTheParametersOfTheSpaceAndConvertsToItsSettings() {
        Map<String, Double> point = Search.point(BasketSettings.DEFAULT);

        assertThat(point.keySet()).containsExactlyElementsOf(Search.SPACE.keySet());
        assertThat(point).containsEntry("sizeExponent", 0.8).containsEntry("nextDecay", 0.8);
        assertThat(Search.settings(point)).isEqualTo(BasketSettings.DEFAULT);
    }

    @Test
    void theSearchImprovesAndTriesNoPointTwice() {
        Search search = new Search(SearchTest::trial);
        List<Tried> tried = search.run(BasketSettings.DEFAULT, 60, 1, done -> {});

        assertThat(tried).hasSize(60);
        assertThat(tried.stream().map(one -> one.point())).doesNotHaveDuplicates();
        assertThat(Search.between(tried.getFirst().point(), Search.point(BasketSettings.DEFAULT)))
                .isEmpty();
        assertThat(Search.best(tried).point().get("sourceExponent")).isEqualTo(0.75);
        assertThat(Search.best(tried).point().get("targetExponent")).isEqualTo(0.4);
    }

    @Test
    void equalSeedsTryEqualPoints() {
        Search search = new Search(SearchTest::trial);

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
                                                ? new BasketSettings(2, 2, 1, 1, 0, 0, 0, 1, 0, 1)
                                                : settings));
        List<Tried> tried = search.run(BasketSettings.DEFAULT, 10, 1, done -> {});

        assertThat(Search.best(tried)).isSameAs(tried.getFirst());
        assertThat(new Tuning.Result(new Tuning("csv", "On.", search.trial(), 1), tried).text())
                .contains("The present settings are the best that were tried.");
    }

    private static List<Map<String, Double>> places(List<Tried> tried) {
        return tried.stream().map(Tried::point).toList();
    }
}
