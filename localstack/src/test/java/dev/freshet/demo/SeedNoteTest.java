package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.console.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.host.StateFolder;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedNoteTest {
    @TempDir private Path state = Path.of("");

    @Test
    void theNewspaperOfAnotherSeedIsRefusedUnlessTheFolderIsEmptied() {
        Options options = Options.of(Path.of("")).withState(state);
        SeedNote.check(options, DemoWorld.NEWSPAPER, 1, false);
        SeedNote.write(options, DemoWorld.NEWSPAPER, 1, false);

        assertThatCode(() -> SeedNote.check(options, DemoWorld.NEWSPAPER, 1, false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SeedNote.check(options, DemoWorld.NEWSPAPER, 2, false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("--fresh");
        assertThatCode(
                        () ->
                                SeedNote.check(
                                        options.with(Options.Switch.FRESH),
                                        DemoWorld.NEWSPAPER,
                                        2,
                                        false))
                .doesNotThrowAnyException();
    }

    @Test
    void daysThatAreLivedGoOnAndOthersAreRefused() {
        Options options = Options.of(Path.of("")).withState(state);
        Instant start = Instant.parse("2026-11-03T00:00:00Z");
        SeedNote.write(options, DemoWorld.NEWSPAPER, 1, true);
        assertThat(SeedNote.since(options)).isEmpty();
        assertThatThrownBy(() -> SeedNote.check(options, DemoWorld.NEWSPAPER, 1, true))
                .isInstanceOf(CommandException.class);
        SeedNote.lived(options, DemoWorld.NEWSPAPER, 1, start);

        SeedNote.check(options, DemoWorld.NEWSPAPER, 1, true);
        assertThat(SeedNote.since(options)).contains(start);
        assertThat(SeedNote.since(options.with(Options.Switch.FRESH))).isEmpty();
        assertThatThrownBy(() -> SeedNote.check(options, DemoWorld.NEWSPAPER, 1, false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--fresh");
        assertThatThrownBy(() -> SeedNote.check(options, DemoWorld.NEWSPAPER, 2, true))
                .isInstanceOf(CommandException.class);
    }

    @Test
    void theShopIsRefusedWhereTheNewspaperIs() {
        Options options = Options.of(Path.of("")).withState(state);
        SeedNote.write(options, DemoWorld.SHOP, 4, false);
        try (StateFolder folder = StateFolder.take(state)) {
            assertThat(folder.demo()).contains("shop");
        }

        assertThatCode(() -> SeedNote.check(options, DemoWorld.SHOP, 4, false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SeedNote.check(options, DemoWorld.NEWSPAPER, 4, false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the shop of seed 4")
                .hasMessageContaining("--world shop --seed 4");
    }
}
