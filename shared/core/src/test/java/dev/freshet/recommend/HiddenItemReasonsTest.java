package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.TrendingSignals;
import dev.freshet.ranking.Reason;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An item whose interactions are hidden is ranked as a new one, and no reason says otherwise. */
class HiddenItemReasonsTest {
    private static Example.ItemChanged fresh() {
        Item item =
                Examples.article(
                        "fresh", List.of("news"), null, Site.NOW.minus(Duration.ofMinutes(5)));
        return new Example.ItemChanged(item, Map.of(), Site.NOW);
    }

    @Test
    void aFreshItemOfOnePersonIsSaidToBeNewAndNotToTrend() {
        Site site = new Site(Model.empty(ModelSettings.DEFAULT.withKAnonymity(3)));
        for (int n = 0; n < 10; n++) {
            site.put(Site.article("old-" + n, "Story number " + n, "news"));
        }
        site.learn(List.of(fresh()));
        site.reads("ann", Duration.ofMinutes(4), "fresh");

        RecommendedItem first = ask(site, "count:10").items().getFirst();

        assertThat(first.itemId()).isEqualTo("fresh");
        assertThat(first.reasons())
                .extracting(Reason::source)
                .contains(NewItemSignals.SOURCE)
                .doesNotContain(TrendingSignals.SOURCE, PopularitySignals.SOURCE);
    }
}
