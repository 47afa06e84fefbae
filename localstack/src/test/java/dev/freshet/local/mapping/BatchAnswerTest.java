package dev.freshet.local.mapping;

import static dev.freshet.local.mapping.Shards.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.mapping.ShardMachine.Verdict;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchAnswerTest {

    private static final ShardBatch BATCH = new ShardBatch(records(9, 12), 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"batchItemFailures\":[]}",
                "{\"batchItemFailures\":null}",
                "{\"batchItemFailure\":[{\"itemIdentifier\":\"9\"}]}"
            })
    void isSuccessWhereThereIsNoListEvenByAMisspeltKey(String answer) {
        assertThat(BatchAnswer.read(answer, BATCH)).isEqualTo(new Verdict.Done());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"itemidentifier\":\"9\"}]}",
                "{\"batchItemFailures\":[{}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"10\"},{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"99\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":9}]}",
                "{\"batchItemFailures\":\"9\"}",
                "not json"
            })
    void isFailureOfAllWhereAnIdentifierIsBlankMissingOrForeign(String answer) {
        assertThat(BatchAnswer.read(answer, BATCH)).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void theLowestNumberCountsNotTheFirstAndNotByText() {
        String answer =
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"10\"},{\"itemIdentifier\":\"9\"}]}";

        assertThat(BatchAnswer.read(answer, BATCH))
                .isEqualTo(new Verdict.Unfinished(BigInteger.valueOf(9)));
    }
}
