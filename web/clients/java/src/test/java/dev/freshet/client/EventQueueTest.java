package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.client.FakeApi.Answer;
import dev.freshet.client.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<FreshetProblem> problems = new CopyOnWriteArrayList<>();
    @AutoClose private final FakeApi api = new FakeApi();

    @Test
    void aFullQueueRefusesAnEventAndClosingReturnsWhatWasNotTaken() {
        api.answers = (request, count) -> FakeApi.problem(503, "store-unavailable", "");
        Freshet client = api.client().maxQueued(2).build();
        EventQueue events = client.events();

        events.add(FakeApi.view("a"));
        events.add(FakeApi.view("b"));

        assertThatThrownBy(() -> events.add(FakeApi.view("c")))
                .isInstanceOf(QueueFullException.class);
        assertThat(events.close(Duration.ofMillis(50)))
                .extracting(Event::itemId)
                .containsExactly("a", "b");
        assertThatThrownBy(() -> events.add(FakeApi.view("d"))).hasMessageContaining("closed");
    }

    @Test
    void eventsAreSentAfterTheIntervalAndWaitForAsLongAsRetryAfterSays() {
        api.first(new Answer(429, "0.3", "{\"code\": \"overloaded\"}"));
        Duration interval = Duration.ofMillis(5);

        api.client().flushInterval(interval).build().events().add(FakeApi.view("a"));

        for (int i = 0; i < 600 && api.requests.size() < 2; i++) {
            sleep();
        }
        assertThat(api.requests.get(1).nanos() - api.requests.get(0).nanos())
                .isGreaterThan(295_000_000);
    }

    @Test
    void whatWasNotStoredIsSentAgainFirstAndARefusedEventIsReported() {
        String partly =
                ", \"notStored\": [1, 3], \"rejected\": [{\"index\": 2, \"code\": \"unknown-type\","
                        + " \"detail\": \"None.\"}]";
        api.first(FakeApi.problem(503, "events-not-stored", partly));
        EventQueue events = told().batchSize(4).build().events();

        List.of("a", "b", "c", "d", "e").forEach(item -> events.add(FakeApi.view(item)));

        assertThat(events.flush(LONG)).isZero();
        assertThat(api.requests)
                .extracting(FakeApi.Request::items)
                .containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d", "e"));
        assertThat(refused).containsExactly("cunknown-type");
    }

    /** Answers after which all events are kept, and sent again after a pause. */
    static Stream<Answer> whatSettlesNothing() {
        return Stream.of(
                new Answer(200, "", "<html>"),
                new Answer(200, "", "{\"accepted\": 2}"),
                new Answer(202, "", "{\"accepted\": \"2\"}"),
                new Answer(202, "", ""),
                new Answer(202, "", "null"),
                new Answer(302, "", ""),
                new Answer(400, "", "<html>"),
                new Answer(413, "", "{\"message\": \"Too large\"}"),
                FakeApi.problem(403, "forbidden", ""),
                FakeApi.problem(503, "store-unavailable", ""),
                new Answer(503, "", "null"),
                FakeApi.problem(
                        503,
                        "events-not-stored",
                        ", \"notStored\": [\"a\", -1, 2, null], \"rejected\": null"));
    }

    @ParameterizedTest
    @MethodSource("whatSettlesNothing")
    void eventsAreKeptAndSentAgainAfterAPauseWhereAnAnswerDoesNotSettleThem(Answer answer) {
        api.first(answer);
        EventQueue events = told().pauses(Duration.ofMillis(30), LONG).build().events();

        events.add(FakeApi.view("a"));
        events.add(FakeApi.view("b"));

        assertThat(events.flush(LONG)).isZero();
        assertThat(api.requests).hasSize(2);
        assertThat(api.requests.get(1).body().path("events"))
                .isEqualTo(api.requests.get(0).body().path("events"));
        assertThat(api.millis(0, 1)).isGreaterThan(25);
        assertThat(problems).hasSize(1);
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"all\"", "[null, {}, {\"index\": -1}, {\"index\": 2}]"})
    void anAnswerSettlesEventsThoughItsRejectionsAreOfAnotherForm(String rejected) {
        api.answers = (request, count) -> accepted(0, rejected);
        EventQueue events = told().build().events();

        events.add(FakeApi.view("a"));
        events.add(FakeApi.view("b"));

        assertThat(events.flush(LONG)).isZero();
        assertThat(api.requests).hasSize(1);
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400, bad-body", "403, not-your-user", "403, not-your-anonymous-id"})
    void aRequestThatIsRefusedAsAWholeIsHalvedUntilTheEventToBlameIsAlone(int status, String code) {
        List<String> accepted = new CopyOnWriteArrayList<>();
        api.answers =
                (request, count) -> {
                    if (request.items().contains("37")) {
                        return FakeApi.problem(status, code, "");
                    }
                    accepted.addAll(request.items());
                    return FakeApi.taken(request);
                };
        EventQueue events = told().build().events();
        List<String> items = IntStream.range(0, 100).mapToObj(Integer::toString).toList();

        items.forEach(item -> events.add(FakeApi.view(item)));

        assertThat(events.close(LONG)).isEmpty();
        assertThat(accepted).isEqualTo(items.stream().filter(item -> !item.equals("37")).toList());
        assertThat(refused).containsExactly("37" + code);
        assertThat(api.requests).hasSizeLessThan(60);
    }

    @Test
    void eventsThatAreRefusedOneByOneAreRefusedWithAPauseBetween() {
        api.answers = (request, count) -> FakeApi.problem(400, "bad-body", "");
        Duration pause = Duration.ofMillis(20);
        EventQueue events = told().batchSize(1).pauses(pause, pause).build().events();

        Stream.of("a", "b", "c").map(FakeApi::view).forEach(events::add);

        assertThat(events.flush(LONG)).isZero();
        assertThat(api.millis(0, 2)).isGreaterThan(35);
    }

    @Test
    void aRetryAfterOfYearsMakesEventsWaitAndAWaitMayBeUnlimited() {
        api.first(new Answer(503, "1e300", "{\"code\": \"store-unavailable\"}"));
        EventQueue events = told().timeout(UNLIMITED).build().events();
        EventQueue others = told().flushInterval(UNLIMITED).build().events();

        events.add(FakeApi.view("a"));

        assertThat(events.flush(Duration.ofMillis(100))).isOne();
        assertThat(problems)
                .extracting(FreshetProblem::retryAfter)
                .containsExactly(Duration.ofDays(1));
        others.add(FakeApi.view("b"));
        assertThat(others.flush(UNLIMITED)).isZero();
    }

    @Test
    void theQueueGoesOnAfterAnErrorOfTheApplication() {
        api.answers =
                (request, count) ->
                        switch (count) {
                            case 1 -> FakeApi.problem(503, "store-unavailable", "");
                            case 2 -> accepted(0, rejection("unknown-type"));
                            default -> FakeApi.taken(request);
                        };
        List<Boolean> asked = new CopyOnWriteArrayList<>();
        EventQueue events =
                api.client()
                        .pauses(Duration.ofMillis(1), Duration.ofMillis(5))
                        .key(
                                () -> {
                                    asked.add(true);
                                    if (asked.size() == 1) {
                                        throw new AssertionError();
                                    }
                                    return "fsk_test";
                                })
                        .onRetry(
                                problem -> {
                                    throw new AssertionError();
                                })
                        .onRejected(
                                (event, why) -> {
                                    Thread.currentThread().interrupt();
                                    throw new AssertionError();
                                })
                        .build()
                        .events();

        events.add(FakeApi.view("a"));
        assertThat(events.flush(LONG)).isZero();
        events.add(FakeApi.view("b"));

        assertThat(events.flush(LONG)).isZero();
        assertThat(api.requests).hasSize(3);
    }

    @Test
    void aRejectedEventIsToldBeforeTheQueueIsEmpty() {
        api.answers = (request, count) -> accepted(0, rejection("unknown-type"));
        EventQueue events =
                api.client()
                        .onRejected(
                                (event, why) -> {
                                    sleep();
                                    refused.add(event.itemId());
                                })
                        .build()
                        .events();

        events.add(FakeApi.view("a"));

        assertThat(events.flush(LONG)).isZero();
        assertThat(refused).containsExactly("a");
    }

    @Test
    void anEventThatTheApplicationAddsAgainIsSentWithItsId() {
        api.first(accepted(0, rejection("rate-exceeded")));
        List<EventQueue> events = new CopyOnWriteArrayList<>();
        events.add(
                api.client()
                        .batchSize(1)
                        .onRejected((event, why) -> events.get(0).add(event))
                        .build()
                        .events());

        String id = events.get(0).add(FakeApi.view("a"));

        assertThat(events.get(0).flush(LONG)).isZero();
        assertThat(api.requests).hasSize(2);
        assertThat(api.requests.get(1).body().path("events"))
                .isEqualTo(api.requests.get(0).body().path("events"));
        assertThat(api.requests.get(1).body().at("/events/0/eventId").asText()).isEqualTo(id);
    }

    private Freshet.Builder told() {
        Freshet.Builder client =
                api.client()
                        .onRejected((event, why) -> refused.add(event.itemId() + why.code()))
                        .onRetry(problems::add);
        client.random = () -> -1L; // draws the longest pauses
        return client;
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer accepted(int count, String rejected) {
        return new Answer(
                202, "", "{\"accepted\": %d, \"rejected\": %s}".formatted(count, rejected));
    }

    private static String rejection(String code) {
        return "[{\"index\": 0, \"code\": \"%s\", \"detail\": \"None.\"}]".formatted(code);
    }
}
