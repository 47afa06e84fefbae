package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.SealedExposure;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentAnalysis;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.Results.Conclusion;
import dev.freshet.features.EventFlow;
import dev.freshet.model.Components;
import dev.freshet.model.Model;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.log.Trainer;
import dev.freshet.profile.CountedUsers;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.Thorough;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stranger with a publishable key can do to an experiment, by the flows that answer requests
 * and process events. Requests name two anonymous users at most ({@code anonymousIdsPerRequest}),
 * and a list is asked for one user at a time.
 */
class StrangersInExperimentsTest {
    private static final int HONEST = Thorough.number(300, 1_000);
    private static final int LISTS = Thorough.number(3, 5);
    private static final double RATE = 0.0806;
    private static final int IDS = 2;
    private static final int WAIT = 60;
    private static final int MOST_PEOPLE = Thorough.number(240, 900);
    private static final long SEED = 5;
    private static final CountedUsers USUAL = new CountedUsers("anon-", WAIT, true);
    private static final CountedUsers SIGNED_IN = new CountedUsers("anon-", WAIT, false);
    private static final String DOCUMENT = SiteFixture.experiment("a", "layer", 0.5, "", "");
    private static final Experiment EXPERIMENT =
            ExperimentReader.read(DOCUMENT.getBytes(StandardCharsets.UTF_8), EventTypes.BUILT_IN);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EventFlow flow = new EventFlow();
    private final List<Example> emitted = new ArrayList<>();
    private final Site site = SiteFixture.newspaper(3, 4, 12).experiment(DOCUMENT).at(flow.clock);
    private Recommender reads = reads(USUAL);
    private Model model = site.model();
    private int requests;
    private int number;

    StrangersInExperimentsTest() {
        flow.waits = USUAL::waitSeconds;
        flow.examples = record -> emitted.addAll(ExampleCodec.decode(record));
    }

    private Recommender reads(CountedUsers counted) {
        return site.counted(counted).recommender(flow.rows, flow.profiles, () -> EventFlow.SIGNER);
    }

    /** The token of a list. */
    private record Given(String text) {
        private ExposureToken token() {
            return ExposureToken.reopen(text).orElseThrow();
        }

        /** Returns the arm of the list; empty for a list that is in none. */
        private String arm() {
            return token().arms().isEmpty() ? "" : token().arms().getFirst().arm();
        }
    }

    private EventHeader header(String user, @Nullable String exposure) {
        UserIdentity by =
                user.startsWith("anon-") ? UserIdentity.anonymous(user) : UserIdentity.user(user);
        EventHeader header = EventHeader.of("e" + number++, by, flow.clock.instant());
        return Components.with(
                header,
                "exposure",
                exposure == null ? null : SealedExposure.reopen(exposure).orElseThrow());
    }

    private Event does(String user, EventType type, String item, @Nullable String exposure) {
        return new Event.Interaction(header(user, exposure), type, Target.item(item), Value.NONE);
    }

    private void take(List<Event> events) {
        flow.take(events.toArray(Event[]::new));
    }

    /** Makes users known, and waits. */
    private void arrive(List<String> users) {
        take(users.stream().map(user -> does(user, EventType.VIEW, "c1", null)).toList());
        flow.clock.advance(Duration.ofSeconds(WAIT));
    }

    private Given ask(String user) {
        requests++;
        String id = user.startsWith("anon-") ? "anonymousId" : "userId";
        String query = "{\"%s\":\"%s\",\"count\":3}".formatted(id, user);
        return new Given(reads.recommend(Site.query(query)).exposure());
    }

    /** Returns the events by which a user reports a list, and a click on it. */
    private List<Event> report(String user, Given list, boolean clicks) {
        List<String> items = list.token().itemIds();
        List<Event> events = new ArrayList<>();
        events.add(new Event.Impression(header(user, list.text()), null, items));
        if (clicks) {
            events.add(does(user, EventType.CLICK, items.getFirst(), list.text()));
        }
        return events;
    }

    private Results results() {
        model = Trainer.train(model, emitted).model();
        emitted.clear();
        return ExperimentAnalysis.of(EXPERIMENT, model.experimentSums("a"));
    }

    /**
     * Lets honest users see five lists each.
     *
     * @param effect what the other arm adds to the chance that a list is clicked
     */
    private void honest(String prefix, double effect) {
        List<String> users = IntStream.range(0, HONEST).mapToObj(i -> prefix + i).toList();
        arrive(users);
        for (String user : users) {
            for (int list = 0; list < LISTS; list++) {
                Given given = ask(user);
                double rate = RATE + (given.arm().equals("other") ? effect : 0);
                take(report(user, given, random.nextDouble() < rate));
            }
        }
        requests = 0;
    }

    private static List<String> invented(int group) {
        return IntStream.range(0, IDS).mapToObj(i -> "anon-x" + group + "-" + i).toList();
    }

    /**
     * Returns invented users of the other arm. Their ids are tried without a request: a token shows
     * the salt, and the hash is no secret.
     */
    private static List<String> ofOtherArm(int group) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "anon-y" + group + "-" + i)
                .filter(StrangersInExperimentsTest::isOfOtherArm)
                .limit(IDS)
                .toList();
    }

    private static boolean isOfOtherArm(String user) {
        return ExperimentSet.of(List.of(EXPERIMENT))
                .assign(user, "", Context.UNKNOWN, Enrolments.NONE, true, () -> null)
                .stream()
                .anyMatch(assigned -> assigned.arm().id().equals("other"));
    }

    /**
     * What an attack cost.
     *
     * @param reached whether what it was for has happened
     * @param people who count by it
     */
    private record Cost(boolean reached, int people, int requests) {}

    /**
     * Lets invented users come back after the wait, ask for their own lists and report them.
     *
     * @param oneArm whether all are of the other arm; otherwise they are of either, and those of
     *     the other click
     */
    private Cost patient(boolean oneArm, Conclusion until) {
        int people = 0;
        for (int group = 0; group < MOST_PEOPLE; group++) {
            requests++;
            List<String> users = oneArm ? ofOtherArm(group) : invented(group);
            arrive(users);
            List<Event> events = new ArrayList<>();
            for (String user : users) {
                Given list = ask(user);
                events.addAll(report(user, list, list.arm().equals("other") && !oneArm));
                people += list.arm().isEmpty() ? 0 : 1;
            }
            requests++;
            take(events);
            if (results().conclusion() == until || people >= MOST_PEOPLE) {
                break;
            }
        }
        return new Cost(results().conclusion() == until, people, requests);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.018})
    void aListThatIsSentUnderInventedIdsChangesNoResult(double effect) {
        honest("anon-", effect);
        Results before = results();
        BlendState blend = model.blend();
        List<String> own = invented(0);
        arrive(own);
        List<Given> lists = own.stream().map(this::ask).toList();

        for (int request = 1; request <= 200; request++) {
            List<Event> events = new ArrayList<>();
            for (String user : invented(request)) {
                for (Given list : lists) {
                    events.addAll(report(user, list, list.arm().equals("other")));
                }
            }
            take(events);
        }

        assertThat(before.conclusion()).isEqualTo(Conclusion.RUNNING);
        assertThat(results()).isEqualTo(before);
        assertThat(model.blend())
                .as("taught by nobody else's list")
                .usingRecursiveComparison()
                .isEqualTo(blend);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.018})
    void eachInventedPersonWhoCountsCostsTwoRequestsAndTheWait(double effect) {
        honest("anon-", effect);
        assertThat(results().conclusion()).isEqualTo(Conclusion.RUNNING);

        Cost better = patient(false, Conclusion.BETTER);

        System.out.printf("Seed %d, effect %s: better after %s%n", SEED, effect, better);
        assertThat(counted()).isEqualTo(HONEST + better.people());
        assertThat(better).isEqualTo(new Cost(true, better.people(), 2 * better.people()));
    }

    @Test
    void anExperimentBecomesInvalidByPeopleWhoAreEachAskedForAndWaitedFor() {
        honest("anon-", 0);

        Cost invalid = patient(true, Conclusion.INVALID);

        System.out.printf("Seed %d: invalid after %s%n", SEED, invalid);
        assertThat(counted()).isEqualTo(HONEST + invalid.people());
        assertThat(invalid).isEqualTo(new Cost(true, invalid.people(), 2 * invalid.people()));
    }

    @Test
    void whereOnlySignedInUsersEnrolNoNumberOfRequestsChangesAResult() {
        reads = reads(SIGNED_IN);
        honest("user-", 0.018);
        Results before = results();

        Cost never = patient(false, Conclusion.BETTER);

        assertThat(never.reached()).isFalse();
        assertThat(never.requests()).isGreaterThanOrEqualTo(MOST_PEOPLE);
        assertThat(results()).isEqualTo(before);
        assertThat(counted()).isEqualTo(HONEST);
    }

    private long counted() {
        return results().users().values().stream().mapToLong(Long::longValue).sum();
    }
}
