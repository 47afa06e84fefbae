package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.CommandServer;
import org.junit.jupiter.api.Test;

class OptionsCommandTest {
    @Test
    void aMeaningHasNoLinksAndNoNameOfAPageInParentheses() {
        CommandServer.Ran ran = CommandServer.alone("options");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("fanOut: ", "(about $1 a month)", "Event types of your own, by name.")
                .doesNotContain("](", "(Growth", "(API", "(Privacy)", "(Exploration)");
    }
}
