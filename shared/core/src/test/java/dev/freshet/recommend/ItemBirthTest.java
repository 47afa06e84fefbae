package dev.freshet.recommend;

import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static dev.freshet.recommend.SiteFixture.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.candidate.RequestContext;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.features.History;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.QueryReader;
import dev.freshet.ranking.Strategy.StackingStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An item is born when its owner published or put it, or when an interaction with it was first
 * received; the time that a client gives for an event makes no item older.
 */
class ItemBirthTest {
    private static final Duration LONG_AGO = Duration.ofHours(-166);

    private final Examples examples = new Examples();

    private static Example.ItemChanged item(String id, @Nullable Instant publishedAt) {
        Item item = Examples.article(id, List.of(), null, publishedAt);
        return new Example.ItemChanged(item, Map.of(), Examples.NOON);
    }

    /** A site of ten items put at noon; the item of number n was clicked by n people. */
    private List<Example> site() {
        List<Example> all = new ArrayList<>();
        for (int item = 0; item < 10; item++) {
            all.add(item("item-" + item, null));
        }
        for (int item = 0; item < 10; item++) {
            for (int user = 0; user < item; user++) {
                all.add(
                        examples.interaction(
                                100L * item + user, "item-" + item, HOUR.plusSeconds(all.size())));
            }
        }
        return all;
    }

    private static Model after(List<Example> all, Example... more) {
        List<Example> examples = new ArrayList<>(all);
        examples.addAll(List.of(more));
        return learned(examples);
    }

    private static List<String> ranking(Model model) {
        RequestContext request =
                RequestContext.of(
                        QueryReader.recommendation("{\"anonymousId\":\"anon-1\"}", Examples.NOON),
                        RequestContext.NO_ITEM,
                        UserProfile.absent("anon-1"),
                        History.EMPTY,
                        model,
                        Examples.NOON.plus(Duration.ofHours(2)));
        return Examples.ids(model, OfflineLists.ranked(request, new StackingStrategy(), 10));
    }

    private static List<String> without(String id, List<String> ids) {
        return ids.stream().filter(other -> !other.equals(id)).toList();
    }

    @Test
    void aBackDatedClickChangesNoOtherItemsRankAndDoesNotLowerItsOwn() {
        List<Example> site = site();
        Example.Interaction backDated =
                examples.interaction(9_999, "item-5", LONG_AGO)
                        .received(Examples.NOON.plus(Duration.ofHours(2)));

        List<String> before = ranking(after(site));
        List<String> now = ranking(after(site, backDated));

        assertThat(before).hasSize(10);
        assertThat(without("item-5", now)).isEqualTo(without("item-5", before));
        assertThat(now.indexOf("item-5")).isLessThanOrEqualTo(before.indexOf("item-5"));
    }

    @Test
    void anItemIsAsOldAsItsFirstReceiptWhateverTimesItsEventsGive() {
        Instant received = Examples.NOON.plus(HOUR);
        Model model =
                after(
                        List.of(),
                        examples.interaction(1, "a", LONG_AGO).received(received.plusSeconds(9)),
                        examples.interaction(2, "a", LONG_AGO).received(received));

        assertThat(model.items().bornAt(0)).contains(received);
    }

    @Test
    void anItemOfTheCatalogueIsAsOldAsItsPublicationOrElseItsFirstPut() {
        Instant published = Examples.NOON.minus(Duration.ofDays(30));
        Model model =
                after(
                        List.of(),
                        item("told", published),
                        item("put", null),
                        examples.interaction(1, "put", HOUR),
                        examples.interaction(1, "told", HOUR));

        assertThat(model.items().bornAt(0)).contains(published);
        assertThat(model.items().bornAt(1)).contains(Examples.NOON);
        assertThat(reread(model).items().bornAt(1)).contains(Examples.NOON);
    }
}
