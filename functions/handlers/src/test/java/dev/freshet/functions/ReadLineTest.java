package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.catalog.Item;
import dev.freshet.event.TraceId;
import dev.freshet.features.History;
import dev.freshet.functions.runtime.LogContext;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Source;
import dev.freshet.profile.UserProfile;
import dev.freshet.ranking.ListShape;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.recommend.OfflineLists;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommendations.HistorySummary;
import dev.freshet.recommend.Recommendations.ReadTrace;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.testkit.Site;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadLineTest {
    private static final List<String> DETAILS =
            List.of("us", "sources", "removed", "spread", "novelty");
    private static final String UNSAMPLED = "f".repeat(32);
    private static final String SAMPLED = "0" + "f".repeat(31);
    private static final List<RecommendedItem> ONE_ITEM =
            List.of(new RecommendedItem(Item.bare("a", 1), 1, 1, List.of(), List.of()));

    /** Candidates of every source: one more, and filters would not be asked again. */
    private static final int COMMON = Candidates.MAX - 1;

    private final List<String> lines = new ArrayList<>();
    private final Metrics metrics =
            new Metrics(Map.of("Stack", "prod-default"), () -> Site.NOW, lines::add);
    private final RequestContext request = request(new Site());

    private static RequestContext request(Site site) {
        return RequestContext.of(
                Site.query("{}"),
                RequestContext.NO_ITEM,
                UserProfile.absent(""),
                History.EMPTY,
                site.model(),
                Site.NOW);
    }

    @Test
    void aUsualLineSaysHowManyCandidatesThereWereAndHowPlacesWereFilled() {
        JsonNode line = line(answer(UNSAMPLED, ONE_ITEM, List.of()), Duration.ofMillis(50));

        assertThat(line.path("candidates").asInt()).isEqualTo(8);
        assertThat(line.path("explored").asInt()).isEqualTo(2);
        assertThat(line.path("policy").asText()).isEqualTo("plackett-luce");
        assertThat(DETAILS).noneMatch(line::has);
    }

    @Test
    void theArmsOfAListAreNamedWhereItHasAny() {
        assertThat(line(answer(UNSAMPLED, ONE_ITEM, List.of()), Duration.ZERO).has("arms"))
                .isFalse();
        assertThat(line(answer(UNSAMPLED, List.of("home:b")), Duration.ZERO).path("arms"))
                .hasToString("[\"home:b\"]");
    }

    @Test
    void aSampledLineHasTheTimesAndWhatSourcesFoundAndFiltersRemoved() {
        JsonNode line = line(answer(SAMPLED, ONE_ITEM, List.of()), Duration.ofMillis(5));

        assertThat(line.path("us").toString()).isEqualTo("[1000,2000,3000,4000,5000]");
        assertThat(line.path("sources").toString()).isEqualTo("{\"popularity\":[10,8]}");
        assertThat(line.path("removed").toString()).isEqualTo("{\"seen\":2}");
        assertThat(line.path("spread").asDouble()).isBetween(0.6, 0.8);
        assertThat(line.path("spread").asText()).matches("0\\.[0-9]{1,2}");
        assertThat(line.path("novelty").asDouble()).isEqualTo(1.16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "7", "8", "9", "a", "e", "f"})
    void oneFirstDigitOfSixteenIsSampled(String digit) {
        Recommendations answer = answer(digit + "0".repeat(31), ONE_ITEM, List.of());

        assertThat(line(answer, Duration.ZERO).has("us")).isEqualTo(digit.equals("0"));
    }

    @Test
    void whatIsDegradedOrEmptyOrSlowHasEveryField() {
        assertThat(DETAILS)
                .allMatch(line(answer(UNSAMPLED, ONE_ITEM, List.of("history")), Duration.ZERO)::has)
                .allMatch(line(answer(UNSAMPLED, List.of(), List.of()), Duration.ZERO)::has)
                .allMatch(
                        line(
                                        answer(UNSAMPLED, ONE_ITEM, List.of()),
                                        Duration.ofMillis(50).plusNanos(1))
                                ::has);
    }

    /**
     * Of these, 46 bytes make the time of a list a metric, so that it has percentiles. A line of
     * the present has no {@code clock}, which is for times too old for CloudWatch.
     */
    @Test
    void theLongestLineHas1100BytesAtMostBesideTheNamesOfArms() throws JsonProcessingException {
        Candidates most = Candidates.gather(request, productiveSources(), busyFilters(), 100);
        assertThat(most.found().values()).hasSize(11).allMatch(count -> count > 99_999);
        assertThat(most.kept().values()).hasSize(11).allMatch(count -> count == COMMON);
        assertThat(most.removed().values()).hasSize(5).allMatch(count -> count > 99_999);

        try (LogContext context = LogContext.of("recommend")) {
            context.request("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d");
            context.trace(new TraceId("0af7651916cd43dd8448eb211c80319c"));
            ReadTrace trace =
                    new ReadTrace(times(200), most, shape(100), 100, List.of(), "plackett-luce");
            line(
                    answer(SAMPLED, List.of(), 123_456_789, List.of("history"), trace),
                    Duration.ofSeconds(3));
        }

        assertThat(lines.getLast().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(1_100);
    }

    /** Returns sources under the names of the real ones, which find 100,000 items of their own. */
    private static List<CandidateSource> productiveSources() {
        List<CandidateSource> sources = new ArrayList<>();
        for (CandidateSource real : CandidateSource.ofFamilies()) {
            int own = 100_000 * (sources.size() + 1);
            sources.add(
                    source(
                            real.source(),
                            IntStream.concat(
                                            IntStream.range(0, COMMON),
                                            IntStream.range(own, own + 100_000))
                                    .toArray()));
        }
        return sources;
    }

    /** Returns filters under the names of the real ones; each refuses a fifth of what is left. */
    private static List<CandidateFilter> busyFilters() {
        List<CandidateFilter> filters = new ArrayList<>();
        for (CandidateFilter real : CandidateFilter.usual(FrequencyCap.DEFAULT)) {
            int remainder = filters.size();
            filters.add(filter(real.wireName(), item -> item < COMMON || item % 5 != remainder));
        }
        return filters;
    }

    private JsonNode line(Recommendations answer, Duration took) {
        ReadLine.write(metrics.line(), answer, took);
        try {
            return Gateway.MAPPER.readTree(lines.getLast());
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(lines.getLast(), notJson);
        }
    }

    private Recommendations answer(String id, List<RecommendedItem> items, List<String> degraded) {
        return answer(id, items, degraded, List.of());
    }

    private Recommendations answer(String id, List<String> arms) {
        return answer(id, ONE_ITEM, List.of(), arms);
    }

    private Recommendations answer(
            String id, List<RecommendedItem> items, List<String> degraded, List<String> arms) {
        Candidates candidates =
                Candidates.gather(
                        request,
                        List.of(source(PopularitySignals.SOURCE, IntStream.range(0, 10).toArray())),
                        List.of(filter("seen", item -> item >= 2)),
                        1);
        return answer(
                id,
                items,
                3,
                degraded,
                new ReadTrace(times(1), candidates, shape(2), 2, arms, "plackett-luce"));
    }

    private static Recommendations answer(
            String id,
            List<RecommendedItem> items,
            long version,
            List<String> degraded,
            ReadTrace trace) {
        return new Recommendations(
                id,
                items,
                "",
                null,
                version,
                Duration.ofHours(1),
                HistorySummary.NOTHING,
                true,
                degraded,
                Map.of(),
                null,
                trace);
    }

    /**
     * Returns the shape of a list of items that have a word and a tag in common, of which the first
     * alone was read, four times.
     */
    private static ListShape shape(int items) {
        Site site = new Site();
        for (int i = 0; i < items; i++) {
            site.put(Site.article("item" + i, "Title " + i, i % 2 == 0 ? "even" : "odd", "all"));
        }
        site.crowdReads(4, Duration.ofHours(1), "item0");
        return new ListShape(
                site.model(),
                OfflineLists.list(
                        request(site),
                        new StackingStrategy(),
                        Site.query("{\"count\":100}"),
                        new SplittableRandom(1)));
    }

    /** Returns times of 1, 2, 3, 4 and 5 ms, multiplied. */
    private static Map<ReadStage, Duration> times(long factor) {
        return Map.of(
                ReadStage.HYDRATE, Duration.ofMillis(factor),
                ReadStage.GATHER, Duration.ofMillis(2 * factor),
                ReadStage.BLEND, Duration.ofMillis(3 * factor),
                ReadStage.DRAW, Duration.ofMillis(4 * factor),
                ReadStage.EXPLAIN, Duration.ofMillis(5 * factor));
    }

    private static CandidateSource source(Source source, int[] items) {
        return new CandidateSource(
                source, (_, _) -> List.of(new ItemScores(items, new float[items.length])));
    }

    private static CandidateFilter filter(String name, IntPredicate passing) {
        return new CandidateFilter(name, "it is refused", false, _ -> passing);
    }
}
