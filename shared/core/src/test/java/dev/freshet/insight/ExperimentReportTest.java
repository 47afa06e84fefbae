package dev.freshet.insight;

import static dev.freshet.insight.TrainedLog.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.Enrolled.Step;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.experiment.GroupAnalysis.GroupResult;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.features.Faults;
import dev.freshet.insight.ExperimentReport.Point;
import dev.freshet.model.Components;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an experiment showed over time, from the examples to the points. */
class ExperimentReportTest {
    private static final int DAY = (int) (NOON.getEpochSecond() / 86_400);
    private static final String DOCUMENT =
            """
            {"id":"home","version":1,"status":"running","layer":"front","salt":"one",
             "plannedUsers":20000,
             "arms":[{"id":"a","weight":0.5},{"id":"b","weight":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    private final TrainedLog trained = new TrainedLog(ModelSettings.DEFAULT);
    private final RandomGenerator random = new SplittableRandom(11);

    private void announce() {
        trained.learn(
                List.of(
                        new Definition(
                                "home", 1, new Phase(true, "one", 604_800, null), DOCUMENT)));
    }

    /** Enrols users in both arms, of whom some in an arm click on their list. */
    private void users(Instant at, int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String arm = i % 2 == 0 ? "a" : "b";
            Pseudonym user = new Pseudonym(random.nextLong());
            Example.Exposure list =
                    Example.Exposure.of(
                            trained.position(),
                            user,
                            24 * DAY,
                            "home",
                            List.of("home:" + arm),
                            List.of());
            examples.add(Components.with(list, "enrolled", enrolled(arm, 0, Step.BEGINS)));
            boolean clicks = random.nextDouble() < (i % 2 == 0 ? 0.2 : 0.4);
            examples.add(
                    new Example.Interaction(
                                    trained.position(),
                                    user,
                                    Target.item("tea"),
                                    clicks ? EventType.CLICK : EventType.VIEW,
                                    1,
                                    0,
                                    at,
                                    Context.of("mobile", "BR", 9))
                            .credited(clicks ? click(arm) : null)
                            .with(Standing.enrolled(enrolled(arm, 5, Step.CONTINUES))));
        }
        trained.learn(examples);
    }

    private static List<Enrolled> enrolled(String arm, int seconds, Step step) {
        List<String> groups = List.of("", "mobile");
        return List.of(new Enrolled("home", "one", arm, seconds, step, groups));
    }

    private static ListCredit click(String arm) {
        return ListCredit.of(
                        OutcomeKind.CLICK,
                        new ListCredit.ListPlace(
                                true, "home", List.of("home:" + arm), 24 * DAY, 0, 1))
                .clicked(true, true, List.of());
    }

    private MetricComparison now() {
        return Objects.requireNonNull(report().results().arms().getFirst().primary());
    }

    private ExperimentReport report() {
        return ExperimentReport.find(trained.newest(), "home").orElseThrow();
    }

    private Map<String, List<Point>> series(Instant now) {
        return ExperimentReport.series(trained.trends, report().experiment(), now);
    }

    @Test
    void eachHoursPointIsWhatTheResultsSaidAtItsEnd() {
        announce();
        users(NOON.plusSeconds(60), 2_000);
        MetricComparison atTheEndOfTheHour = now();
        assertThat(series(NOON.plusSeconds(120)).get("b")).isEmpty();

        users(NOON.plus(Duration.ofHours(1)).plusSeconds(60), 2_000);
        users(NOON.plus(Duration.ofHours(2)).plusSeconds(60), 2_000);

        List<Point> points =
                Objects.requireNonNull(series(NOON.plus(Duration.ofHours(3))).get("b"));
        assertThat(points).hasSize(2);
        Point first = points.getFirst();
        assertThat(first.at()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(first.n()).isEqualTo(2_000);
        assertThat(first.difference()).isCloseTo(atTheEndOfTheHour.difference(), offset(1e-9));
        assertThat(first.lower()).isCloseTo(atTheEndOfTheHour.interval().low(), offset(1e-9));
        assertThat(first.upper()).isCloseTo(atTheEndOfTheHour.interval().high(), offset(1e-9));
        Point second = points.getLast();
        assertThat(second.n()).isEqualTo(4_000);
        assertThat(second.upper() - second.lower()).isLessThan(first.upper() - first.lower());
        assertThat(second.lower()).isLessThan(0.2).isGreaterThan(0);
    }

    @Test
    void anArmHasItsGroupsOfTheFirstImpressionWithTheDifferenceOfAllWhereAllAreInOne() {
        announce();
        users(NOON.plusSeconds(60), 2_000);

        List<GroupResult> groups = report().arms().getFirst().groups();

        assertThat(groups).extracting(GroupResult::group).containsExactly("", "mobile");
        assertThat(groups).allMatch(GroupResult::discovered);
        for (GroupResult group : groups) {
            assertThat(group.users()).isEqualTo(1_000);
            assertThat(group.comparison().control()).isEqualTo(now().control());
            assertThat(group.comparison().difference())
                    .isCloseTo(now().difference(), offset(0.005));
        }
    }

    @Test
    void whileTheTableDoesNotAnswerTheResultsStandWithoutASeries() {
        announce();
        Trends silent = Faults.before(Trends.class, trained.trends, call -> true);

        assertThat(ExperimentReport.series(silent, report().experiment(), NOON)).isEmpty();
    }

    private static List<Point> hours(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        hour -> new Point(NOON.plus(Duration.ofHours(hour)), hour, 0.1, -0.2, 0.4))
                .toList();
    }

    @Test
    void pointsAreThinnedByHalvesUntilTwoHundredAreLeftAndTheNewestStays() {
        assertThat(ExperimentReport.thinned(hours(200))).isEqualTo(hours(200));
        assertThat(ExperimentReport.thinned(hours(201))).hasSize(101);

        List<Point> thinned = ExperimentReport.thinned(hours(1_000));

        assertThat(thinned).hasSize(125);
        assertThat(thinned.getLast()).isEqualTo(hours(1_000).getLast());
        assertThat(thinned.get(1).n() - thinned.getFirst().n()).isEqualTo(8);
        assertThat(ExperimentReport.thinned(List.of())).isEmpty();
    }
}
