package dev.freshet.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void aBarNeverGoesBack() {
        StringWriter err = new StringWriter();
        AtomicLong clock = new AtomicLong();
        Progress bar =
                new Progress(
                        new PrintWriter(err),
                        "Applied",
                        100,
                        true,
                        () -> clock.addAndGet(1L << 40));
        bar.at(40);
        bar.at(3);
        assertThat(err.toString()).containsSubsequence("40%", "40%").doesNotContain(" 3%");
        assertThat(err.toString())
                .as("18 minutes are 40 %")
                .contains("(40 of 100), about 27 min left");
    }
}
