package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
    @Test
    void linesAreOrderedAndNumberedByTime() {
        Trace trace =
                Toy.csv(
                        """
                        user,item,type,value,time
                        ann,tea,view,,1700000300
                        bob,pie,rating,5,1700000100
                        ann,pie,view,,2023-11-14T22:16:40Z
                        """,
                        new Ties.Shuffled(1));

        // 22:16:40 is 1700000200.
        assertThat(Toy.order(trace)).containsExactly("0:0", "1:0", "1:1");
        assertThat(trace.people()).isEqualTo(2);
        assertThat(trace.items()).isEqualTo(2);
        assertThat(trace.unreadLines()).isZero();
        FirstInteraction rating = trace.steps().getFirst().interaction();
        assertThat(rating.type()).isEqualTo(EventType.RATING);
        assertThat(trace.steps().getFirst().row().strength()).isEqualTo(3);
        assertThat(trace.steps().getFirst().row().stars()).isEqualTo(5);
    }

    @Test
    void typesOfAnOwnerHaveTheStrengthsThatTheirDefinitionsSay() {
        EventTypes types =
                EventTypes.parse(
                        "{\"try-on\":{\"slot\":1,\"value\":\"seconds\",\"strength\":[[0,1],[60,3]]},"
                                + "\"sent-back\":{\"slot\":2,\"value\":\"money\",\"strength\":-4}}");
        String lines =
                """
                ann,tea,try-on,30,1700000300
                ann,pie,sent-back,9.90 EUR,1700000400
                """;

        Trace trace = Toy.csv(lines, new Ties.OfFile(), types);

        assertThat(trace.unreadLines()).isZero();
        assertThat(trace.steps().stream().map(step -> step.interaction().type()))
                .containsExactly(EventType.OWN_1, EventType.OWN_2);
        assertThat(trace.steps().getFirst().row().strength()).isEqualTo(2);
        assertThat(trace.steps().getLast().row().strength()).isEqualTo(-4);
        assertThat(Toy.csv(lines, new Ties.OfFile()).unreadLines()).isEqualTo(2);
    }

    @Test
    void aHeaderMayBeMissing() {
        assertThat(Toy.views("ann:tea", "ann:pie").steps()).hasSize(2);
    }

    @Test
    void badLinesAreReportedWithTheirNumberAndTheOthersGoOn() {
        Trace trace =
                Toy.csv(
                        """
                        user,item,type,value,time
                        ann,tea,view,,1700000300
                        ann,tea,nibble,,1700000300
                        ann,tea,rating,nine,1700000300

                        ann,tea,rating,9,1700000300
                        ann,tea,view,,yesterday
                        ann,tea,view
                        ,tea,view,,1700000300
                        ann,pie,view,,1700000400
                        """,
                        new Ties.OfFile());

        assertThat(trace.steps()).hasSize(2);
        assertThat(trace.unreadLines()).isEqualTo(6);
        assertThat(trace.unread().stream().map(Trace.BadLine::number))
                .containsExactly(3L, 4L, 6L, 7L, 8L, 9L);
        assertThat(trace.unread().get(1).why()).contains("nine");
    }

    @Test
    void ofVeryManyBadLinesOnlyTheFirstAreReportedAndAllAreCounted() {
        Trace trace = Toy.csv("nonsense\n".repeat(50), new Ties.OfFile());

        assertThat(trace.unread()).hasSize(Trace.MAX_REPORTED);
        assertThat(trace.unreadLines()).isEqualTo(50);
        assertThat(trace.steps()).isEmpty();
    }

    @Test
    void tiesInTimeAreShuffledBySeedOrLeftAsInTheFile() {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < 50; at++) {
            lines.append("ann,i%d,view,,%d%n".formatted(at, 1_700_000_000 + at / 25));
        }
        List<String> file = ids(Toy.csv(lines.toString(), new Ties.OfFile()));
        List<String> one = ids(Toy.csv(lines.toString(), new Ties.Shuffled(1)));
        List<String> two = ids(Toy.csv(lines.toString(), new Ties.Shuffled(2)));

        assertThat(file).isEqualTo(file.stream().sorted(TraceReaderTest::byNumber).toList());
        assertThat(one).isNotEqualTo(two).isNotEqualTo(file);
        assertThat(ids(Toy.csv(lines.toString(), new Ties.Shuffled(1)))).isEqualTo(one);
        // Time takes precedence nevertheless.
        assertThat(one.subList(0, 25)).containsExactlyInAnyOrderElementsOf(file.subList(0, 25));
    }

    @Test
    void aSecondInteractionOfTheSameTwoIsARepeat() {
        Trace trace = Toy.views("ann:tea", "bob:tea", "ann:tea");

        assertThat(trace.steps().stream().map(step -> step.interaction().first()))
                .containsExactly(true, true, false);
        assertThat(trace.repeats()).isEqualTo(1);
    }

    private static List<String> ids(Trace trace) {
        return trace.steps().stream().map(step -> step.row().target().id()).toList();
    }

    private static int byNumber(String one, String other) {
        return Integer.compare(
                Integer.parseInt(one.substring(1)), Integer.parseInt(other.substring(1)));
    }
}
