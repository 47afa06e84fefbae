package dev.freshet.model.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import dev.freshet.testkit.Site;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedListsTest {
    @Test
    void aSharedListIsKeptWithinTheSecondAndForTheSameModelOnly() {
        Site site = new Site().put(Site.article("a", "One"), Site.article("b", "Two"));
        site.crowdReads(3, Duration.ofMinutes(1), "a");
        PopularitySignals.SharedLists lists = new PopularitySignals.SharedLists();
        SignalContext before = context(site);

        ItemScores first = lists.trending(before, Scope.ALL, 10);
        ItemScores again = lists.trending(before, Scope.ALL, 10);
        site.crowdReads(5, Duration.ofMinutes(1), "b");
        ItemScores learned = lists.trending(context(site), Scope.ALL, 10);

        assertThat(again).isSameAs(first);
        assertThat(first.size()).isEqualTo(1);
        assertThat(learned.size()).isEqualTo(2);
    }

    private static SignalContext context(Site site) {
        return new SignalContext(
                site.model(), Preferences.NONE, Context.UNKNOWN, Site.NOW, SignalContext.NO_ITEM);
    }
}
