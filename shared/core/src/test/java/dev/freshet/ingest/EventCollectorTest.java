package dev.freshet.ingest;

import static dev.freshet.testkit.Bodies.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventTypes;
import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.testkit.Bodies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventCollectorTest {
    private final Stream stream = new Stream();
    private final List<Duration> pauses = new ArrayList<>();
    private final EventCodec codec = new EventCodec();
    private Instant now = NOW;
    private final EventCollector collection =
            collector(
                    () -> now,
                    time -> {
                        pauses.add(time);
                        now = now.plus(time);
                    });

    private EventCollector collector(InstantSource clock, Consumer<Duration> pause) {
        EventReader reader =
                new EventReader(
                        () -> new Signer(new byte[] {1}),
                        new UserAgents(),
                        new RateLimit(),
                        UnaryOperator.identity(),
                        EventTypes.BUILT_IN);
        return new EventCollector(
                reader, codec, stream, clock, new SplittableRandom(1), pause::accept);
    }

    /** A stream whose first calls fail as scripted, one by one; later calls succeed. */
    private static final class Stream implements EventLog {
        final Deque<List<Integer>> failing = new ArrayDeque<>();
        final List<Integer> sizes = new ArrayList<>();
        final List<String> placed = new ArrayList<>();
        final List<String> browsers = new ArrayList<>();
        final List<String> devices = new ArrayList<>();

        @Override
        public List<Integer> put(List<Entry> entries) {
            List<Integer> failed = failing.isEmpty() ? List.of() : failing.removeFirst();
            sizes.add(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                if (!failed.contains(i)) {
                    EventHeader header = new EventCodec().decode(entries.get(i).bytes()).header();
                    placed.add(header.eventId());
                    browsers.add(header.context().browser());
                    devices.add(header.context().device());
                    assertThat(entries.get(i).partitionKey()).isEqualTo("reader-1");
                }
            }
            return failed;
        }
    }

    private EventCollector.Receipt collect(Object... events) throws MalformedJsonException {
        return collection.collect(
                Bodies.utf8(Bodies.of(events)), ReceiptContext.at(NOW), NOW.plusSeconds(5));
    }

    private static Object[] clicks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Bodies.click("e-" + i)).toArray();
    }

    @Test
    void eventsThatAreNotReadInTimeAreToBeSentAgain() throws MalformedJsonException {
        Instant end = NOW.plusSeconds(5);
        EventCollector slow = collector(() -> now = now.plusSeconds(1), pauses::add);

        assertThat(slow.collect(Bodies.utf8(Bodies.of(clicks(7))), ReceiptContext.at(NOW), end))
                .isEqualTo(new EventCollector.Receipt(4, List.of(), List.of(4, 5, 6), 0));
        assertThat(stream.placed).containsExactly("e-0", "e-1", "e-2", "e-3");
    }

    @Test
    void ofThreeHundredUnknownUserAgentsTwentyAreParsed() throws MalformedJsonException {
        Object[] events =
                IntStream.range(0, 300)
                        .mapToObj(
                                i -> {
                                    ObjectNode click = Bodies.click("e-" + i);
                                    click.putObject("context").put("userAgent", agent(i));
                                    return click;
                                })
                        .toArray();

        assertThat(collect(events).accepted()).isEqualTo(300);
        assertThat(stream.browsers.stream().filter("Firefox"::equals))
                .hasSize(AgentQuota.MAX_PARSED);
        assertThat(stream.devices.stream().filter("other"::equals))
                .hasSize(300 - AgentQuota.MAX_PARSED);
    }

    private static String agent(int version) {
        return "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/" + (100 + version) + ".0";
    }

    @Test
    void acceptedMeansInTheStream() throws MalformedJsonException {
        assertThat(collect(clicks(3)))
                .isEqualTo(new EventCollector.Receipt(3, List.of(), List.of(), 0));
        assertThat(stream.placed).containsExactly("e-0", "e-1", "e-2");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aBadEventIsRefusedByItselfAndTheGoodOnesGoOn() throws MalformedJsonException {
        EventCollector.Receipt receipt =
                collect(
                        Bodies.click("e-0"),
                        Bodies.click("e-1").put("type", "glance"),
                        7,
                        Bodies.click("e-3"));

        assertThat(receipt.accepted()).isEqualTo(2);
        assertThat(receipt.rejected())
                .extracting(Rejection::index, Rejection::eventId, Rejection::code)
                .containsExactly(
                        tuple(1, "e-1", "unknown-type"), tuple(2, null, "event-not-an-object"));
        assertThat(stream.placed).containsExactly("e-0", "e-3");
    }

    @Test
    void sendsAgainOnlyWhatFailed() throws MalformedJsonException {
        stream.failing.add(List.of(0, 2));
        stream.failing.add(List.of(1));

        assertThat(collect(clicks(3)).accepted()).isEqualTo(3);
        assertThat(stream.sizes).containsExactly(3, 2, 1);
        assertThat(stream.placed).containsExactly("e-1", "e-0", "e-2");
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.toMillis() <= 400);
    }

    @Test
    void namesByTheirPlaceInTheRequestWhatItCouldNotPlace() throws MalformedJsonException {
        for (int put = 0; put < EventCollector.MAX_PUTS; put++) {
            stream.failing.add(put == 0 ? List.of(1) : List.of(0));
        }

        EventCollector.Receipt receipt =
                collect(7, Bodies.click("e-1"), Bodies.click("e-2"), Bodies.click("e-3"));

        assertThat(receipt.accepted()).isEqualTo(2);
        assertThat(receipt.notStored()).containsExactly(2);
        assertThat(receipt.rejected()).extracting(Rejection::index).containsExactly(0);
        assertThat(stream.sizes).hasSize(EventCollector.MAX_PUTS);
        assertThat(stream.placed).containsExactly("e-1", "e-3");
    }

    @Test
    void stopsAtTheDeadline() throws MalformedJsonException {
        stream.failing.add(List.of(0));

        byte[] body = Bodies.utf8(Bodies.of(clicks(1)));
        EventCollector.Receipt receipt =
                collection.collect(body, ReceiptContext.at(NOW), NOW.plusNanos(1));

        assertThat(receipt.notStored()).containsExactly(0);
        assertThat(stream.sizes).containsExactly(1);
        assertThat(pauses).isEmpty();
    }
}
