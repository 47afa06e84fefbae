package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.erased;
import static dev.freshet.features.EventFlow.onList;
import static dev.freshet.features.EventFlow.stating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.Enrolled.Step;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.profile.Users;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Enrolments in experiments, from the records of a shard to profiles and examples. */
class EnrolmentFlowTest {
    private static final Instant ISSUED = NOW.minusSeconds(600);
    private static final Consent NO_ANALYTICS = new Consent(true, false);
    private static final ListArm A = new ListArm("home", "home-1", "a");
    private static final ListArm B = new ListArm("home", "home-1", "b");
    private static final ListArm SEARCH = new ListArm("search", "search-1", "x");

    private final EventFlow at = new EventFlow();

    private static ExposureToken list(String id, ListArm... arms) {
        return ExposureTokens.home(id, ISSUED, List.of(arms), new ExposureToken.Shown("tea", 1, 1));
    }

    /** A list of these arms, shown so many seconds after it was issued. */
    private StreamRecord shown(String user, int second, ListArm... arms) {
        return at.record(shown(user, "i" + second, second, null, null, arms));
    }

    private static Event shown(
            String user,
            String eventId,
            int second,
            @Nullable Consent consent,
            @Nullable ShardPosition retryOf,
            ListArm... arms) {
        ExposureToken token = list(user + second, arms);
        Event shown =
                stating(EventFlow.shown(user, eventId, ISSUED.plusSeconds(second), token), consent);
        return retryOf == null ? shown : shown.retrying(retryOf);
    }

    private StreamRecord clicked(String user, int second) {
        return at.record(clicked(user, second, null));
    }

    private static Event clicked(String user, int second, @Nullable Consent consent) {
        Event click = EventFlow.clicked(user, "item-" + second, "c" + second);
        return stating(onList(null, ISSUED.plusSeconds(second), click), consent);
    }

    private static List<Enrolled> enrolled(Example example) {
        return switch (example) {
            case Example.Interaction interaction -> interaction.standing().enrolled();
            case Example.Exposure exposure -> exposure.enrolled();
            case Example.Merge merge -> merge.enrolled();
            case Example.Retraction retraction -> retraction.retracted().standing().enrolled();
            default -> throw new IllegalArgumentException("not in these tests: " + example);
        };
    }

    /** Returns what each example so far is to enrolments, such as {@code home:a BEGINS 0}. */
    private List<String> told() {
        return at.learned().stream().map(EnrolmentFlowTest::text).toList();
    }

    private static String text(Example example) {
        List<String> each = new ArrayList<>();
        for (Enrolled one : enrolled(example)) {
            each.add(
                    "%s:%s %s %d"
                            .formatted(one.experiment(), one.arm(), one.step(), one.seconds()));
        }
        return String.join(", ", each);
    }

    private Enrolments of(String user) {
        return at.profiles.get(user).enrolled();
    }

    @Test
    void theFirstImpressionEnrolsAndEverythingAfterItCountsForTheArm() {
        at.take(clicked("ann", 1), shown("ann", 5, A), clicked("ann", 15), shown("ann", 30, A));

        assertThat(told())
                .containsExactly(
                        "", "home:a BEGINS 0", "home:a CONTINUES 10", "home:a CONTINUES 25");
        assertThat(of("ann").in("home", "home-1").orElseThrow().since())
                .isEqualTo(ISSUED.plusSeconds(5));
    }

    @Test
    void whatIsDoneOnAnotherListOrNoneCountsForEveryArmOfTheUser() {
        at.take(shown("ann", 1, A), shown("ann", 2, SEARCH), shown("ann", 3), clicked("ann", 4));

        assertThat(told())
                .containsExactly(
                        "home:a BEGINS 0",
                        "home:a CONTINUES 1, search:x BEGINS 0",
                        "home:a CONTINUES 2, search:x CONTINUES 1",
                        "home:a CONTINUES 3, search:x CONTINUES 2");
    }

    @Test
    void withoutImpressionsNobodyIsEnrolled() {
        Event click = EventFlow.clicked("ann", "tea", "c");
        StreamRecord onList = at.record(onList(list("l", A), ISSUED.plusSeconds(1), click));
        at.take(onList, shown("ann", 2));

        assertThat(told()).containsExactly("", "");
        assertThat(of("ann").isEmpty()).isTrue();
    }

    @Test
    void whoIsShownAnotherArmIsToldToBeCrossedOnceAndThenLeftOut() {
        at.take(shown("ann", 1, A), shown("ann", 2, B), clicked("ann", 3), shown("ann", 4, B));

        assertThat(told()).containsExactly("home:a BEGINS 0", "home:a CROSSES 1", "", "");
    }

    @Test
    void anImpressionCostsNoWriteOfItsOwnForTheEnrolment() {
        List<String> writes = Collections.synchronizedList(new ArrayList<>());
        at.users = Faults.on(Users.class, at.profiles, call -> writes.add(call.method()));

        at.take(shown("ann", 1, A), shown("ann", 2, A, SEARCH));

        assertThat(writes).filteredOn("put"::equals).hasSize(2);
    }

    @Test
    void aRefundIsToldAsWhatItTakesBackWas() {
        at.take(clicked("ann", 1), shown("ann", 5, A), clicked("ann", 15));
        at.take(retracted("ann", 20, "c15", 15), retracted("ann", 21, "c1", 1));

        assertThat(told().subList(3, 5)).containsExactly("home:a CONTINUES 10", "");
    }

    private static Event retracted(String user, int second, String eventId, int item) {
        return onList(
                null,
                ISSUED.plusSeconds(second),
                EventFlow.retracted(user, "item-" + item, "r" + second, eventId));
    }

    @Test
    void nothingIsToldOrStoredOfWhoRefusesAnalytics() {
        at.take(shown("ann", "i", 1, NO_ANALYTICS, null, A), clicked("ann", 2, NO_ANALYTICS));
        assertThat(told()).containsExactly("");
        assertThat(of("ann").isEmpty()).isTrue();

        at.take(shown("ann", 3, A), at.record(clicked("ann", 4, NO_ANALYTICS)), clicked("ann", 5));
        assertThat(told()).containsExactly("", "home:a BEGINS 0", "", "home:a CONTINUES 2");
    }

    @Test
    void anErasureRemovesTheEnrolments() {
        at.take(shown("ann", 1, A));
        at.take(erased("ann", "erasure-1", NOW));

        assertThat(of("ann").isEmpty()).isTrue();
        assertThat(at.profiles.get("ann").hasData()).isFalse();
    }

    @Test
    void aUserGoesOnInTheArmOfTheAnonymousId() {
        at.take(shown("anon-1", 1, A), at.record(alias("anon-1", "ann")));
        at.take(clicked("ann", 11), shown("ann", 21, A));

        assertThat(told())
                .containsExactly(
                        "home:a BEGINS 0", "", "home:a CONTINUES 10", "home:a CONTINUES 20");
        assertThat(of("ann").in("home", "home-1").orElseThrow().arm()).isEqualTo("a");
    }

    @Test
    void theGroupsOfTheFirstImpressionStayAlsoUnderTheIdOfTheUser() {
        ExposureToken first = list("l1", A).ofSegment("s3");
        ExposureToken second = list("l2", A, SEARCH).ofSegment(null);
        at.take(
                at.record(EventFlow.shown("anon-1", "i1", ISSUED.plusSeconds(1), first)),
                at.record(alias("anon-1", "ann")),
                at.record(EventFlow.shown("ann", "i2", ISSUED.plusSeconds(9), second)));
        at.take(clicked("ann", 11));

        assertThat(enrolled(at.learned().getFirst()))
                .extracting(Enrolled::groups)
                .containsExactly(List.of("s3", "mobile"));
        assertThat(enrolled(at.learned().getLast()))
                .extracting(Enrolled::groups)
                .as("by experiment")
                .containsExactly(List.of("s3", "mobile"), List.of("", "mobile"));
    }

    @Test
    void whatFollowsTheAliasInItsBatchCountsForTheArmToo() {
        at.take(shown("anon-1", 1, A), at.record(alias("anon-1", "ann")), clicked("anon-1", 11));

        assertThat(told()).containsExactly("home:a BEGINS 0", "", "home:a CONTINUES 10");
        assertThat(of("ann").in("home", "home-1")).isPresent();
    }

    @Test
    void whoWasEnrolledApartIsCrossedUnderBothIds() {
        at.take(shown("anon-1", 1, A), shown("ann", 2, B));
        at.take(alias("anon-1", "ann"));
        at.take(clicked("ann", 11), clicked("anon-1", 12));

        assertThat(at.learned().stream().map(EnrolmentFlowTest::steps))
                .containsExactly(
                        List.of(Step.BEGINS),
                        List.of(Step.BEGINS),
                        List.of(Step.CROSSES, Step.CROSSES),
                        List.of(),
                        List.of());
        assertThat(enrolled(at.learned().get(2)))
                .extracting(Enrolled::arm)
                .as("of the user, then of the anonymous id")
                .containsExactly("b", "a");

        at.take(alias("anon-1", "ann"));
        assertThat(steps(at.learned().getLast())).as("the next sign-in").isEmpty();
    }

    private static List<Step> steps(Example example) {
        return enrolled(example).stream().map(Enrolled::step).toList();
    }

    @Test
    void anAliasOfWhoRefusesAnalyticsBringsNoArm() {
        at.take(shown("anon-1", 1, A));
        at.states("ann", Map.of(), NO_ANALYTICS);
        at.take(at.record(alias("anon-1", "ann")), clicked("ann", 11));

        assertThat(of("ann").isEmpty()).isTrue();
        assertThat(told()).containsExactly("home:a BEGINS 0", "", "");
    }

    @Test
    void aResubmittedImpressionBeginsWhatItBegan() {
        StreamRecord first = shown("ann", 1, A);
        at.exposures = Faults.after(Exposures.class, at.lists, call -> call.method().equals("put"));
        at.take(first);
        at.exposures = at.lists;
        at.take(clicked("ann", 5));

        at.take(at.record(shown("ann", "i1", 1, null, first.position(), A)), clicked("ann", 7));

        assertThat(told())
                .as("the click before the resubmission is not yet in the arm")
                .containsExactly("", "home:a BEGINS 0", "home:a CONTINUES 6");

        EventFlow other = new EventFlow();
        StreamRecord whole = other.record(shown("ann", "i1", 1, null, null, A));
        other.take(whole);
        other.take(shown("ann", "i1", 1, null, whole.position(), A));
        assertThat(other.learned().stream().map(EnrolmentFlowTest::text))
                .as("where the first one had enrolled already")
                .containsExactly("home:a BEGINS 0", "home:a BEGINS 0");
    }

    private List<StreamRecord> day() {
        return List.of(
                clicked("ann", 1),
                shown("ann", 2, A),
                clicked("ann", 3),
                shown("anon-1", 4, A, SEARCH),
                at.record(alias("anon-1", "ann")),
                clicked("anon-1", 5),
                shown("ann", 6, A, SEARCH),
                at.record(retracted("ann", 7, "c3", 3)),
                shown("ann", 8, B),
                clicked("ann", 9),
                shown("anon-2", 10, B),
                at.record(alias("anon-2", "ann")),
                clicked("anon-2", 11));
    }

    /** Returns what each record was told to be to enrolments; different tellings fail the test. */
    private static Map<ShardPosition, String> bySource(EventFlow flow, String how) {
        Map<ShardPosition, String> told = new HashMap<>();
        for (Example example : flow.learned()) {
            ShardPosition source = ((Example.FromEvents) example).source();
            String before = told.putIfAbsent(source, text(example));
            assertThat(before == null ? text(example) : before)
                    .as("%s, record %s", how, source)
                    .isEqualTo(text(example));
        }
        return told;
    }

    /** Delivers a batch until all of it is finished. */
    private static void deliver(EventFlow flow, List<StreamRecord> batch) {
        List<StreamRecord> left = batch;
        for (int attempt = 0; attempt < 3 && !left.isEmpty(); attempt++) {
            ShardPosition unfinished = flow.take(left).unfinished().orElse(null);
            left =
                    unfinished == null
                            ? List.of()
                            : left.stream()
                                    .filter(record -> record.position().compareTo(unfinished) >= 0)
                                    .toList();
        }
        assertThat(left).isEmpty();
    }

    @Test
    void recordsThatAreDeliveredAgainInEveryCutAreTheSameToEnrolments() {
        List<StreamRecord> day = day();
        EventFlow once = new EventFlow();
        day.forEach(once::take);
        Map<ShardPosition, String> expected = bySource(once, "one by one");
        assertThat(expected).containsValue("home:a CROSSES 6, search:x CONTINUES 4");

        for (int cut = 1; cut <= day.size(); cut++) {
            EventFlow twice = new EventFlow();
            day.subList(0, cut).forEach(twice::take);
            day.subList(cut - 1, day.size()).forEach(twice::take);
            day.forEach(twice::take);
            assertThat(bySource(twice, "cut at " + cut)).isEqualTo(expected);
        }
    }

    @Test
    void aDeathBetweenAnyTwoWritesLeavesTheSameExamples() {
        List<StreamRecord> day = day();
        EventFlow once = new EventFlow();
        day.forEach(once::take);
        Map<ShardPosition, String> expected = bySource(once, "without a death");

        for (boolean applied : List.of(false, true)) {
            for (int number = 1; number <= 2 * day.size(); number++) {
                int dying = number;
                for (int port = 0; port < 4; port++) {
                    String how = "port %d, write %d, applied %s".formatted(port, dying, applied);
                    EventFlow flow = new EventFlow();
                    Writes writes = new Writes(dying, applied);
                    switch (port) {
                        case 0 -> flow.users = writes.of(Users.class, flow.users);
                        case 1 -> flow.exposures = writes.of(Exposures.class, flow.exposures);
                        case 2 ->
                                flow.interactions =
                                        writes.of(Interactions.class, flow.interactions);
                        default -> flow.examples = writes.of(ExampleLog.class, flow.examples);
                    }
                    day.forEach(record -> deliver(flow, List.of(record)));
                    assertThat(bySource(flow, how)).as(how).isEqualTo(expected);
                }
            }
        }
    }

    /** Fails one write of a port, by its number. */
    private static final class Writes {
        private static final List<String> METHODS = List.of("put", "putIfAbsent", "mark");
        private final int dying;
        private final boolean applied;
        private int seen;

        Writes(int dying, boolean applied) {
            this.dying = dying;
            this.applied = applied;
        }

        <T> T of(Class<T> port, T store) {
            return applied
                    ? Faults.after(port, store, this::dies)
                    : Faults.before(port, store, this::dies);
        }

        private boolean dies(Faults.Call call) {
            return METHODS.contains(call.method()) && ++seen == dying;
        }
    }
}
