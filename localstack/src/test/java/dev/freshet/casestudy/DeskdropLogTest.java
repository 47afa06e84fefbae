package dev.freshet.casestudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskdropLogTest {
    private static final Duration DAYS = Duration.ofDays(3);

    @TempDir private Path folder;

    private DeskdropLog read(List<String> lines) throws IOException {
        return DeskdropLog.read(MadeUpLog.write(folder, lines), DAYS);
    }

    @Test
    void isInTheOrderOfTimeAndDividedAtTheLastDays() throws IOException {
        DeskdropLog log = read(MadeUpLog.lines(60, 14, 1));

        assertThat(log.history()).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
        assertThat(log.replay()).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
        assertThat(log.history().getLast().time()).isBefore(log.end().plusSeconds(1).minus(DAYS));
        assertThat(log.begin()).isAfterOrEqualTo(log.end().plusSeconds(1).minus(DAYS));
    }

    @Test
    void theSameFileIsTheSameLog() throws IOException {
        List<String> lines = MadeUpLog.lines(60, 14, 1);

        assertThat(read(lines)).isEqualTo(read(lines));
    }

    @Test
    void theHistoryHasTheLinesOfTheFileAndTheReplayTheirEvents() throws IOException {
        List<String> lines = MadeUpLog.lines(60, 14, 1);
        DeskdropLog log = read(lines);
        Path history = folder.resolve("history.csv");
        log.writeHistory(history);

        assertThat(Files.readAllLines(history))
                .hasSize(log.history().size() + 1)
                .startsWith(MadeUpLog.HEADER);
        assertThat(lines)
                .containsAll(Files.readAllLines(history).subList(1, log.history().size() + 1));
        assertThat(log.event(0).path("occurredAt").asText()).isEqualTo(log.begin().toString());
        assertThat(log.event(0).path("eventId")).isNotEqualTo(log.event(1).path("eventId"));
    }

    @Test
    void anArticleIsSeenFirstByItsFirstAction() throws IOException {
        DeskdropLog log = read(MadeUpLog.lines(60, 14, 1));

        assertThat(List.copyOf(log.firstSeen().values())).isSorted();
        assertThat(log.firstSeen())
                .containsEntry(log.history().getFirst().item(), log.history().getFirst().time());
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        assertThatThrownBy(() -> DeskdropLog.read(folder, DAYS))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("There is no file");
        assertThatThrownBy(() -> read(List.of("1480000000,READ,1,-1,1,,,")))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "users_interactions.csv, line 2: The event type 'READ' is not one of DeskDrop's.");
        assertThatThrownBy(() -> read(List.of("1480000000,VIEW,1,-1,1,,,")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("nothing is left as history: give fewer --days.");
        Files.writeString(folder.resolve(DeskdropLog.FILE), "1480000000,VIEW,1,-1,1,,,\n");
        assertThatThrownBy(() -> DeskdropLog.read(folder, DAYS))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("does not begin with the names of DeskDrop's columns");
    }
}
