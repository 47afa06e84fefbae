package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.recommend.BulkRun.LineRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkRunTest {
    private final BulkRun run = new BulkRun("friday-mail");

    @Test
    void everythingOfARunIsBelowThePrefixThatExpires() {
        assertThat(run.usersKey(2)).isEqualTo("bulk/friday-mail/users-2.jsonl");
        assertThat(run.listsKey(new LineRange(1, 500)))
                .isEqualTo("bulk/friday-mail/lists/0000000001-0000000500.jsonl.gz");
    }

    @Test
    void aUserHasOneIdOfAListInARunAndAnotherInTheNext() {
        assertThat(run.recommendationId("ana"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(new BulkRun("friday-mail").recommendationId("ana"))
                .isNotEqualTo(run.recommendationId("ben"))
                .isNotEqualTo(new BulkRun("monday-mail").recommendationId("ana"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Friday", "../models", "a/b", "a b"})
    void anIdOfARunCannotLeaveThePrefix(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BulkRun(id));
    }

    @Test
    void theNameOfAFileTellsItsLines() {
        LineRange lines = new LineRange(501, 1_000);

        assertThat(LineRange.parse(lines.fileName())).contains(lines);
        assertThat(LineRange.parse("users-1.jsonl")).isEmpty();
        assertThat(LineRange.parse("0000000001-0000000500.jsonl.gz.part")).isEmpty();
        assertThat(lines.contains(501)).isTrue();
        assertThat(lines.contains(500)).isFalse();
        assertThat(lines.contains(1_001)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new LineRange(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new LineRange(4, 3));
    }
}
