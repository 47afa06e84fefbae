package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UserBasketsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aSessionOfTheDataSetIsABasket() {
        UserBaskets baskets = new UserBaskets(5, UserBaskets.Unit.SESSION, 10);
        baskets.learn(interaction(0, 1, MINUTE, 7));
        baskets.learn(interaction(0, 2, MINUTE.multipliedBy(90), 7));
        assertThat(baskets.current(interaction(0, 3, MINUTE.multipliedBy(91), 7))).isZero();
        assertThat(baskets.current(interaction(0, 3, MINUTE.multipliedBy(91), 8))).isNegative();
        assertThat(baskets.items(0)).containsExactly(1, 2);
    }

    @Test
    void withoutSessionsHalfAnHourOfSilenceBeginsANewOne() {
        UserBaskets baskets = new UserBaskets(5, UserBaskets.Unit.SESSION, 10);
        baskets.learn(interaction(0, 1));
        assertThat(baskets.current(interaction(0, 2, MINUTE.multipliedBy(30)))).isZero();
        assertThat(baskets.current(interaction(0, 2, MINUTE.multipliedBy(31)))).isNegative();
        baskets.learn(interaction(0, 2, MINUTE.multipliedBy(31)));
        assertThat(baskets.count()).isEqualTo(2);
        assertThat(baskets.lastActive(1)).isGreaterThan(baskets.lastActive(0));
    }

    @Test
    void wherePeopleAreBasketsEverythingOfAPersonIsInOne() {
        UserBaskets baskets = new UserBaskets(5, UserBaskets.Unit.PERSON, 10);
        assertThat(baskets.current(interaction(2, 1))).isNegative();
        baskets.learn(interaction(2, 1, MINUTE, 0));
        baskets.learn(interaction(2, 4, Duration.ofDays(300), 1));
        assertThat(baskets.current(interaction(2, 3))).isEqualTo(2);
        assertThat(baskets.items(2)).containsExactly(1, 4);
    }

    @Test
    void anItemKeepsItsMostRecentHolders() {
        UserBaskets baskets = new UserBaskets(1, UserBaskets.Unit.PERSON, 3);
        for (int person = 0; person < 10; person++) {
            baskets.learn(interaction(person, 0));
        }
        int count = baskets.holderCount(0);
        int[] holders = Arrays.copyOf(baskets.holders(0), count);
        assertThat(count).isBetween(3, 6);
        assertThat(Arrays.copyOfRange(holders, count - 3, count)).containsExactly(7, 8, 9);
    }
}
