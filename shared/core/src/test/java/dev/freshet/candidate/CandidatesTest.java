package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.TrendingSignals;
import dev.freshet.testkit.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final RequestContext request = Requests.ofNobody(new Site());

    @Test
    void anItemFoundTwiceIsOneCandidateWithBothSources() {
        Candidates found = gather(List.of(trending(5), popular(5)), List.of(), 1);

        assertThat(found.size()).isEqualTo(5);
        assertThat(found.sources(0))
                .isEqualTo(TrendingSignals.SOURCE.bit() | PopularitySignals.SOURCE.bit());
    }

    @Test
    void neverMoreThanTheMost() {
        assertThat(gather(List.of(popular(5_000)), List.of(), 1_000).size())
                .isEqualTo(Candidates.MAX);
    }

    @Test
    void aFilterIsAskedOnceForAnItemThatTwoSourcesName() {
        List<Integer> asked = new ArrayList<>();
        CandidateFilter noting =
                filter(
                        "noting",
                        item -> {
                            asked.add(item);
                            return item != 0;
                        });

        gather(List.of(trending(9), popular(9)), List.of(noting), 2);

        assertThat(asked).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void whereTheFiltersLeaveLittleTheSourcesAreAskedForMore() {
        CandidateFilter late = filter("late", item -> item >= Candidates.USUAL_DEPTH);

        assertThat(gather(List.of(popular(500)), List.of(late), 10).size())
                .isEqualTo(500 - Candidates.USUAL_DEPTH);
    }

    @Test
    void aFilterGivesWayOnlyWherePlacesWouldStayEmpty() {
        CandidateFilter relaxable =
                new CandidateFilter("relaxable", "it is refused", true, _ -> item -> item < 3);
        List<CandidateSource> sources = List.of(popular(8));

        assertThat(gather(sources, List.of(relaxable), 3).size()).isEqualTo(3);
        assertThat(gather(sources, List.of(relaxable), 4).size()).isEqualTo(8);
    }

    @Test
    void whatSourcesFoundAndFiltersRemovedIsCounted() {
        List<CandidateFilter> filters =
                List.of(
                        filter("first", item -> item >= 2),
                        filter("second", item -> item >= 3),
                        filter("third", item -> true));
        Candidates gathered = gather(List.of(trending(9), popular(7)), filters, 2);

        assertThat(gathered.found()).isEqualTo(Map.of("trending", 9, "popularity", 7));
        assertThat(gathered.kept()).isEqualTo(Map.of("trending", 6, "popularity", 4));
        assertThat(gathered.removed()).isEqualTo(Map.of("first", 2, "second", 1));
    }

    @Test
    void countsAreOfTheLastRound() {
        CandidateFilter late = filter("late", item -> item >= Candidates.USUAL_DEPTH);
        Candidates gathered = gather(List.of(popular(500)), List.of(late), 10);

        assertThat(gathered.found()).isEqualTo(Map.of("popularity", 500));
        assertThat(gathered.kept()).isEqualTo(Map.of("popularity", 500 - Candidates.USUAL_DEPTH));
        assertThat(gathered.removed()).isEqualTo(Map.of("late", Candidates.USUAL_DEPTH));
    }

    private static CandidateFilter filter(String name, IntPredicate passing) {
        return new CandidateFilter(name, "it is refused", false, _ -> passing);
    }

    private Candidates gather(
            List<CandidateSource> sources, List<CandidateFilter> filters, int places) {
        return Candidates.gather(request, sources, filters, places);
    }

    private static CandidateSource trending(int items) {
        return source(TrendingSignals.SOURCE, items);
    }

    private static CandidateSource popular(int items) {
        return source(PopularitySignals.SOURCE, items);
    }

    private static CandidateSource source(Source source, int items) {
        return new CandidateSource(
                source,
                (_, limit) -> {
                    int size = Math.min(items, limit);
                    return List.of(
                            new ItemScores(IntStream.range(0, size).toArray(), new float[size]));
                });
    }
}
