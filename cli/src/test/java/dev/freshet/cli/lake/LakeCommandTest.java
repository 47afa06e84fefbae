package dev.freshet.cli.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands without the database of a local lake, as in the command line's own jar. */
class LakeCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"status", "settle", "doctor", "query"})
    void aLocalLakeIsReadByACheckout(String command) {
        Ran ran = CommandServer.alone("lake", command, "--state=nowhere");

        assertThat(ran.code()).isOne();
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("'./freshet' of a checkout", "--stack");
    }

    @Test
    void theHelpNamesEveryCommandAndTheStack() {
        assertThat(CommandServer.alone("lake", "--help").out())
                .contains("query", "export", "settle", "status", "doctor", "user", "--stack");
        Ran alone = CommandServer.alone("lake");
        assertThat(alone.code()).isOne();
        assertThat(alone.err()).contains("Name what to do");
    }

    @Test
    void formatsAreNamedInSmallLetters() {
        assertThat(CommandServer.alone("lake", "export", "--help").out())
                .contains("parquet, csv, jsonl");
    }
}
