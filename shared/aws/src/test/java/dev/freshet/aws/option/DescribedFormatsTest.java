package dev.freshet.aws.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescribedFormatsTest {
    @Test
    void aReleaseReadsWhatAnotherWroteUnlessAVersionIsTooNewOrNobodySays() {
        String now = DescribedFormats.ofThisRelease();
        assertThat(now).startsWith("formats examples=1/1 delta=");
        assertThat(DescribedFormats.unreadable(now, now)).isEmpty();
        assertThat(DescribedFormats.unreadable("formats a=1/2", "formats a=2/3")).isEmpty();
        assertThat(DescribedFormats.unreadable("formats a=1/1", "formats a=2/2 b=1/1"))
                .containsExactly(
                        "a in version 2, of which it reads up to 1",
                        "b in version 1, of which it reads up to 0");
        assertThat(DescribedFormats.unreadable("", now)).hasSize(1);
        assertThat(DescribedFormats.unreadable(now, "of another time")).hasSize(1);
    }
}
