package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.features.History;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final RequestContext request = request(new Site());

    @Test
    void an_item_found_twice_is_one_candidate_with_both_sources() {
        Candidates found =
                gather(
                        List.of(source(Source.TRENDING, 5), source(Source.POPULARITY, 5)),
                        List.of(),
                        1);

        assertThat(found.size()).isEqualTo(5);
        assertThat(found.sources(0)).isEqualTo(Source.TRENDING.bit() | Source.POPULARITY.bit());
    }

    @Test
    void never_more_than_the_most() {
        assertThat(gather(List.of(source(Source.POPULARITY, 5_000)), List.of(), 1_000).size())
                .isEqualTo(Candidates.MAX);
    }

    @Test
    void a_filter_is_asked_once_for_an_item_that_two_sources_name() {
        List<Integer> asked = new ArrayList<>();
        CandidateFilter noting =
                at ->
                        item -> {
                            asked.add(item);
                            return item != 0;
                        };

        gather(
                List.of(source(Source.TRENDING, 9), source(Source.POPULARITY, 9)),
                List.of(noting),
                2);

        assertThat(asked).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void where_the_filters_leave_little_the_sources_are_asked_for_more() {
        CandidateFilter late = at -> item -> item >= Candidates.USUAL_DEPTH;

        Candidates found = gather(List.of(source(Source.POPULARITY, 500)), List.of(late), 10);

        assertThat(found.size()).isEqualTo(500 - Candidates.USUAL_DEPTH);
    }

    @Test
    void a_filter_gives_way_only_where_places_would_stay_empty() {
        CandidateFilter yielding =
                new CandidateFilter() {
                    @Override
                    public IntPredicate passing(RequestContext at) {
                        return item -> item < 3;
                    }

                    @Override
                    public boolean yields() {
                        return true;
                    }
                };
        List<CandidateSource> sources = List.of(source(Source.POPULARITY, 8));

        assertThat(gather(sources, List.of(yielding), 3).size()).isEqualTo(3);
        assertThat(gather(sources, List.of(yielding), 4).size()).isEqualTo(8);
    }

    @Test
    void a_shared_list_is_kept_within_the_second_and_for_the_same_model_only() {
        Site site = new Site().put(Site.article("a", "One"), Site.article("b", "Two"));
        site.crowdReads(3, Duration.ofMinutes(1), "a");
        SharedLists lists = new SharedLists();
        RequestContext before = request(site);

        ItemScores first = lists.trending(before, Scope.ALL, 10);
        ItemScores again = lists.trending(before, Scope.ALL, 10);
        site.crowdReads(5, Duration.ofMinutes(1), "b");
        ItemScores learned = lists.trending(request(site), Scope.ALL, 10);

        assertThat(again).isSameAs(first);
        assertThat(first.size()).isEqualTo(1);
        assertThat(learned.size()).isEqualTo(2);
    }

    private Candidates gather(
            List<CandidateSource> sources, List<CandidateFilter> filters, int places) {
        return Candidates.gather(request, sources, filters, places);
    }

    private static RequestContext request(Site site) {
        return RequestContext.of(
                Site.query("{}"),
                RequestContext.NO_ITEM,
                UserProfile.absent(""),
                History.EMPTY,
                site.model(),
                Site.NOW);
    }

    private static CandidateSource source(Source source, int items) {
        return new CandidateSource() {
            @Override
            public Source source() {
                return source;
            }

            @Override
            public List<ItemScores> find(RequestContext at, int limit) {
                int size = Math.min(items, limit);
                return List.of(new ItemScores(IntStream.range(0, size).toArray(), new float[size]));
            }
        };
    }
}
