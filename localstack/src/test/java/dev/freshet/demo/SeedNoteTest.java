package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.CommandException;
import dev.freshet.local.Options;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedNoteTest {
    @TempDir private Path state = Path.of("");

    @Test
    void theNewspaperOfAnotherSeedIsRefusedUnlessTheFolderIsEmptied() {
        Options options = Options.of(Path.of("")).withState(state);
        SeedNote.check(options, 1);
        SeedNote.write(options, 1);

        assertThatCode(() -> SeedNote.check(options, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> SeedNote.check(options, 2))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("--fresh");
        assertThatCode(() -> SeedNote.check(options.withFresh(true), 2)).doesNotThrowAnyException();
    }
}
