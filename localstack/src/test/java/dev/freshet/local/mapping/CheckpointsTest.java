package dev.freshet.local.mapping;

import static dev.freshet.local.mapping.Shards.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    private static final String LARGE = "49545115243490985018280067714973144582180062593244200961";

    @Test
    void recordedProgressSurvivesACrash(@TempDir Path folder) {
        Path file = folder.resolve("m.json");
        Checkpoints before = Checkpoints.at(file, START);
        before.advance("a", new BigInteger(LARGE));
        before.finish("b");

        Checkpoints after = Checkpoints.at(file, START.plusSeconds(100));

        assertThat(after.after("a")).isEqualTo(LARGE);
        assertThat(after.after("c")).isNull();
        assertThat(after.finished()).containsExactly("b");
        assertThat(after.since()).isEqualTo(START);
    }

    @Test
    void anIncompleteReplacementIsIgnored(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("m.json");
        Checkpoints.at(file, START).advance("a", BigInteger.TEN);
        Files.writeString(folder.resolve("m.json.new"), "{\"since\":");

        assertThat(Checkpoints.at(file, START).after("a")).isEqualTo(BigInteger.TEN);
    }

    @Test
    void aFolderThatWasRemovedIsNotMadeAgain(@TempDir Path folder) throws Exception {
        Path removed = Files.createDirectory(folder.resolve("mappings"));
        Path file = removed.resolve("m.json");
        Checkpoints checkpoints = Checkpoints.at(file, START);
        Files.delete(file);
        Files.delete(removed);

        assertThatThrownBy(() -> checkpoints.advance("a", BigInteger.TEN))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(removed).doesNotExist();
    }
}
