package dev.freshet.insight;

import static dev.freshet.insight.TrainedLog.NOON;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.AttributionRules;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.OutcomeReport.CountingRules;
import dev.freshet.insight.OutcomeReport.OutcomeInterval;
import dev.freshet.insight.Overview.HealthCheck;
import dev.freshet.model.Components;
import dev.freshet.model.Examples;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.query.InvalidQueryException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers about outcomes, from a trainer and its stores, against a reckoning from the examples. */
class OutcomeReportTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 22);
    private static final LocalDate TODAY = FIRST.plusDays(2);
    private static final int K = 4;

    static final CountingRules RULES =
            CountingRules.of(AttributionRules.DEFAULT, Objective.EVEN, EventTypes.BUILT_IN);

    private final TrainedLog trained = new TrainedLog(ModelSettings.DEFAULT.withKAnonymity(K));
    private final InsightSources sources =
            new InsightSources(
                    trained::newest,
                    () -> new Replica.Status(1, trained.clock.instant(), 0, 0, null),
                    Measurements.NONE,
                    trained.history,
                    RULES,
                    trained.trends,
                    _ -> Optional.empty());
    private final RandomGenerator random = new SplittableRandom(11);

    /** What a test counts by itself, by day, placement and arm. */
    private final Map<String, long[]> expected = new TreeMap<>();

    private static final int LISTS = 0;
    private static final int CLICKED = 1;
    private static final int CONVERSIONS = 2;
    private static final int CENTS = 3;

    /** Returns a user of the latest position, with bits as spread as those of a pseudonym. */
    private Pseudonym nextUser() {
        return new Pseudonym(trained.sequence * 0x9E37_79B9_7F4A_7C15L);
    }

    private Example.Exposure list(int day, String placement, String arm) {
        ShardPosition position = trained.position();
        return list(position, nextUser(), day, placement, List.of(arm, "other:" + arm));
    }

    private static Example.Exposure list(
            ShardPosition position, Pseudonym user, int day, String placement, List<String> arms) {
        return Example.Exposure.of(
                position,
                user,
                24 * day,
                placement,
                arms,
                List.of(
                        new Example.Exposure.Place("tea", 0, 1, false),
                        new Example.Exposure.Place("tea", 1, 2, true)));
    }

    private Example.Interaction act(EventType type, ListCredit credit) {
        return new Example.Interaction(
                        trained.position(),
                        nextUser(),
                        Target.item("tea"),
                        type,
                        1,
                        0,
                        NOON,
                        Context.UNKNOWN)
                .credited(credit);
    }

    private static ListCredit credit(
            OutcomeKind kind, int day, String placement, String arm, long cents) {
        return new ListCredit(
                kind,
                new ListCredit.ListPlace(
                        true, placement, List.of(arm, "other:" + arm), 24 * day, 1, 2),
                true,
                true,
                cents * 100,
                cents > 0 ? "EUR" : null,
                List.of());
    }

    private Example.Exposure listOfSegment(int day, String segment, long user) {
        return Example.Exposure.of(
                trained.position(),
                new Pseudonym(user << 58),
                24 * day,
                "home",
                List.of(ListCredit.labelOfSegment(segment)),
                List.of(new Example.Exposure.Place("tea", 0, 1, false)));
    }

    @Test
    void bySegmentADayOfFewPeopleIsLeftOutAndTheAnswerSaysSo() {
        int today = (int) TODAY.toEpochDay();
        trained.learn(Examples.times(K, user -> listOfSegment(today, "s1", user)));
        trained.learn(Examples.times(K, user -> listOfSegment(today - 1, "s1", user)));
        trained.learn(Examples.times(K, user -> listOfSegment(today, "s2", user / 2)));

        OutcomeReport report = ask(Map.of("by", "segment"));

        assertThat(report.note()).contains("kAnonymity");
        assertThat(report.rows()).hasSize(1);
        OutcomeReport.Row row = report.rows().getFirst();
        assertThat(row.segment()).isEqualTo("s1");
        assertThat(row.segmentName()).isNull();
        assertThat(row.placement()).isNull();
        assertThat(row.sums().get(OutcomeCount.LISTS)).isEqualTo(2L * K);
        assertThat(ask(Map.of("by", "day,segment")).rows())
                .extracting(OutcomeReport.Row::day)
                .containsExactly(TODAY.minusDays(1), TODAY);
    }

    @Test
    void sumsOfSegmentsAreInNoOtherRowAndNoArmIsNamedLikeOne() {
        int today = (int) TODAY.toEpochDay();
        trained.learn(List.of(listOfSegment(today, "s1", 1)));

        assertThat(ask(Map.of("by", "arm")).rows()).isEmpty();
        assertThat(ask(Map.of("arm", ":s1")).rows()).isEmpty();
        assertThat(ask(Map.of()).rows()).hasSize(1);
        OutcomeReport byPlacement = ask(Map.of("by", "placement"));
        assertThat(byPlacement.rows()).as("of one person").isEmpty();
        assertThat(byPlacement.note()).contains("left out");
    }

    @Test
    void aPlacementIsNamedFromEnoughPeopleOnAndItsListsCountAmongTheOthersBefore() {
        int today = (int) TODAY.toEpochDay();
        trained.learn(Examples.times(K, user -> ofUser(user, today)));
        trained.learn(
                Examples.times(
                        2 * K, n -> listAt(trained.position(), n % (K - 1), today, "invented")));
        for (String by : List.of("placement", "placement,position", "placement,day")) {
            OutcomeReport ofFew = ask(Map.of("by", by));
            assertThat(ofFew.rows())
                    .as(by)
                    .isNotEmpty()
                    .extracting(OutcomeReport.Row::placement)
                    .containsOnly("home");
            assertThat(ofFew.note()).contains("summed as (others)", "left out");
        }
        trained.learn(Examples.times(K, n -> listAt(trained.position(), K, today, "another")));

        OutcomeReport report = ask(Map.of("by", "placement"));

        assertThat(report.note()).contains("kAnonymity", "summed as (others)");
        assertThat(report.rows())
                .extracting(row -> row.placement() + " " + row.sums().get(OutcomeCount.LISTS))
                .containsExactly("(others) " + 3 * K, "home " + K);
        assertThat(ask(Map.of()).rows().getFirst().sums().get(OutcomeCount.LISTS)).isEqualTo(4 * K);
        for (String by : List.of("", "day", "position", "hour")) {
            OutcomeReport ofOne = ask(Map.of("by", by, "placement", "invented"));
            assertThat(ofOne.rows()).as(by).isEmpty();
            assertThat(ofOne.note()).as(by).contains("kAnonymity");
        }
    }

    @Test
    void aDayWithoutRoomForAPlacementSaysSoInTheAnswerAndTheOverview() {
        int today = (int) TODAY.toEpochDay();
        for (int placement = 0; placement <= Outcomes.MAX_PAIRS; placement++) {
            String name = "p-" + placement;
            trained.learn(Examples.times(K, user -> listAt(trained.position(), user, today, name)));
            if (placement == Outcomes.MAX_PAIRS - 2) {
                assertThat(ask(Map.of("by", "placement")).note()).isNull();
                assertThat(placementsAreWell()).isTrue();
            }
        }

        assertThat(ask(Map.of("by", "placement")).note()).contains("option placements");
        assertThat(placementsAreWell()).isFalse();

        trained.learn(List.of(listAt(trained.position(), 0, today + 20, "p-0")));
        assertThat(trained.newest().model().outcomes().days()).hasSize(1);
        assertThat(ask(Map.of("by", "placement")).note())
                .as("of a closed day")
                .contains("option placements");
    }

    @Test
    void theOverviewComparesListsOfNobodyWithThoseThatCountedInTheHour() {
        trained.learn(Examples.times(12, n -> ofUser(n, Math.toIntExact(TODAY.toEpochDay()))));
        Instant midnight = TODAY.atStartOfDay(UTC).toInstant();

        assertThat(listsAreWell(midnight.plusSeconds(1_800))).isTrue();
        assertThat(listsAreWell(midnight.plusSeconds(7_100))).isTrue();
        assertThat(listsAreWell(midnight.plusSeconds(7_200))).as("none counted lately").isFalse();
    }

    private boolean listsAreWell(Instant now) {
        Flow.Minute minute = new Flow.Minute(now, Map.of(Flow.Count.LISTS_OF_NOBODY, 100L));
        Flow flow = FlowChecksTest.flow(now, List.of(minute), List.of());
        Measurements measurements = _ -> Optional.of(flow);
        InsightSources measured = Components.with(sources, "measurements", measurements);
        return Overview.of(measured, new LearningPace(), now).healthy().stream()
                .filter(check -> check.check().equals("lists"))
                .allMatch(HealthCheck::ok);
    }

    private boolean placementsAreWell() {
        return Overview.of(sources, new LearningPace(), TODAY.atStartOfDay(UTC).toInstant())
                .healthy()
                .stream()
                .filter(check -> check.check().equals("placements"))
                .allMatch(HealthCheck::ok);
    }

    private static Example.Exposure listAt(
            ShardPosition position, long bucket, int day, String placement) {
        return list(position, new Pseudonym(bucket << 58), day, placement, List.of());
    }

    /** Learns three days of two placements and arms with clicks, purchases and refunds. */
    private void threeDays() {
        for (int day = 0; day < 3; day++) {
            List<Example> examples = new ArrayList<>();
            for (String placement : List.of("home", "article")) {
                for (String arm : List.of("a", "b")) {
                    for (int lists = 20 + random.nextInt(20); lists > 0; lists--) {
                        examples.addAll(listAndWhatFollows(FIRST.plusDays(day), placement, arm));
                    }
                }
            }
            trained.learn(examples);
        }
    }

    private List<Example> listAndWhatFollows(LocalDate date, String placement, String arm) {
        int day = Math.toIntExact(date.toEpochDay());
        long[] counts =
                expected.computeIfAbsent(date + " " + placement + " " + arm, key -> new long[4]);
        List<Example> examples = new ArrayList<>();
        examples.add(list(day, placement, arm));
        counts[LISTS]++;
        if (random.nextInt(3) == 0) {
            ListCredit click = credit(OutcomeKind.CLICK, day, placement, arm, 0);
            examples.add(act(EventType.CLICK, click));
            counts[CLICKED]++;
        }
        if (random.nextInt(5) == 0) {
            long cents = 1L + random.nextInt(10_000);
            ListCredit sale = credit(OutcomeKind.CONVERSION, day, placement, arm, cents);
            Example.Interaction bought = act(EventType.PURCHASE, sale);
            examples.add(bought);
            if (random.nextInt(4) == 0) {
                examples.add(new Example.Retraction(trained.position(), bought));
            } else {
                counts[CONVERSIONS]++;
                counts[CENTS] += cents;
            }
        }
        return examples;
    }

    @Test
    void theOverviewHoldsTheSumsThatWereLearned() {
        LearningPace pace = new LearningPace();
        assertThat(Overview.of(sources, pace, trained.clock.instant()).healthy().getFirst())
                .as("without a model, that is the first thing said")
                .extracting(HealthCheck::check, HealthCheck::ok)
                .containsExactly("model", false);

        threeDays();
        Overview answer = Overview.of(sources, pace, trained.clock.instant());

        Map<String, Long> lists = new TreeMap<>();
        expected.forEach(
                (key, counts) -> lists.merge(key.substring(0, 10), counts[LISTS], Long::sum));
        Map<String, Long> found = new TreeMap<>();
        answer.days().forEach(day -> found.put(day.day().toString(), day.lists()));
        assertThat(found).isEqualTo(lists);
        assertThat(answer.days().getFirst().day()).as("newest first").isEqualTo(TODAY);
        Map<String, Long> byType = new TreeMap<>();
        trained.newest()
                .model()
                .totals()
                .interactions()
                .forEach((type, count) -> byType.put(type.wireName(), count));
        assertThat(answer.events().byType()).isEqualTo(byType).isNotEmpty();
        assertThat(answer.healthy()).allMatch(HealthCheck::ok);
        assertThat(answer.events().perMinute()).isNull();

        trained.clock.advance(Duration.ofMinutes(2));
        long before = trained.newest().model().totals().events();
        threeDays();
        long learned = trained.newest().model().totals().events() - before;

        assertThat(Overview.of(sources, pace, trained.clock.instant()).events().perMinute())
                .isEqualTo(learned / 2.0);

        trained.clock.advance(Duration.ofMinutes(10));
        assertThat(Overview.of(sources, pace, trained.clock.instant()).healthy().getFirst())
                .as("a trainer that has stopped is the first thing said")
                .extracting(HealthCheck::check, HealthCheck::ok)
                .containsExactly("learning", false);
    }

    private OutcomeReport ask(Map<String, String> parameters) {
        return OutcomeReport.of(sources, OutcomeQuery.of(parameters, TODAY));
    }

    private void assertAsExpected(OutcomeReport report, boolean closed) {
        Map<String, long[]> found = new TreeMap<>();
        for (OutcomeReport.Row row : report.rows()) {
            OutcomeSums sums = row.sums();
            if (Objects.requireNonNull(row.arm()).startsWith("other:")) {
                continue;
            }
            found.put(
                    row.day() + " " + row.placement() + " " + row.arm(),
                    new long[] {
                        sums.get(OutcomeCount.LISTS),
                        sums.get(OutcomeCount.LISTS_CLICKED),
                        sums.get(OutcomeCount.CONVERSIONS),
                        sums.revenue().getOrDefault("EUR", 0L) / 100
                    });
            assertThat(row.isFinal()).isEqualTo(closed);
            assertThat(sums.get(OutcomeCount.PLACES)).isEqualTo(2 * sums.get(OutcomeCount.LISTS));
        }
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        found.forEach((key, counts) -> assertThat(counts).as(key).isEqualTo(expected.get(key)));
    }

    @Test
    void theAnswerIsTheReckoningLiveAndAfterTheDaysClosed() {
        Map<String, String> question =
                Map.of("from", "2026-11-22", "to", "2026-11-24", "by", "day,placement,arm");
        threeDays();
        assertAsExpected(ask(question), false);

        trained.learn(List.of(list(Math.toIntExact(TODAY.plusDays(12).toEpochDay()), "home", "a")));
        assertThat(trained.newest().model().outcomes().days()).hasSize(1);
        assertAsExpected(ask(question), true);
    }

    @Test
    void rowsAreAddedUpByWhatTheQuestionNames() {
        threeDays();
        long lists = expected.values().stream().mapToLong(counts -> counts[LISTS]).sum();

        OutcomeReport.Row all = ask(Map.of()).rows().getFirst();
        assertThat(ask(Map.of()).rows()).hasSize(1);
        assertThat(all.sums().get(OutcomeCount.LISTS)).isEqualTo(lists);
        assertThat(all.day()).isNull();
        assertThat(ask(Map.of("by", "placement")).rows())
                .extracting(OutcomeReport.Row::placement)
                .containsExactly("article", "home");
        assertThat(ask(Map.of("by", "arm", "placement", "home", "arm", "b")).rows())
                .extracting(OutcomeReport.Row::arm)
                .containsExactly("b");
        assertThat(ask(Map.of("by", "arm")).rows())
                .extracting(OutcomeReport.Row::arm)
                .containsExactly("a", "b", "other:a", "other:b");
        assertThat(ask(Map.of("by", "position")).rows())
                .extracting(row -> row.sums().get(OutcomeCount.PLACES))
                .containsExactly(lists, lists);
        assertThat(ask(Map.of("by", "source")).rows())
                .extracting(OutcomeReport.Row::source)
                .containsExactly(
                        SignalFamilies.source(0).wireName(), SignalFamilies.source(1).wireName());
    }

    @Test
    void whatCountsIsSaidByTheNamesOfTheStack() {
        EventTypes types = EventTypes.parse("{\"apply\":{\"slot\":1,\"strength\":3}}");
        CountingRules rules =
                CountingRules.of(
                        new AttributionRules(
                                Duration.ofHours(48),
                                AttributionRules.types("submit,apply", types),
                                Duration.ofHours(6)),
                        Objective.parse("view=0.5,apply=5", types),
                        types);

        assertThat(rules)
                .isEqualTo(
                        new CountingRules(
                                List.of("apply", "submit"),
                                48,
                                6,
                                new TreeMap<>(Map.of("apply", 5.0, "view", 0.5))));
        assertThat(ask(Map.of("by", "hour")).countedBy()).isEqualTo(RULES);
        assertThat(ask(Map.of()).countedBy()).isEqualTo(RULES);
    }

    @Test
    void hoursAreThoseOfOnePlacementOrAllAndAddUpToTheirDay() {
        threeDays();
        OutcomeReport report = ask(Map.of("by", "hour", "placement", "home"));

        assertThat(report.rows())
                .extracting(OutcomeReport.Row::hour)
                .as("lists of a day are issued in its first hour here")
                .containsExactly(
                        Instant.parse("2026-11-22T00:00:00Z"),
                        Instant.parse("2026-11-23T00:00:00Z"),
                        Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(report.hoursFrom()).isEqualTo("2026-11-16T01:00:00Z");
        for (Map<String, String> lists :
                List.of(Map.of("placement", "home"), Map.<String, String>of())) {
            Map<String, String> byHour = new HashMap<>(lists);
            byHour.put("by", "hour");
            assertThat(ask(byHour).rows()).hasSize(3);
            for (OutcomeReport.Row row : ask(byHour).rows()) {
                Map<String, String> ofDay = new HashMap<>(lists);
                String day = Objects.requireNonNull(row.hour()).toString().substring(0, 10);
                ofDay.put("from", day);
                ofDay.put("to", day);
                OutcomeSums sums = ask(ofDay).rows().getFirst().sums();
                for (OutcomeCount count : OutcomeCount.values()) {
                    assertThat(row.sums().get(count)).as(count.name()).isEqualTo(sums.get(count));
                }
                assertThat(row.sums().revenue()).isEqualTo(sums.revenue());
                assertThat(row.isFinal()).isFalse();
            }
        }
        assertThat(ask(Map.of("by", "hour", "placement", "home", "from", "2026-11-24")).rows())
                .hasSize(1);
        assertThat(ask(Map.of("by", "hour", "placement", "elsewhere")).rows()).isEmpty();
        for (Map<String, String> refused :
                List.of(
                        Map.of("by", "hour,day", "placement", "home"),
                        Map.of("by", "hour", "placement", "home", "arm", "a"))) {
            assertThatThrownBy(() -> OutcomeQuery.of(refused, TODAY))
                    .isInstanceOf(InvalidQueryException.class);
        }
    }

    @Test
    void intervalsOfSourcesAndPositionsAreByBucketsWhileTheirDaysAreOpen() {
        int number = Math.toIntExact(TODAY.toEpochDay());
        trained.learn(Examples.times(128, list -> ofUser(list / 2, number)));

        for (String by : List.of("position", "source")) {
            assertThat(methods(by)).containsExactly("buckets", "buckets");
        }
        assertThat(methods("position,arm"))
                .as("arms have no buckets of parts")
                .containsOnly("lists");

        trained.learn(List.of(list(number + 12, "home", "a")));
        assertThat(trained.newest().model().outcomes().days()).hasSize(1);
        assertThat(methods("position")).as("closed days are without").containsOnly("lists");
    }

    private Example.Exposure ofUser(long bucket, int day) {
        return list(trained.position(), new Pseudonym(bucket << 58), day, "home", List.of("a"));
    }

    private List<String> methods(String by) {
        return ask(Map.of("by", by)).rows().stream()
                .map(row -> OutcomeInterval.ofPlaces(row.sums()).orElseThrow().method())
                .toList();
    }

    @Test
    void daysOutsideTheQuestionAreLeftOut() {
        threeDays();
        assertThat(ask(Map.of("from", "2026-11-23", "to", "2026-11-23", "by", "day")).rows())
                .extracting(OutcomeReport.Row::day)
                .containsExactly(FIRST.plusDays(1));
        assertThat(ask(Map.of("from", "2025-01-01", "to", "2025-01-02")).rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday, malformed-days",
        "from, 2026-11-25, malformed-days",
        "from, 2020-01-01, malformed-days",
        "to, +999999999-12-31, malformed-days",
        "by, 'day,', malformed-by",
        "by, 'source,position', malformed-by",
        "by, 'segment,placement', malformed-by",
        "since, 2026-11-24, unknown-parameter"
    })
    void aParameterThatSaysNothingIsRefused(String name, String value, String code) {
        assertThatThrownBy(() -> OutcomeQuery.of(Map.of(name, value), TODAY))
                .isInstanceOfSatisfying(
                        InvalidQueryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
