package dev.freshet.model.basket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.EventType;
import dev.freshet.model.part.CountryDevice;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountedEventsTest {
    private static final int[] PLACES = {
        0, 1, 7, 8, CountryDevice.of("ZZ", "tv"), CountryDevice.MOST
    };

    @Test
    void everyNumberThatAnEventTypeCanHaveIsPackedBesideEveryPlace() {
        Set<Integer> marks = new HashSet<>();
        for (int place : PLACES) {
            for (int number = 0; number < EventType.NUMBERS; number++) {
                int mark = CountedEvents.mark(place, number);
                assertThat(CountedEvents.place(mark)).isEqualTo(place);
                assertThat(CountedEvents.type(mark)).isEqualTo(number);
                assertThat(mark).isBetween(0, CountedEvents.MAX_MARK);
                assertThat(marks.add(mark)).as("place %d, type %d", place, number).isTrue();
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        int[][] beyond = {{0, EventType.NUMBERS}, {0, -1}, {CountryDevice.MOST + 1, 0}, {-1, 0}};
        for (int[] pair : beyond) {
            assertThatThrownBy(() -> CountedEvents.mark(pair[0], pair[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
